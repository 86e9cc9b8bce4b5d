/**
 * A button that copies the text of the field it names, and one that shares the public address of a report: never the
 * receipt, which opens it to whoever has it. Without this file neither is shown.
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

document.querySelectorAll("[data-share]").forEach((button) => {
  if (!(button instanceof HTMLElement) || !navigator.share) return;
  button.hidden = false;
  // Whoever closes the list of ways to share has not failed.
  button.addEventListener("click", () => navigator.share({ title: document.title, url: button.dataset.share ?? "" }).catch(() => {}));
});
