/**
 * Takes the place of a report from where the phone is, and forgets a place again. Without this file an area is chosen from
 * a list.
 */
import { eachPlace, placeOf } from "/assets/js/place-fields.js";

eachPlace((root) => {
  const place = placeOf(root);
  const [tools, locate, forget, says] = ["tools", "locate", "forget", "says"].map((name) => root.querySelector(`[data-${name}]`));
  if (!(tools instanceof HTMLElement) || !(forget instanceof HTMLElement) || !(says instanceof HTMLElement)) return;

  if (locate instanceof HTMLElement) {
    locate.hidden = !("geolocation" in navigator);
    locate.addEventListener("click", () => {
      says.textContent = says.dataset.asking ?? "";
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => place.set({ lat: coords.latitude, long: coords.longitude }, coords.accuracy),
        () => (says.textContent = says.dataset.failed ?? ""),
        { enableHighAccuracy: true, timeout: 15000 },
      );
    });
  }
  forget.addEventListener("click", () => {
    place.set(undefined);
    // The button is gone now; the focus must not be.
    tools.querySelector("button")?.focus();
  });
  // Coordinates may be typed, too.
  root.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && ["lat", "long"].includes(event.target.name)) place.tell();
  });
  const offer = () => (forget.hidden = place.get() === undefined);
  root.addEventListener("place", offer);
  offer();
  tools.hidden = false;
});
