/**
 * Shows open reports nearby that may be the same, as soon as the place is known. Without this file they are shown
 * once before sending.
 */

const SIMILAR_WAIT_MS = 800;

/** @param {HTMLFormElement} form */
function connect(form) {
  const target = form.querySelector("[data-similar]");
  const seen = form.querySelector("[data-seen]");
  if (!(target instanceof HTMLElement) || !(seen instanceof HTMLInputElement)) return;
  let waiting = 0;
  const ask = async () => {
    const data = new FormData(form);
    /** @param {string} name */
    const field = (name) => String(data.get(name) ?? "");
    if (field("lat") === "" && field("area") === "") {
      target.replaceChildren();
      return;
    }
    const query = new URLSearchParams({
      lat: field("lat"),
      long: field("long"),
      area: field("area"),
      text: field("description").slice(0, 500),
      service: field("service-any") || field("service"),
      looks: field("looks"),
    });
    const answer = await fetch(`/new/similar?${query}`, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    target.innerHTML = await answer.text();
    if (target.childElementCount > 0) seen.value = "1";
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(ask, SIMILAR_WAIT_MS);
  };
  form.addEventListener("place", soon);
  form.addEventListener("looks", soon);
  form.addEventListener("change", soon);
}

document.querySelectorAll("[data-new]").forEach((form) => {
  if (form instanceof HTMLFormElement) connect(form);
});
