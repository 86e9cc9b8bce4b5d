/**
 * What staff told of a case from where it is, until the server has it. Each waits closed, under the marker of whoever
 * wrote it and the key of its form, and goes out once, in their name only.
 *
 * Not here: the list they are told from (`on-site.js`).
 */
import { inStore } from "/assets/js/worker/database.js";
import { keepList } from "/assets/js/worker/on-site.js";
import { NOBODY, askWho, met, person, seal, unseal } from "/assets/js/worker/person.js";
import { sendPhoto, tryLater } from "/assets/js/worker/photos.js";
import { sendForm } from "/assets/js/worker/sending.js";
import { tell } from "/assets/js/worker/tell.js";

/** @typedef {import("/assets/js/worker/person.js").Sealed} Sealed */
/** `head` is what the list shows, `body` the form. @typedef {{ key: string, who: string, at: number, state: "waiting" | "refused" | "sent", said: string, head: Sealed, body?: Sealed | undefined }} Answer */

/** Milliseconds that what was sent stays in the list for: a working day. */
const SHIFT = 12 * 60 * 60 * 1000;
/** Fields that are ours and not the server's. */
const OURS = ["title", "instead"];

/** @param {Answer} answer */
const putAnswer = (answer) => inStore("answers", "readwrite", (store) => store.put(answer));
/** @param {string} key @returns {Promise<Answer | undefined>} */
const oneAnswer = (key) => inStore("answers", "readonly", (store) => store.get(key));
/** @param {string} key */
export const removeAnswer = (key) => inStore("answers", "readwrite", (store) => store.delete(key));
/** @returns {Promise<Answer[]>} */
const allAnswers = () => inStore("answers", "readonly", (store) => store.getAll());

/** @param {FormData} form @param {string} name */
const fieldOf = (form, name) => String(form.get(name) ?? "");
/** @param {FormData} form */
const filesOf = (form) => /** @type {File[]} */ (form.getAll("photos")).filter((file) => file instanceof File && (file.size > 0 || file.name !== ""));

/** What the list shows of a form. @param {FormData} form @param {string} code */
function headOf(form, code) {
  const head = new FormData();
  const arrived = form.getAll("photo").length;
  const shown = { code, title: fieldOf(form, "title"), words: fieldOf(form, "reason"), arrived, photos: arrived + filesOf(form).length };
  for (const [name, value] of Object.entries(shown)) head.set(name, String(value));
  return head;
}

/** Those of whoever is here, with their words; and how many wait for somebody else. */
export async function shownAnswers() {
  const { who, key } = await person();
  const kept = await allAnswers();
  const old = kept.filter((one) => one.state === "sent" && (one.who !== who || Date.now() - one.at > SHIFT));
  for (const one of old) await removeAnswer(one.key);
  const own = key ? kept.filter((one) => one.who === who && !old.includes(one)) : [];
  const answers = await Promise.all(
    own.map(async (one) => {
      const head = await unseal(one.head, /** @type {CryptoKey} */ (key));
      const [code, title, words] = [fieldOf(head, "code"), fieldOf(head, "title"), fieldOf(head, "words")];
      const [photos, arrived] = [Number(head.get("photos")), Number(head.get("arrived"))];
      return { key: one.key, at: one.at, state: one.state, said: one.said, code, title, words, photos, arrived };
    }),
  );
  return { answers: answers.sort((a, b) => b.at - a.at), others: kept.filter((one) => one.who !== who && one.state !== "sent").length };
}

/** Does something of theirs wait, that cannot be opened yet? */
export async function isClosed() {
  const { who, key } = await person();
  return !key && who !== NOBODY && (await allAnswers()).some((one) => one.who === who);
}

/**
 * Keeps an answer until it is sent. False: nobody is known here whose it could be.
 * @param {FormData} form @param {string} code
 */
