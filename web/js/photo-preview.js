/**
 * Shows the photos chosen in a file field before they are sent, makes them smaller on the device, and offers the place
 * of the first that knows one. The list after the field is empty and hidden without this file, and photos are sent as
 * they are.
 */
import { placeOf } from "/assets/js/place-fields.js";
import { lookOf } from "/assets/js/photo-look.js";
import { placeOfPhoto } from "/assets/js/photo-place.js";

const WIDTH = 320;
/** The longest side the server keeps, in pixels, and bytes below which making it smaller is not worth the time. */
const [LONGEST, WORTH] = [1600, 500_000];
const QUALITY = 0.85;

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

/** What has been made smaller already. @type {WeakSet<File>} */
const small = new WeakSet();

/** The photo with no more pixels than are kept; as it was where that is no gain. @param {File} file */
async function shrunk(file) {
  const made = file.size < WORTH || small.has(file) ? file : await drawnSmaller(file);
  small.add(made);
  return made;
}

/** @param {File} file */
async function drawnSmaller(file) {
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    /** @type {Blob | null} */
    const smaller = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!smaller || smaller.size >= file.size) return file;
    return new File([smaller], file.name.replace(/\.\w+$/, "") + ".jpg", { type: smaller.type });
  } catch {
    return file;
  }
}

/** @param {HTMLInputElement} field @param {File[]} files */
async function offerPlace(field, files) {
  const root = field.form?.querySelector("[data-place]");
  if (!(root instanceof HTMLElement) || placeOf(root).get()) return;
  const places = await Promise.all(files.map(placeOfPhoto));
  const found = places.find((place) => place !== undefined);
  if (found && !placeOf(root).get()) placeOf(root).set(found);
}

/** Where the form wants to know what its photos look like. @param {HTMLInputElement} field @param {File[]} files */
async function sayLooks(field, files) {
  const looks = field.form?.querySelector("[data-looks]");
  if (!(looks instanceof HTMLInputElement)) return;
  // Photos that went ahead are no longer in the field, and belong to the report all the same.
  const all = [...looks.value.split(","), ...(await Promise.all(files.map(lookOf)))];
  looks.value = [...new Set(all)].filter((look) => look !== "").slice(-5).join(",");
  field.form?.dispatchEvent(new Event("looks"));
}

/** @param {HTMLInputElement} field */
function connect(field) {
  const list = field.nextElementSibling;
  if (!(list instanceof HTMLUListElement)) return;
  const button = field.form?.querySelector("button[name=step][value=send]");
  field.addEventListener("change", async () => {
    const chosen = [...(field.files ?? [])];
    const items = await Promise.all(chosen.map(draw));
    list.replaceChildren(...items);
    list.hidden = items.length === 0;
    // Whoever is quicker than this waits a moment with a button that says so.
    if (button instanceof HTMLButtonElement) button.ariaBusy = "true";
    await Promise.all([offerPlace(field, chosen), sayLooks(field, chosen)]);
    const files = new DataTransfer();
    for (const file of chosen) files.items.add(await shrunk(file));
    // Others may have been chosen meanwhile.
    if (chosen.length === field.files?.length && chosen.every((file, n) => field.files?.[n] === file)) {
      field.files = files.files;
      field.dispatchEvent(new Event("shrunk"));
    }
    if (button instanceof HTMLButtonElement) button.ariaBusy = null;
  });
}

/**
 * Opens the camera of a telephone and puts its photo beside those chosen already.
 * @param {HTMLElement} button
 */
function connectCamera(button) {
  const field = document.getElementById(button.dataset.take ?? "");
  if (!(field instanceof HTMLInputElement)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const camera = Object.assign(document.createElement("input"), { type: "file", accept: "image/*", capture: "environment" });
    camera.addEventListener("change", () => {
      const files = new DataTransfer();
      for (const file of [...(field.files ?? []), ...(camera.files ?? [])]) files.items.add(file);
      field.files = files.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    camera.click();
  });
}

document.querySelectorAll("[data-take]").forEach((button) => {
  if (button instanceof HTMLElement) connectCamera(button);
});
document.querySelectorAll("[data-photos]").forEach((field) => {
  if (field instanceof HTMLInputElement) connect(field);
});
