/**
 * Lets black boxes be drawn over a photo, with the finger or the mouse. The numbers in the form stay the truth: drawing
 * fills them, and typing moves what is drawn. Without this file they are typed.
 */

/** @param {HTMLFormElement} form */
function connect(form) {
  const photo = form.querySelector(".cover-photo");
  const list = form.querySelector("ol");
  if (!(photo instanceof HTMLElement) || !list) return;
  const most = Number(form.dataset.most);
  const rows = () => [...list.querySelectorAll("li")];
  /** @param {HTMLLIElement} row */
  const inputs = (row) => [...row.querySelectorAll("input")];
  /** @param {HTMLLIElement} row */
  const isEmpty = (row) => inputs(row).every((input) => input.value === "");
  /** @type {Map<HTMLLIElement, HTMLElement>} */
  const drawn = new Map();

  /** Of the empty rows one is enough. */
  const tidy = () => rows().filter(isEmpty).forEach((row, i) => (row.hidden = i > 0));

  /** @param {HTMLLIElement} row */
  const show = (row) => {
    const [left, top, width, height] = inputs(row).map((input) => input.valueAsNumber);
    let box = drawn.get(row);
    if (!box) {
      box = document.createElement("span");
      box.className = "cover-box";
      drawn.set(row, box);
      photo.append(box);
    }
    box.hidden = !(width > 0 && height > 0);
    Object.assign(box.style, { left: `${left || 0}%`, top: `${top || 0}%`, width: `${width}%`, height: `${height}%` });
  };

  const spare = () => {
    const empty = rows().find(isEmpty);
    if (empty || rows().length >= most) return empty;
    const row = /** @type {HTMLLIElement} */ (rows()[0].cloneNode(true));
    inputs(row).forEach((input) => (input.value = ""));
    list.append(row);
    row.hidden = false;
    row.setAttribute("aria-label", (row.getAttribute("aria-label") ?? "").replace(/\d+/, String(rows().length)));
    return row;
  };

  /** Where the finger is, in percent of the photo. @param {PointerEvent} event */
  const at = (event) => {
    const frame = photo.getBoundingClientRect();
    /** @param {number} part @param {number} whole */
    const percent = (part, whole) => Math.min(100, Math.max(0, (part / whole) * 100));
    return [percent(event.clientX - frame.left, frame.width), percent(event.clientY - frame.top, frame.height)];
  };

  photo.addEventListener("pointerdown", (event) => {
    const row = spare();
    if (!row || event.button !== 0) return;
    event.preventDefault();
    photo.setPointerCapture(event.pointerId);
    const [x, y] = at(event);
    /** @param {PointerEvent} moved */
    const move = (moved) => {
      const [x2, y2] = at(moved);
      const numbers = [Math.min(x, x2), Math.min(y, y2), Math.abs(x2 - x), Math.abs(y2 - y)];
      inputs(row).forEach((input, i) => (input.value = numbers[i].toFixed(1)));
      show(row);
    };
    const end = () => {
      photo.removeEventListener("pointermove", move);
      const [, , width, height] = inputs(row).map((input) => input.valueAsNumber);
      // A tap is no box.
      if (!(width >= 0.5 && height >= 0.5)) inputs(row).forEach((input) => (input.value = ""));
      show(row);
      tidy();
    };
    row.hidden = false;
    photo.addEventListener("pointermove", move);
    photo.addEventListener("pointerup", end, { once: true });
    photo.addEventListener("pointercancel", end, { once: true });
  });

  list.addEventListener("input", (event) => {
    const row = event.target instanceof Element ? event.target.closest("li") : null;
    if (row) show(row);
    spare();
    tidy();
  });
  list.addEventListener("click", (event) => {
    const row = event.target instanceof Element && event.target.closest("button") ? event.target.closest("li") : null;
    if (!row) return;
    inputs(row).forEach((input) => (input.value = ""));
    show(row);
    tidy();
    if (row.hidden) rows().find((other) => !other.hidden)?.querySelector("input")?.focus();
    else inputs(row)[0].focus();
  });
  form.querySelectorAll("[data-drawn-only]").forEach((part) => part.removeAttribute("hidden"));
  photo.classList.add("cover-photo-on");
  rows().forEach(show);
  tidy();
}

document.querySelectorAll("form[data-cover]").forEach((form) => {
  if (form instanceof HTMLFormElement) connect(form);
});