export async function keepAnswer(form, code) {
  const { who, key: secret } = await person();
  if (!secret || who === NOBODY || form.get("author") !== who) return false;
  // The page may have been used twice: the second time it is another answer, and the server says what it thinks of it.
  if ((await oneAnswer(fieldOf(form, "key")))?.state === "sent" || !form.get("key")) form.set("key", crypto.randomUUID());
  const [key, instead] = [fieldOf(form, "key"), fieldOf(form, "instead")];
  const [head, body] = [await seal(headOf(form, code), secret), await seal(form, secret)];
  await putAnswer({ key, who, at: Date.now(), state: "waiting", said: "", head, body });
  if (instead && instead !== key) await removeAnswer(instead);
  await tryLater();
  return true;
}

/** Sends the photos ahead, one by one, and notes each that has arrived. @param {Answer} answer @param {FormData} form @param {string} code @param {CryptoKey} secret */
async function sendAnswerPhotos(answer, form, code, secret) {
  const [waiting, stay] = [filesOf(form), /** @type {File[]} */ ([])];
  while (waiting[0]) {
    const [file] = waiting;
    const ticket = await sendPhoto(file);
    waiting.shift();
    // A document goes with the form.
    if (ticket) form.append("photo", ticket);
    else stay.push(file);
    form.delete("photos");
    for (const left of [...stay, ...waiting]) form.append("photos", left, left.name);
    await putAnswer({ ...answer, head: await seal(headOf(form, code), secret), body: await seal(form, secret) });
    await tell();
  }
}

/** Sends one; answers whether the next may be sent. @param {Answer} answer @param {CryptoKey} secret */
async function sendOne(answer, secret) {
  if (!answer.body) return true;
  const [head, form] = await Promise.all([unseal(answer.head, secret), unseal(answer.body, secret)]);
  const code = fieldOf(head, "code");
  await sendAnswerPhotos(answer, form, code, secret);
  const last = new FormData();
  for (const [name, value] of form) if (!OURS.includes(name)) last.append(name, value);
  const { answer: came, taken } = await sendForm(`/desk/on-site/${encodeURIComponent(code)}`, last, "application/problem+json");
  // Nobody is signed in any more, or somebody else: it waits.
  if (came.status === 401) await met(NOBODY);
  if (came.status === 412) await askWho();
  if ([401, 412].includes(came.status)) return false;
  const now = { ...answer, head: await seal(headOf(form, code), secret) };
  if (taken) await putAnswer({ ...now, state: "sent", body: undefined });
  else {
    const problem = await came.json().catch(() => ({}));
    await putAnswer({ ...now, state: "refused", said: String(problem.title ?? came.status), body: await seal(form, secret) });
  }
  return true;
}

/** Sends what waits, in the order in which it was written. Throws when the network is gone again. */
export function sendAnswers() {
  return navigator.locks.request("answers", async () => {
    const { who, key } = await person();
    const waiting = (await allAnswers()).filter((one) => one.state === "waiting" && one.who === who).sort((a, b) => a.at - b.at);
    if (!key || waiting.length === 0) return;
    for (const answer of waiting) if (!(await sendOne(answer, key))) break;
    await keepList();
    await tell();
  });
}

/** @param {string} key */
export async function tryAnswer(key) {
  const { who } = await person();
  const answer = await oneAnswer(key);
  if (answer?.who === who && answer.state === "refused") await putAnswer({ ...answer, state: "waiting" });
  await sendAnswers();
}

/** One as a whole, to be done again by whoever wrote it. @param {string} key */
export async function wholeAnswer(key) {
  const { who, key: secret } = await person();
  const answer = await oneAnswer(key);
  if (!secret || !answer?.body || answer.who !== who) return undefined;
  const [head, form] = await Promise.all([unseal(answer.head, secret), unseal(answer.body, secret)]);
  const fields = [...form].filter(([, value]) => typeof value === "string");
  return { key, code: fieldOf(head, "code"), said: answer.said, fields, files: filesOf(form) };
}
