/**
 * A photo the city has already: its small picture and a box that can be unticked, as the server draws it after a form
 * came back (templates/components/form.html, photo_held).
 */

/**
 * @param {Element} field What stands around the file field, with data-ahead.
 * @param {string} ticket
 */
export function addHeld(field, ticket) {
  const list = field.querySelector("[data-held]");
  if (!(field instanceof HTMLElement) || !list) return;
  const [item, label, photo, choice, box, words] = ["li", "label", "img", "span", "input", "span"].map((tag) => document.createElement(tag));
  if (!item || !label || !(photo instanceof HTMLImageElement) || !choice || !(box instanceof HTMLInputElement) || !words) return;
  label.className = "photo-held-one";
  Object.assign(photo, { src: `${field.dataset.ahead}/${ticket}`, alt: "", width: 400, height: 300 });
  choice.className = "choice";
  Object.assign(box, { type: "checkbox", name: "photo", value: ticket, defaultChecked: true });
  words.textContent = `${field.dataset.heldName} ${list.childElementCount + 1}`;
  choice.append(box, words);
  label.append(photo, choice);
  item.append(label);
  list.append(item);
}
