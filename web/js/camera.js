/**
 * A camera for the photo of the result: the photo from before lies over the picture, so that the new one is taken from
 * the same place. Without this file, or a camera, photos are chosen as files.
 */

const WIDE = { video: { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1440 } }, audio: false };

/** Puts one more photo into a field for files. @param {HTMLInputElement} field @param {Blob} photo */
function add(field, photo) {
  const files = new DataTransfer();
  for (const file of field.files ?? []) files.items.add(file);
  files.items.add(new File([photo], `result-${files.items.length + 1}.jpg`, { type: "image/jpeg", lastModified: Date.now() }));
  field.files = files.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** @param {HTMLButtonElement} button */
function connect(button) {
  const dialog = document.getElementById(button.dataset.camera ?? "");
  const field = document.getElementById(button.dataset.for ?? "");
  if (!(dialog instanceof HTMLDialogElement) || !(field instanceof HTMLInputElement)) return;
  const [video, fade, failed] = [dialog.querySelector("video"), dialog.querySelector("input"), dialog.querySelector("[data-failed]")];
  const [shoot, close] = [dialog.querySelector("[data-shoot]"), dialog.querySelector("[data-close]")];
  if (!video || !(shoot instanceof HTMLButtonElement) || !(failed instanceof HTMLElement)) return;
  button.hidden = false;

  button.addEventListener("click", async () => {
    shoot.disabled = failed.hidden = true;
    dialog.showModal();
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia(WIDE);
      await video.play();
      shoot.disabled = false;
      shoot.focus();
    } catch {
      failed.hidden = false;
    }
  });
  fade?.addEventListener("input", () => dialog.style.setProperty("--fade", `${fade.valueAsNumber / 100}`));
  shoot.addEventListener("click", () => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext("2d")?.drawImage(video, 0, 0);
    canvas.toBlob((photo) => {
      if (photo) add(field, photo);
      dialog.close();
    }, "image/jpeg", 0.9);
  });
  close?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    const { srcObject } = video;
    if (srcObject instanceof MediaStream) srcObject.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
    field.focus();
  });
}

if (typeof navigator.mediaDevices?.getUserMedia === "function") {
  document.querySelectorAll("button[data-camera]").forEach((button) => {
    if (button instanceof HTMLButtonElement) connect(button);
  });
}
