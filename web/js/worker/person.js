/**
 * Who is signed in on this device, by an opaque marker that every page of theirs carries, and the key that closes what
 * they wrote. Whoever comes next finds none of it: the key and the kept list go when the person does.
 */
import { inStore } from "/assets/js/worker/database.js";

/** @typedef {{ id: "now", who: string, key?: CryptoKey | undefined }} Person */
/** @typedef {{ type: string, iv: Uint8Array<ArrayBuffer>, closed: ArrayBuffer }} Sealed */

export const NOBODY = "nobody";
/** What is kept for one person only. */
export const THEIRS = "on-site";

/** @type {Promise<Person> | undefined} */
let here;

export function person() {
  here ??= inStore("person", "readonly", (store) => store.get("now")).then((found) => found ?? { id: "now", who: NOBODY });
  return here;
}

/**
 * Notes who is here. Another one than before: what was kept for that one goes, and what they wrote stays closed.
 * @param {string} who @param {string | null} [secret] In hexadecimal.
 */
export function met(who, secret) {
  // Several pages may tell at the same moment, and each is told apart from the others.
  return navigator.locks.request("person", async () => {
    const before = await person();
    const same = who === before.who;
    if (same && (!secret || before.key)) return;
    const key = secret ? await keyOf(secret) : undefined;
    /** @type {Person} */
    const now = { id: "now", who, key };
    here = Promise.resolve(now);
    await inStore("person", "readwrite", (store) => store.put(now));
    if (!same) await caches.delete(THEIRS);
  });
}

/** Asks the server, where no page has told. */
export async function askWho() {
  const answer = await fetch("/unsent", { method: "HEAD", credentials: "same-origin", cache: "no-store" });
  const who = answer.headers.get("nhip-who");
  if (who) await met(who);
}

/** A key that can be used on this device and not be read. @param {string} secret */
function keyOf(secret) {
  const bytes = Uint8Array.from(secret.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** @param {FormData} form @param {CryptoKey} key @returns {Promise<Sealed>} */
export async function seal(form, key) {
  const plain = new Response(form);
  const type = plain.headers.get("content-type") ?? "";
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { type, iv, closed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, await plain.arrayBuffer()) };
}

/** @param {Sealed} sealed @param {CryptoKey} key @returns {Promise<FormData>} */
export async function unseal({ type, iv, closed }, key) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, closed);
  return new Response(plain, { headers: { "content-type": type } }).formData();
}
