/** What opens without a network for everybody: the form of a new report, and the page of those that wait. */

import { person } from "/assets/js/worker/person.js";

/** @typedef {Map<string, Response>} Found By address. */

const CACHE = "shell";
export const FORM = "/new";
export const UNSENT = "/unsent";
const LANGUAGE = new URL(location.href).searchParams.get("in") ?? "";
/** Milliseconds after which the kept form is fetched anew: the city may have new services. */
const FRESH = 24 * 60 * 60 * 1000;

/** @param {string} path */
const inLanguage = (path) => (LANGUAGE ? `${path}?lang=${LANGUAGE}` : path);

/**
 * What a page, a sheet or a module names under /assets/, by whole addresses.
 * @param {string} text
 */
const named = (text) => new Set(text.match(/\/assets\/[\w./?=-]+\.[\w?=]+/g) ?? []);

/** Fetches all that a text needs to be shown, and what that needs. @param {Found} found @param {string} text */
export async function takeNeeded(found, text) {
  // The map and its library are large, and useless without a network.
  const needed = [...named(text)].filter((name) => !/maplibre|pmtiles|#/.test(name));
  await Promise.all(needed.map((name) => take(found, name)));
}

/** Nobody's cookies go with it. @param {Found} found @param {string} address @param {string} path */
async function take(found, address, path = address) {
  if (found.has(path)) return;
  const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  found.set(path, answer.clone());
  const kind = answer.headers.get("content-type") ?? "";
  if (/html|css|javascript/.test(kind)) await takeNeeded(found, await answer.text());
}

/** Puts what was found into a cache, and lets go of what else lies there. @param {string} name @param {Found} found */
export async function replace(name, found) {
  const cache = await caches.open(name);
  const old = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  await Promise.all([...found].map(([path, answer]) => (old.delete(path.split("?")[0] ?? ""), cache.put(path, answer))));
  await Promise.all([...old].map((path) => cache.delete(path, { ignoreSearch: true })));
}

/** Fetches the pages and all they need, and only then lets go of the old ones. */
export async function keepShell() {
  /** @type {Found} */
  const found = new Map();
  await Promise.all([FORM, UNSENT].map((path) => take(found, inLanguage(path), path)));
  await replace(CACHE, found);
}

export async function keepFresh() {
  const kept = await caches.match(FORM);
  const age = Date.now() - Date.parse(kept?.headers.get("date") ?? "");
  if (!(age < FRESH)) await keepShell().catch(() => undefined);
}

/** The kept form: each time it is opened it is another report, and it knows that there is no network. */
export async function keptForm() {
  const kept = await caches.match(FORM);
  if (!kept) return Response.error();
  const { who } = await person();
  const page = (await kept.text())
    .replace(/(name="key" value=")[^"]*/, `$1device-${crypto.randomUUID()}`)
    .replace(/data-who="[^"]*" data-new>/, `data-who="${who}" data-new data-kept>`);
  return new Response(page, { headers: kept.headers });
}
