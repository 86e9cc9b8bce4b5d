/**
 * Opens a dialog from the button that names it (`data-opens="ID"`) and closes it by its own button.
 * Without this file the dialog's form is not shown by the button; pages link to a form of its own.
 */

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const opens = event.target.closest("[data-opens]");
  if (opens instanceof HTMLElement) {
    const dialog = document.getElementById(opens.dataset.opens ?? "");
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  event.target.closest("[data-closes]")?.closest("dialog")?.close();
});
