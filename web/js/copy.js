/**
 * A button that copies the text of the field it names. Without this file the button is not shown.
 */

document.querySelectorAll("[data-copy]").forEach((button) => {
  if (!(button instanceof HTMLElement) || !navigator.clipboard) return;
  const field = document.getElementById(button.dataset.copy ?? "");
  const label = button.querySelector("span");
  if (!(field instanceof HTMLInputElement) || !label) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    label.textContent = button.dataset.done ?? "";
  });
});
