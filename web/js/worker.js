/**
 * The service worker: opens the form without a network, keeps a report that could not be sent, and sends it when the
 * network is back, once. Served as /worker.js with a version in front, so that a browser notices a new one.
 *
 * A report waits in IndexedDB under the key of its form. The server takes one report for one key, so that sending again
 * what may have arrived does no harm.
 */

/** @typedef {{ key: string, at: number, words: string, fields: [string, string][], files: [string, File][], state: "waiting" | "refused" | "sent", href: string }} Kept */

const worker = /** @type {any} */ (self);
const CACHE = "shell";
const FORM = "/new";
const PHOTOS = "/new/photos";
const UNSENT = "/unsent";
const LANGUAGE = new URL(location.href).searchParams.get("in") ?? "";
/** Milliseconds after which the kept form is fetched anew: the city may have new services. */
const FRESH = 24 * 60 * 60 * 1000;
/** Sent reports stay in the list for so long. */
const REMEMBERED = 7 * 24 * 60 * 60 * 1000;

// --- what opens without a network ----------------------------------------------------------------

/** @param {string} path */
const inLanguage = (path) => (LANGUAGE ? `${path}?lang=${LANGUAGE}` : path);

/**
 * What a page, a sheet or a module names under /assets/, by whole addresses.
 * @param {string} text
 */
const named = (text) => new Set(text.match(/\/assets\/[\w./?=-]+\.[\w?=]+/g) ?? []);

