/**
 * Sending a form to our server, and knowing that it was ours who answered. Between a phone and the server stand proxies
 * and the pages of hotels, which answer with redirects and pages of their own; none of them says the words for which
 * crates/nhip/src/visitor.rs is asked here.
 */

/**
 * Throws where nothing is known of the form, and where our server has too much to do or is in trouble: it has to wait.
 * @param {string} path @param {FormData} form @param {string} accept
 * @returns {Promise<{ answer: Response, taken: boolean, href: string }>} `href`: where it leads on to.
 */
export async function sendForm(path, form, accept) {
  const key = String(form.get("key") || "-");
  const headers = { accept, "nhip-form": key };
  const answer = await fetch(path, { method: "POST", body: form, redirect: "manual", headers });
  const taken = answer.status === 201 && answer.headers.get("nhip-taken") === key;
  const ours = taken || answer.headers.has("nhip-who");
  if (!ours || answer.status === 429 || answer.status >= 500) throw new Error(String(answer.status));
  return { answer, taken, href: new URL(answer.headers.get("location") ?? "/", location.origin).href };
}
