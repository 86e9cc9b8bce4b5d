/**
 * Follow by notifications of this browser. Shows the form only where the browser can do it; asks for permission when
 * its button is pressed, and sends with the form what the browser gives. Without this file one follows by e-mail.
 */

const form = document.querySelector("form[data-push]");

/** @param {ArrayBuffer | null} bytes In base64 for URLs. */
const text = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** @param {string} key */
async function subscription(key) {
  const { pushManager } = await navigator.serviceWorker.ready;
  const known = await pushManager.getSubscription();
  // Made for another key, it would not take what we send.
  if (known && text(known.options.applicationServerKey) === key) return known;
  await known?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

if (form instanceof HTMLFormElement && "serviceWorker" in navigator && "PushManager" in window) {
  const denied = form.querySelector("[data-denied]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const made = await subscription(form.dataset["push"] ?? "");
      const given = { endpoint: made.endpoint, p256dh: text(made.getKey("p256dh")), auth: text(made.getKey("auth")) };
      for (const [name, value] of Object.entries(given)) {
        const field = form.elements.namedItem(name);
        if (field instanceof HTMLInputElement) field.value = value;
      }
      navigator.serviceWorker.controller?.postMessage({ ask: "device" });
      form.submit();
    } catch {
      if (denied instanceof HTMLElement) denied.hidden = false;
    }
  });
}