/** Fetches the pages and all they need, and only then lets go of the old ones. Nobody's cookies go with it. */
async function keepShell() {
  /** @type {Map<string, Response>} */
  const found = new Map();
  /** @param {string} address @param {string} path */
  const take = async (address, path = address) => {
    if (found.has(path)) return;
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    found.set(path, answer.clone());
    const kind = answer.headers.get("content-type") ?? "";
    if (!/html|css|javascript/.test(kind)) return;
    // The map and its library are large, and useless without a network.
    const needed = [...named(await answer.text())].filter((name) => !/maplibre|pmtiles|#/.test(name));
    await Promise.all(needed.map((name) => take(name)));
  };
  await Promise.all([FORM, UNSENT].map((path) => take(inLanguage(path), path)));
  const cache = await caches.open(CACHE);
  const old = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  await Promise.all([...found].map(([path, answer]) => (old.delete(path.split("?")[0] ?? ""), cache.put(path, answer))));
  await Promise.all([...old].map((path) => cache.delete(path, { ignoreSearch: true })));
}

async function keepFresh() {
  const kept = await caches.match(FORM);
  const age = Date.now() - Date.parse(kept?.headers.get("date") ?? "");
  if (!(age < FRESH)) await keepShell().catch(() => undefined);
}

/** The kept form: each time it is opened it is another report, and it knows that there is no network. */
async function keptForm() {
  const kept = await caches.match(FORM);
  if (!kept) return Response.error();
  const page = (await kept.text())
    .replace(/(name="key" value=")[^"]*/, `$1${crypto.randomUUID()}`)
    .replace("data-new>", "data-new data-kept>");
  return new Response(page, { headers: kept.headers });
}

// --- the unsent ----------------------------------------------------------------------------------

/** @returns {Promise<IDBDatabase>} */
function database() {
  return new Promise((done, failed) => {
    const request = indexedDB.open("nhip", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("unsent", { keyPath: "key" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} work
 * @returns {Promise<T>} After the transaction.
 */
async function unsent(mode, work) {
  const open = await database();
  try {
    return await new Promise((done, failed) => {
      const transaction = open.transaction("unsent", mode, { durability: "strict" });
      const request = work(transaction.objectStore("unsent"));
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = () => failed(transaction.error);
    });
  } finally {
    open.close();
  }
}

/** @returns {Promise<Kept[]>} Newest first, without those that were sent long ago. */
async function list() {
  /** @type {Kept[]} */
  const all = await unsent("readonly", (store) => store.getAll());
  const old = all.filter((kept) => kept.state === "sent" && Date.now() - kept.at > REMEMBERED);
  for (const { key } of old) await unsent("readwrite", (store) => store.delete(key));
  return all.filter((kept) => !old.includes(kept)).sort((a, b) => b.at - a.at);
}

/** @param {FormData} form */
async function keep(form) {
  const [fields, files] = [/** @type {[string, string][]} */ ([]), /** @type {[string, File][]} */ ([])];
  for (const [name, value] of form) {
    if (typeof value === "string") fields.push([name, value]);
    else if (value.size > 0) files.push([name, value]);
  }
  const said = (/** @type {string} */ name) => String(form.get(name) ?? "");
  /** @type {Kept} */
  const kept = {
    key: said("key") || crypto.randomUUID(),
    at: Date.now(),
    words: said("description"),
    fields,
    files,
    state: "waiting",
    href: "",
  };
  await unsent("readwrite", (store) => store.put(kept));
  await worker.registration.sync?.register("unsent").catch(() => undefined);
}

/** @param {Kept} kept */
function asForm(kept) {
  const form = new FormData();
  for (const [name, value] of kept.fields) if (!["key", "seen", "step"].includes(name)) form.append(name, value);
  // Whether others told of it already was not asked without a network, and is for the operator to see.
  for (const [name, value] of [["key", kept.key], ["seen", "1"], ["step", "send"]]) form.append(String(name), String(value));
  for (const [name, file] of kept.files) form.append(name, file, file.name);
  return form;
}

/**
 * Sends the photos of a report ahead of it, and notes each that has arrived: what breaks off goes on with the next one.
 * @param {Kept} kept
 */
async function sendPhotos(kept) {
  while (kept.files.length > 0) {
    const [name, file] = kept.files[0] ?? ["", new File([], "")];
    const form = new FormData();
    form.append(name, file, file.name);
    const answer = await fetch(PHOTOS, { method: "POST", body: form, headers: { accept: "application/problem+json" } });
    if (answer.status === 429 || answer.status >= 500) throw new Error(String(answer.status));
    // What is no photo goes with the form, whose page says so.
    if (answer.status !== 201) return;
    kept.fields.push(["photo", await answer.text()]);
    kept.files.shift();
    await unsent("readwrite", (store) => store.put(kept));
    await tell();
  }
}

/** Sends what waits, one after the other. Throws when the network is gone again, so that the browser tries later. */
function sendAll() {
  return navigator.locks.request("unsent", async () => {
    const waiting = (await list()).filter((kept) => kept.state === "waiting").reverse();
    for (const kept of waiting) {
      await sendPhotos(kept);
      const answer = await fetch(FORM, { method: "POST", body: asForm(kept), headers: { accept: "text/html" } });
      // Too many, or a server in trouble: not the report's fault.
      if (answer.status === 429 || answer.status >= 500) throw new Error(String(answer.status));
      const sent = answer.ok && answer.redirected;
      /** @type {Kept} */
      const after = sent ? { ...kept, state: "sent", href: answer.url, files: [], fields: [] } : { ...kept, state: "refused" };
      await unsent("readwrite", (store) => store.put(after));
    }
    await tell();
  });
}

/** Tells open pages what waits. */
async function tell() {
  const kept = (await list()).map(({ key, at, words, fields, files, state, href }) => {
    const arrived = fields.filter(([name]) => name === "photo").length;
    return { key, at, words, photos: arrived + files.length, arrived, state, href };
  });
  for (const page of await worker.clients.matchAll()) page.postMessage({ unsent: kept });
}

// --- what the browser asks -----------------------------------------------------------------------

/** @param {any} event */
async function send(event) {
  const copy = event.request.clone();
  try {
    const answer = await fetch(event.request);
    // Led on to the receipt: it has arrived, also when it had waited here before.
    if (answer.type === "opaqueredirect") {
      event.waitUntil(copy.formData().then((/** @type {FormData} */ form) => unsent("readwrite", (store) => store.delete(String(form.get("key"))))));
    }
    return answer;
  } catch {
    await keep(await copy.formData());
    return Response.redirect(UNSENT, 303);
  }
}

/** @param {any} event */
async function open(event) {
  const { pathname } = new URL(event.request.url);
  try {
    const answer = await fetch(event.request);
    if (pathname === FORM) event.waitUntil(keepFresh());
    return answer;
  } catch (gone) {
    const kept = pathname === FORM ? await keptForm() : await caches.match(UNSENT);
    if (kept) return kept;
    throw gone;
  }
}

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(keepShell().then(() => worker.skipWaiting())));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (request.method === "GET") event.respondWith(open(event));
    else if (request.method === "POST" && pathname === FORM) event.respondWith(send(event));
  } else if (request.method === "GET" && pathname.startsWith("/assets/")) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});
worker.addEventListener("sync", (/** @type {any} */ event) => event.waitUntil(sendAll()));
worker.addEventListener("message", (/** @type {any} */ event) => {
  const { ask, key } = event.data ?? {};
  /** @type {Record<string, () => Promise<unknown>>} */
  const asked = {
    list: tell,
    send: () => sendAll().catch(tell),
    again: async () => {
      const kept = (await list()).find((kept) => kept.key === key);
      if (kept) await unsent("readwrite", (store) => store.put({ ...kept, state: "waiting" }));
      await sendAll().catch(tell);
    },
    complete: async () => {
      const whole = (await list()).find((kept) => kept.key === key);
      event.source?.postMessage({ whole });
    },
    remove: () => unsent("readwrite", (store) => store.delete(key)).then(tell),
  };
  event.waitUntil(asked[ask]?.());
});

// --- notifications -------------------------------------------------------------------------------

/** What follows say (crates/nhip/src/notification/push). Holds what everybody may know, and a link of ours. */
worker.addEventListener("push", (/** @type {any} */ event) => {
  const { title, text, link, lang } = event.data?.json() ?? {};
  if (!title) return;
  // News of the same report takes the place of what is still shown.
  const shown = { body: text, lang, tag: link, renotify: true, icon: "/assets/app/icon-192.png", data: { link } };
  event.waitUntil(worker.registration.showNotification(title, shown));
});
worker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  const there = new URL(event.notification.data?.link ?? "/", location.origin);
  if (there.origin === location.origin) event.waitUntil(worker.clients.openWindow(there.href));
});
