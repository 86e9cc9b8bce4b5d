/**
 * Fills a field with ready words that were chosen from a list; choosing others puts those in their place. Without
 * this file the words stand on the page to copy.
 */

/** @param {HTMLElement} box */
function connect(box) {
  const choice = box.querySelector("select");
  const field = document.getElementById(box.dataset.templates ?? "");
  if (!choice || !(field instanceof HTMLTextAreaElement)) return;
  box.hidden = false;
  let ready = "";
  choice.addEventListener("change", () => {
    const own = (ready && field.value.endsWith(ready) ? field.value.slice(0, -ready.length) : field.value).trim();
    ready = choice.value;
    field.value = own && ready ? `${own}\n${ready}` : own || ready;
  });
}

document.querySelectorAll("[data-templates]").forEach((box) => {
  if (box instanceof HTMLElement) connect(box);
});
