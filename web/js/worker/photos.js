/** Photos on their way, and trying again by itself. */

const PHOTOS = "/new/photos";
export const worker = /** @type {any} */ (self);

/**
 * Sends a photo ahead of its form and answers with its ticket; with nothing where it is no photo that can go ahead.
 * Throws where it is worth trying again.
 * @param {File} file
 */
export async function sendPhoto(file) {
  const form = new FormData();
  form.append("photos", file, file.name);
  const answer = await fetch(PHOTOS, { method: "POST", body: form, headers: { accept: "application/problem+json" } });
  if (answer.status === 429 || answer.status >= 500) throw new Error(String(answer.status));
  return answer.status === 201 ? answer.text() : undefined;
}

/** Has the browser wake this worker when there is a network, where it can. */
export async function tryLater() {
  await worker.registration.sync?.register("unsent").catch(() => undefined);
}
