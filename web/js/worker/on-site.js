/**
 * The list of whoever goes to the places, kept on the phone with its photos for as long as they are signed in, and for
 * a working day at most. The page has on it nothing that must not lie on a phone.
 */
import { NOBODY, THEIRS, met, person } from "/assets/js/worker/person.js";
import { replace, takeNeeded } from "/assets/js/worker/shell.js";

export const LIST = "/desk/on-site";
/** Milliseconds: after so many the list is fetched anew when the desk is opened, and after so many it is no use. */
const [LIST_FRESH, LIST_USELESS] = [10 * 60 * 1000, 12 * 60 * 60 * 1000];
/** Bytes of photos. */
const MOST = 8 * 1024 * 1024;

/** The kept list, if it is this person's. */
async function ownList() {
  const cache = (await caches.has(THEIRS)) ? await caches.open(THEIRS) : undefined;
  const page = await cache?.match(LIST);
  const age = Date.now() - Date.parse(page?.headers.get("date") ?? "");
  const { who } = await person();
  return page && page.headers.get("nhip-who") === who && age < LIST_USELESS ? { page, age } : undefined;
}

/**
 * Keeps the list as it came, or fetches it. Whoever has none, or is no longer signed in, keeps none.
 * @param {Response} [came]
 */
export async function keepList(came) {
  const answer = came ?? (await fetch(LIST, { credentials: "same-origin", redirect: "manual", cache: "no-store" }));
  if (answer.type === "opaqueredirect" || answer.status === 401) return met(NOBODY);
  const who = answer.headers.get("nhip-who");
  if (!answer.ok || !who) return;
  await met(who, answer.headers.get("nhip-key"));
  const headers = new Headers(answer.headers);
  headers.delete("nhip-key");
  if (!headers.has("date")) headers.set("date", new Date().toUTCString());
  const html = await answer.text();
  /** @type {Map<string, Response>} */
  const found = new Map([[LIST, new Response(html, { headers })]]);
  await takeNeeded(found, html);
  await takePhotos(found, html);
  // They may have left meanwhile.
  if ((await person()).who === who) await replace(THEIRS, found);
}

/** Those on top first, as long as there is room. @param {Map<string, Response>} found @param {string} html */
async function takePhotos(found, html) {
  let room = MOST;
  for (const path of new Set(html.match(/\/media\/[\w-]+\/small\.jpg/g) ?? [])) {
    const photo = await fetch(path, { credentials: "same-origin" });
    room -= (await photo.clone().arrayBuffer()).byteLength;
    if (room < 0) return;
    if (photo.ok) found.set(path, photo);
  }
}

/** Whoever has taken their list along has the newest when they leave the desk. */
export async function keepListFresh() {
  const old = await ownList();
  if (old && old.age > LIST_FRESH) await keepList();
}

/** The kept list, which knows that there is no network. */
export async function keptList() {
  const old = await ownList();
  if (!old) return undefined;
  const html = (await old.page.text()).replace("data-on-site>", "data-on-site data-kept>");
  return new Response(html, { headers: old.page.headers });
}

/** A photo of the kept list, where the network has none. @param {Request} request */
export async function keptPhoto(request) {
  try {
    return await fetch(request);
  } catch (gone) {
    const photo = await caches.match(request, { cacheName: THEIRS });
    if (photo) return photo;
    throw gone;
  }
}
