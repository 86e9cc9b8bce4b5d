/**
 * Lifts a message over the page and lets it leave: by its button, or after eight seconds if nobody is
 * on it; a way back that is open for so long stays so long. Without this file it stays where it stands on the page.
 */

const STAYS_MS = 8000;

/** @param {HTMLElement} toast */
function connect(toast) {
  toast.classList.add("toast-on");
  const close = toast.querySelector("[data-closes]");
  if (close instanceof HTMLElement) {
    close.hidden = false;
    close.addEventListener("click", () => toast.remove());
  }
  const stays = Number(toast.dataset.stays) || STAYS_MS;
  const leave = () => {
    if (toast.matches(":hover, :focus-within") && !toast.dataset.stays) setTimeout(leave, stays);
    else toast.remove();
  };
  setTimeout(leave, stays);
}

document.querySelectorAll("[data-toast]").forEach((toast) => {
  if (toast instanceof HTMLElement) connect(toast);
});
