/**
 * Fills a field with ready words that were chosen from a list. Without this file the words stand on the page to copy.
 */

/** @param {HTMLElement} box */
function connect(box) {
  const choice = box.querySelector("select");
  const field = document.getElementById(box.dataset.templates ?? "");
  if (!choice || !(field instanceof HTMLTextAreaElement)) return;
  box.hidden = false;
  choice.addEventListener("change", () => {
    if (!choice.value) return;
    const before = field.value.trim();
    field.value = before ? `${before}\n${choice.value}` : choice.value;
    choice.value = "";
    field.focus();
  });
}

document.querySelectorAll("[data-templates]").forEach((box) => {
  if (box instanceof HTMLElement) connect(box);
});
