/**
 * Reports that could not be sent. Each waits under the key of its form, of which the server takes one report, so that
 * sending again what may have arrived does no harm; and under whom it was written, whose alone it is to send.
 */
import { inStore } from "/assets/js/worker/database.js";
import { NOBODY, askWho, person } from "/assets/js/worker/person.js";
import { sendPhoto, tryLater } from "/assets/js/worker/photos.js";
import { sendForm } from "/assets/js/worker/sending.js";
import { FORM } from "/assets/js/worker/shell.js";
import { tell } from "/assets/js/worker/tell.js";

/** @typedef {{ key: string, who?: string, at: number, words: string, fields: [string, string][], files: [string, File][], state: "waiting" | "refused" | "sent", href: string }} Kept */

/** Milliseconds that sent reports stay in the list for. */
const WEEK = 7 * 24 * 60 * 60 * 1000;

/** @param {Kept} kept */
const putReport = (kept) => inStore("unsent", "readwrite", (store) => store.put(kept));
/** @param {string} key */
export const removeReport = (key) => inStore("unsent", "readwrite", (store) => store.delete(key));

/** @returns {Promise<Kept[]>} Newest first, without those that were sent long ago. */
async function reports() {
  /** @type {Kept[]} */
  const all = await inStore("unsent", "readonly", (store) => store.getAll());
  const old = all.filter((kept) => kept.state === "sent" && Date.now() - kept.at > WEEK);
  for (const { key } of old) await removeReport(key);
  return all.filter((kept) => !old.includes(kept)).sort((a, b) => b.at - a.at);
}

/**
 * What the pages may show of them: of what somebody else wrote, only that it is there. `theirs`: waits for somebody
 * else; `nameless`: was written while nobody was signed in, and somebody is now.
 */
export async function shownReports() {
  const { who } = await person();
  return (await reports()).map(({ key, who: by = NOBODY, at, words, fields, files, state, href }) => {
    if (by !== who && by !== NOBODY) return { key, at, words: "", photos: 0, arrived: 0, state: "theirs", href: "" };
    const arrived = fields.filter(([name]) => name === "photo").length;
    const shown = state === "waiting" && by !== who ? "nameless" : state;
    return { key, at, words, photos: arrived + files.length, arrived, state: shown, href };
  });
}

/** One of them as a whole, for whom it is to see. @param {string} key */
export async function wholeReport(key) {
  const { who } = await person();
  return (await reports()).find((kept) => kept.key === key && [who, NOBODY].includes(kept.who ?? NOBODY));
}

/** @param {FormData} form */
export async function keepReport(form) {
  const [fields, files] = [/** @type {[string, string][]} */ ([]), /** @type {[string, File][]} */ ([])];
  for (const [name, value] of form) {
    if (typeof value === "string") fields.push([name, value]);
    // A file of no bytes was lost on the way to the form, which the server says; one without a name was never chosen.
    else if (value.size > 0 || value.name !== "") files.push([name, value]);
  }
  const said = (/** @type {string} */ name) => String(form.get(name) ?? "");
  const { who } = await person();
  const key = said("key") || crypto.randomUUID();
  await putReport({ key, who, at: Date.now(), words: said("description"), fields, files, state: "waiting", href: "" });
  await tryLater();
}

/** @param {Kept} kept */
function asForm(kept) {
  const form = new FormData();
  // No robot has a worker: what stands in the trap is a password manager's.
  const ours = ["key", "seen", "step", "author", "left-empty"];
  for (const [name, value] of kept.fields) if (!ours.includes(name)) form.append(name, value);
  // Whether others told of it already was not asked without a network, and is for the operator to see.
  const last = [["key", kept.key], ["seen", "1"], ["step", "send"], ["author", kept.who ?? NOBODY]];
  for (const [name, value] of last) form.append(String(name), String(value));
  for (const [name, file] of kept.files) form.append(name, file, file.name);
  return form;
}

/**
 * Sends the photos of a report ahead of it, and notes each that has arrived: what breaks off goes on with the next one.
 * @param {Kept} kept
 */
async function sendReportPhotos(kept) {
  while (kept.files[0]) {
    const ticket = await sendPhoto(kept.files[0][1]);
    // What is no photo goes with the form, whose page says so.
    if (!ticket) return;
    kept.fields.push(["photo", ticket]);
    kept.files.shift();
    await putReport(kept);
    await tell();
  }
}

/** Sends what waits, one after the other. Throws when the network is gone again, so that the browser tries later. */
export function sendReports() {
  return navigator.locks.request("unsent", async () => {
    const { who } = await person();
    const own = (/** @type {Kept} */ kept) => kept.state === "waiting" && (kept.who ?? NOBODY) === who;
    /** @type {unknown} */
    let broken;
    for (const kept of (await reports()).filter(own).reverse()) {
      try {
        await sendReportPhotos(kept);
        const { answer, taken, href } = await sendForm(FORM, asForm(kept), "application/problem+json");
        // Somebody else is signed in by now.
        if (answer.status === 412) {
          await askWho();
          break;
        }
        await putReport(taken ? { ...kept, state: "sent", href, files: [], fields: [] } : { ...kept, state: "refused" });
      } catch (error) {
        // It waits, and those after it have their turn.
        broken = error;
      }
    }
    await tell();
    if (broken) throw broken;
  });
}

/** @param {string} key */
export async function tryReport(key) {
  const kept = await wholeReport(key);
  if (kept) await putReport({ ...kept, state: "waiting" });
  await sendReports();
}
