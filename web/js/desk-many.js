/**
 * Says how many reports are ticked, ticks all at once, and keeps what can be done to many out of the way until some are.
 * Without this file the boxes and buttons are there all the same.
 */

/** @returns {HTMLInputElement[]} */
const boxes = () =>
  [...document.querySelectorAll("input[name=pick]")].filter((box) => box instanceof HTMLInputElement);

/** @param {HTMLFormElement} form */
function connect(form) {
  const says = form.querySelector("[data-ticked]");
  const label = form.querySelector("[data-tick-all]");
  const all = label?.querySelector("input");
  const nothing = says?.textContent ?? "";

  const count = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    form.classList.toggle("desk-many-on", ticked > 0);
    if (says instanceof HTMLElement) {
      says.textContent = ticked > 0 ? `${says.dataset.ticked ?? ""} ${ticked}` : nothing;
    }
    if (all) {
      all.checked = ticked > 0 && ticked === boxes().length;
      all.indeterminate = ticked > 0 && ticked < boxes().length;
    }
  };
  if (label instanceof HTMLElement) label.hidden = false;
  all?.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    count();
  });
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "pick") count();
  });
  form.classList.add("desk-many-folds");
  count();
}

const form = document.querySelector("[data-many]");
if (form instanceof HTMLFormElement) connect(form);
