/**
 * Fills the place of a report from the telephone's own location. Without this file an area is chosen from a list.
 * Tells the form with the event "place" that it has changed.
 */

/** @param {HTMLFormElement} form */
function connect(form) {
  const lat = form.querySelector("[data-lat]");
  const long = form.querySelector("[data-long]");
  const box = form.querySelector("[data-place]");
  const says = form.querySelector("[data-place-says]");
  const forget = form.querySelector("[data-forget]");
  const locate = form.querySelector("[data-locate]");
  if (!(lat instanceof HTMLInputElement) || !(long instanceof HTMLInputElement)) return;
  if (!(box instanceof HTMLElement) || !(says instanceof HTMLElement)) return;
  if (!(forget instanceof HTMLElement) || !(locate instanceof HTMLElement)) return;

  /** @param {string} text */
  const show = (text) => {
    says.textContent = text;
    forget.hidden = lat.value === "";
    form.dispatchEvent(new CustomEvent("place"));
  };
  locate.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        lat.value = coords.latitude.toFixed(6);
        long.value = coords.longitude.toFixed(6);
        show(says.dataset.found ?? "");
      },
      () => show(says.dataset.failed ?? ""),
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
  forget.addEventListener("click", () => {
    lat.value = "";
    long.value = "";
    show("");
  });
  box.hidden = !("geolocation" in navigator);
  if (lat.value !== "") show(says.dataset.kept ?? "");
}

document.querySelectorAll("[data-new]").forEach((form) => {
  if (form instanceof HTMLFormElement) connect(form);
});
