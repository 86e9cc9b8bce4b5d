/** Notifications of what this browser follows (crates/nhip/src/notification/push): what everybody may know, and a link of ours. */
import { inStore } from "/assets/js/worker/database.js";
import { worker } from "/assets/js/worker/photos.js";

/** @param {any} event */
export async function notify(event) {
  const { title, text, link, lang } = event.data?.json() ?? {};
  if (!title) return;
  // News of the same report takes the place of what is still shown.
  const shown = { body: text, lang, tag: link, renotify: true, icon: "/assets/app/icon-192.png", data: { link } };
  await worker.registration.showNotification(title, shown);
  await noteDevice();
}

/** @param {any} event */
export async function openNotified(event) {
  event.notification.close();
  const there = new URL(event.notification.data?.link ?? "/", location.origin);
  if (there.origin === location.origin) await worker.clients.openWindow(there.href);
}

/** Remembers the address of this browser at its push service: not every browser tells the old one when it changes. */
export async function noteDevice() {
  const { endpoint } = (await worker.registration.pushManager?.getSubscription()) ?? {};
  if (endpoint) await inStore("device", "readwrite", (store) => store.put({ id: "now", endpoint }));
}

/** @param {ArrayBuffer | null} bytes In base64 for URLs. */
const inText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** The push service gave this browser another address: whoever notifies it must know. @param {any} event */
export async function moveDevice(event) {
  const old = event.oldSubscription?.endpoint ?? (await inStore("device", "readonly", (store) => store.get("now")))?.endpoint;
  const options = event.oldSubscription?.options;
  const made = event.newSubscription ?? (options && (await worker.registration.pushManager.subscribe(options)));
  if (!old || !made) return;
  const keys = { p256dh: inText(made.getKey("p256dh")), auth: inText(made.getKey("auth")) };
  const body = new URLSearchParams({ old, endpoint: made.endpoint, ...keys });
  await fetch("/follows/device", { method: "POST", body });
  await noteDevice();
}
