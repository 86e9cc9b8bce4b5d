/**
 * Lays the photo from before over the one from after, with a handle between them. The handle is a
 * range input: it moves with the finger, the mouse and the arrow keys. Without this file the two
 * photos stand side by side.
 */

/** @param {HTMLElement} box */
function connect(box) {
  const range = document.createElement("input");
  range.type = "range";
  range.className = "ba-range";
  range.value = "50";
  range.setAttribute("aria-label", box.dataset.label ?? "");
  const handle = document.createElement("span");
  handle.className = "ba-handle";
  range.addEventListener("input", () => box.style.setProperty("--at", `${range.value}%`));
  box.append(range, handle);
  box.classList.add("before-after-on");
}

document.querySelectorAll("[data-before-after]").forEach((box) => {
  if (box instanceof HTMLElement) connect(box);
});
