/** Prints the page by a button. Without this file the browser's own menu does. */

document.querySelectorAll("[data-print]").forEach((button) => {
  if (!(button instanceof HTMLElement)) return;
  button.hidden = false;
  button.addEventListener("click", () => print());
});
