/**
 * Shows the photos chosen in a file field before they are sent. The list after the field is empty and
 * hidden without this file.
 */

const WIDTH = 320;

/**
 * A canvas, not an image: the policy for content allows no blob addresses.
 * @param {File} file
 */
async function draw(file) {
  const item = document.createElement("li");
  try {
    const bitmap = await createImageBitmap(file, { resizeWidth: WIDTH });
    const canvas = document.createElement("canvas");
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.role = "img";
    canvas.ariaLabel = file.name;
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
    item.append(canvas);
  } catch {
    item.textContent = file.name;
  }
  return item;
}

/** @param {HTMLInputElement} field */
function connect(field) {
  const list = field.nextElementSibling;
  if (!(list instanceof HTMLUListElement)) return;
  field.addEventListener("change", async () => {
    const items = await Promise.all([...(field.files ?? [])].map(draw));
    list.replaceChildren(...items);
    list.hidden = items.length === 0;
  });
}

document.querySelectorAll("[data-photos]").forEach((field) => {
  if (field instanceof HTMLInputElement) connect(field);
});
