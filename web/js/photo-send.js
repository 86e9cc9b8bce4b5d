/**
 * Sends photos ahead of their form, one by one, while the person still types: a connection that breaks costs the photo
 * that was on its way and nothing else. What has arrived stands in a list and can be left out. Without this file photos
 * go with the form, as they do when there is no network at the end.
 */
import { addHeld } from "/assets/js/photo-held.js";

/** Milliseconds: of silence after which a connection is given up, and between two tries. */
const [SILENCE, AGAIN] = [20_000, 3_000];
/** Seconds between two things said about the progress to those who listen; the bar moves all the time. */
const SAY_EVERY = 10;

/**
 * Sends one photo.
 * @param {string} address @param {File} file @param {(bytes: number) => void} went
 * @returns {Promise<{ ticket?: string, refused?: string }>} Neither: the network is gone, or the server is in trouble.
 */
function sendOne(address, file, went) {
  return new Promise((done) => {
    const [request, form] = [new XMLHttpRequest(), new FormData()];
    form.append("file", file, file.name);
    let silence = setTimeout(() => request.abort(), SILENCE);
    request.upload.addEventListener("progress", (event) => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), SILENCE);
      went(Math.min(event.loaded, file.size));
    });
    request.addEventListener("loadend", () => {
      clearTimeout(silence);
      const { status, responseText } = request;
      const ours = request.getResponseHeader("nhip-who") !== null;
      if (status === 201) done({ ticket: responseText });
      // What somebody between us says is no word about the photo, but that it is too large to come through.
      else if (status === 413 || (ours && status >= 400 && status < 500 && status !== 429)) done({ refused: titleOf(responseText) });
      else done({});
    });
    request.open("POST", address);
    request.setRequestHeader("accept", "application/problem+json");
    request.send(form);
  });
}

/** @param {string} problem RFC 9457. */
function titleOf(problem) {
  try {
    return String(JSON.parse(problem).title ?? "");
  } catch {
    return "";
  }
}

/** @param {HTMLElement} around @param {HTMLInputElement} field */
function connect(around, field) {
  const says = around.querySelector("[data-photo-says]");
  const preview = around.querySelector(".photo-preview");
  const bar = document.createElement("progress");
  const count = document.createElement("p");
  [bar.className, count.className] = ["photo-bar", "photo-count"];
  [bar.hidden, count.hidden, count.ariaHidden] = [true, true, "true"];
  preview?.after(bar, count);
  /** `chosen` are not made smaller yet, `files` are. @type {{ chosen: File[], files: File[], sent: number, total: number, busy: boolean, broken: boolean, told: number }} */
  const state = { chosen: [], files: [], sent: 0, total: 0, busy: false, broken: false, told: 0 };
  /** @type {(() => void)[]} Who waits until nothing is under way. */
  let waiting = [];

  /** @param {string} text */
  const say = (text) => {
    if (says && says.textContent !== text) says.textContent = text;
  };
  /** @param {number} now Bytes of the photo under way. */
  const show = (now) => {
    const [done, all] = [state.sent + now, Math.max(state.total, 1)];
    [bar.hidden, bar.max, bar.value] = [!state.busy, all, done];
    const words = (around.dataset.sending ?? "").replace("[done]", String(Math.round(done / 1000))).replace("[all]", String(Math.round(all / 1000)));
    bar.ariaLabel = words;
    [count.textContent, count.hidden] = [words, !state.busy];
    const at = performance.now() / 1000;
    if (state.busy && at - state.told > SAY_EVERY) [state.told] = [at, say(words)];
  };
  /** @type {WeakSet<File>} */
  const arrived = new WeakSet();
  /** Takes a photo out of the field, so that the form does not bring it too. @param {File} file */
  const leave = (file) => {
    const [rest, at] = [new DataTransfer(), state.files.indexOf(file)];
    arrived.add(file);
    state.files.splice(at, 1);
    state.chosen = state.chosen.filter((other) => other !== file);
    // Those that are being made smaller are put into the field when that is done.
    if (state.chosen.length === state.files.length) {
      state.files.forEach((other) => rest.items.add(other));
      field.files = rest.files;
    }
    preview?.children[at]?.remove();
    if (preview instanceof HTMLElement) preview.hidden = state.files.length === 0;
  };
  const run = async () => {
    if (state.busy) return;
    [state.busy, state.broken, state.told] = [true, false, performance.now() / 1000];
    for (let file = state.files[0]; file; file = state.files[0]) {
      show(0);
      const { ticket, refused } = await sendOne(around.dataset.ahead ?? "", file, show);
      // Others may have been chosen meanwhile.
      if (!state.files.includes(file)) continue;
      if (ticket === undefined && refused === undefined) {
        state.broken = true;
        break;
      }
      state.sent += file.size;
      leave(file);
      if (ticket) addHeld(around, ticket);
      else say(`${file.name}: ${refused || around.dataset.failed}`);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    state.busy = false;
    show(0);
    if (state.broken) say(around.dataset.waits ?? "");
    else if (state.sent > 0 && says?.textContent?.includes(":") !== true) say(around.dataset.sent ?? "");
    waiting.splice(0).forEach((go) => go());
    if (state.broken) setTimeout(() => navigator.onLine && state.files.length > 0 && void run(), AGAIN);
  };

  // A browser lets go of what was chosen before; here the new ones come to those that have not arrived.
  around.addEventListener("change", (event) => {
    if (event.target !== field) return;
    const all = new DataTransfer();
    [...state.chosen, ...(field.files ?? [])].forEach((file) => all.items.add(file));
    field.files = all.files;
    state.chosen = [...all.files];
  }, { capture: true });
  field.addEventListener("shrunk", () => {
    const left = new DataTransfer();
    [...(field.files ?? [])].filter((file) => !arrived.has(file)).forEach((file) => left.items.add(file));
    field.files = left.files;
    state.files = [...left.files];
    state.chosen = [...state.files];
    if (!state.busy) state.sent = 0;
    state.total = state.sent + state.files.reduce((sum, file) => sum + file.size, 0);
    if (state.files.length > 0 && navigator.onLine) void run();
  });
  addEventListener("online", () => state.files.length > 0 && void run());
  field.form?.addEventListener("submit", (event) => {
    // Photos under way arrive first; when the network breaks they go with the form, or wait with it on the device.
    if (!state.busy || !(event.submitter instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const button = event.submitter;
    button.ariaBusy = "true";
    waiting = [() => ((button.ariaBusy = null), field.form?.requestSubmit(button))];
  });
}

document.querySelectorAll("[data-ahead]").forEach((around) => {
  const field = around.querySelector("[data-photos]");
  if (around instanceof HTMLElement && field instanceof HTMLInputElement) connect(around, field);
});
