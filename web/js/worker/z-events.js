/**
 * The service worker: what the browser asks of it. It opens the form of a report, and the list of whoever goes to the
 * places, without a network; keeps what could not be sent; and sends it when the network is back, once. The modules of
 * this folder are served as one script, /worker.js, with a version in front, so that a browser notices a new one.
 */
import { isClosed, keepAnswer, removeAnswer, sendAnswers, tryAnswer, wholeAnswer } from "/assets/js/worker/answers.js";
import { moveDevice, noteDevice, notify, openNotified } from "/assets/js/worker/notices.js";
import { LIST, keepList, keepListFresh, keptList, keptPhoto } from "/assets/js/worker/on-site.js";
import { NOBODY, askWho, met } from "/assets/js/worker/person.js";
import { worker } from "/assets/js/worker/photos.js";
import { keepReport, removeReport, sendReports, tryReport, wholeReport } from "/assets/js/worker/reports.js";
import { sendForm } from "/assets/js/worker/sending.js";
import { FORM, UNSENT, keepFresh, keepShell, keptForm } from "/assets/js/worker/shell.js";
import { tell } from "/assets/js/worker/tell.js";

const LEAVE = "/sign-out";
/** Milliseconds: a network that says nothing for so long is none, where there is something to go on with. */
const PATIENCE = 6_000;

/** @param {Promise<unknown>} work */
const aWhile = (work) => Promise.race([work, new Promise((done) => setTimeout(done, PATIENCE))]);

/** One after the other, and the second also where the first broke off. */
async function sendAll() {
  const came = await Promise.allSettled([sendReports(), sendAnswers()]);
  const broken = came.find((one) => one.status === "rejected");
  if (broken) throw broken.reason;
}

/** What a page that came tells: who is here, and what to keep. @param {string} pathname @param {Response} answer */
async function learn(pathname, answer) {
  const who = answer.headers.get("nhip-who");
  if (!who) return;
  await met(who);
  if (pathname === LIST) await keepList(answer);
  else if (pathname.startsWith("/desk")) await keepListFresh();
  else if (pathname === FORM) await keepFresh();
  if (await isClosed()) await keepList();
}

/** @param {any} event */
async function open(event) {
  const { pathname } = new URL(event.request.url);
  const list = pathname.startsWith("/desk") ? await keptList().catch(() => undefined) : undefined;
  try {
    const coming = fetch(event.request);
    event.waitUntil(coming.then((answer) => learn(pathname, answer.clone())).then(tell).catch(() => undefined));
    const answer = list && pathname === LIST ? await aWhile(coming) : await coming;
    return answer ?? list;
  } catch (gone) {
    if (pathname === FORM) return keptForm();
    if (list) return pathname === LIST ? list : Response.redirect(LIST, 303);
    const kept = await caches.match(UNSENT);
    if (kept) return kept;
    throw gone;
  }
}

/** A new report. Our page says what came of it; where none of ours comes, it waits here. @param {any} event */
async function send(event) {
  /** @type {FormData} */
  const form = await event.request.formData();
  try {
    const { answer, taken, href } = await sendForm(FORM, form, "text/html");
    if (!taken) return answer;
    // Also when it had waited here before.
    event.waitUntil(removeReport(String(form.get("key"))));
    return Response.redirect(href, 303);
  } catch {
    await keepReport(form);
    return Response.redirect(UNSENT, 303);
  }
}

/** What somebody tells from the site is kept first, so that nothing is lost on its way. @param {any} event @param {string} code */
async function answer(event, code) {
  const form = await event.request.clone().formData();
  if (!(await keepAnswer(form, code))) return fetch(event.request);
  const sending = sendAnswers().catch(() => undefined);
  event.waitUntil(sending);
  await aWhile(sending);
  return Response.redirect(LIST, 303);
}

/** Whoever leaves takes along what they wrote, as far as it can go; nothing of theirs stays open. @param {any} event */
async function leave(event) {
  await aWhile(sendAnswers().catch(() => undefined));
  const came = await fetch(event.request);
  await met(NOBODY);
  return came;
}

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(keepShell().then(() => worker.skipWaiting())));
worker.addEventListener("activate", (/** @type {any} */ event) =>
  event.waitUntil(worker.clients.claim().then(() => Promise.allSettled([askWho(), noteDevice()]))),
);
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  const told = pathname.startsWith(`${LIST}/`) ? pathname.slice(LIST.length + 1) : "";
  // Back to a page that answered a form: the browser looks into its cache and asks nobody. Nothing is sent by looking;
  // the form opens again, with what was typed.
  if (request.cache === "only-if-cached") {
    const form = request.method !== "POST" ? "" : pathname === FORM ? FORM : told && LIST;
    if (form) event.respondWith(Response.redirect(form, 303));
    return;
  }
  if (request.mode === "navigate") {
    if (request.method === "GET") event.respondWith(open(event));
    else if (request.method === "POST" && pathname === FORM) event.respondWith(send(event));
    else if (request.method === "POST" && pathname === LEAVE) event.respondWith(leave(event));
    else if (request.method === "POST" && told) event.respondWith(answer(event, decodeURIComponent(told)));
  } else if (request.method === "GET" && pathname.startsWith("/assets/")) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  } else if (request.method === "GET" && pathname.startsWith("/media/") && new URL(request.referrer || "about:blank").pathname === LIST) {
    event.respondWith(keptPhoto(request));
  }
});
worker.addEventListener("sync", (/** @type {any} */ event) => event.waitUntil(sendAll()));
worker.addEventListener("message", (/** @type {any} */ event) => {
  const { ask, key } = event.data ?? {};
  const answered = async (/** @type {object} */ what) => event.source?.postMessage(what);
  /** @type {Record<string, () => Promise<unknown>>} */
  const asked = {
    list: tell,
    send: () => sendAll().catch(tell),
    again: () => tryReport(key).catch(tell),
    complete: async () => answered({ whole: await wholeReport(key) }),
    remove: () => removeReport(key).then(tell),
    "keep list": () => keepList().then(tell),
    "answer again": () => tryAnswer(key).catch(tell),
    redo: async () => answered({ answer: await wholeAnswer(key) }),
    "remove answer": () => removeAnswer(key).then(tell),
    device: noteDevice,
  };
  event.waitUntil(asked[ask]?.());
});
worker.addEventListener("push", (/** @type {any} */ event) => event.waitUntil(notify(event)));
worker.addEventListener("notificationclick", (/** @type {any} */ event) => event.waitUntil(openNotified(event)));
worker.addEventListener("pushsubscriptionchange", (/** @type {any} */ event) => event.waitUntil(moveDevice(event)));
