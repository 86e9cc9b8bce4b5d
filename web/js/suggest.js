/**
 * Offers kinds of reports while somebody tells what is wrong, and shows the questions of the chosen kind. Without
 * this file a button asks for the same.
 */

const SUGGEST_WAIT_MS = 400;

/**
 * @param {HTMLElement} target
 * @param {string} address
 */
async function fill(target, address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (answer.ok) target.innerHTML = await answer.text();
}

/** @param {HTMLFormElement} form */
function connect(form) {
  const words = form.querySelector("[name=description]");
  const kinds = form.querySelector("[data-suggestions]");
  const questions = form.querySelector("[data-questions]");
  const list = form.querySelector("[name=service-any]");
  if (!(words instanceof HTMLTextAreaElement) || !(kinds instanceof HTMLElement)) return;
  if (!(questions instanceof HTMLElement) || !(list instanceof HTMLSelectElement)) return;
  form.querySelector("[data-without-script]")?.setAttribute("hidden", "");

  const chosen = () => list.value || String(new FormData(form).get("service") ?? "");
  let waiting = 0;
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      const query = new URLSearchParams({ text: words.value.slice(0, 500), service: chosen() });
      fill(kinds, `/new/suggest?${query}`);
    }, SUGGEST_WAIT_MS);
  });
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
    if (field.name === "service") list.value = "";
    if (field.name === "service" || field === list) {
      fill(questions, `/new/questions?${new URLSearchParams({ service: chosen() })}`);
    }
  });
}

document.querySelectorAll("[data-new]").forEach((form) => {
  if (form instanceof HTMLFormElement) connect(form);
});
