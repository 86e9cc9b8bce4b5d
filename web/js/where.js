/**
 * Says in words where a chosen place lies: in which area, or outside the city. Without this file the report says it once
 * it is sent.
 */
import { eachPlace, placeOf } from "/assets/js/place-fields.js";

eachPlace((root) => {
  const place = placeOf(root);
  const says = root.querySelector("[data-says]");
  if (!(says instanceof HTMLElement)) return;
  let asked = 0;
  const ask = async () => {
    const [number, at] = [++asked, place.get()];
    if (!at) {
      says.textContent = says.dataset.empty ?? "";
      return;
    }
    const query = new URLSearchParams({ lat: String(at.lat), long: String(at.long) });
    const answer = await fetch(`/new/where?${query}`, { headers: { accept: "text/html" } }).catch(() => undefined);
    // Another place may have been chosen while this one was asked about.
    if (number !== asked) return;
    if (answer?.ok) says.innerHTML = await answer.text();
    else says.textContent = says.dataset.kept ?? "";
  };
  root.addEventListener("place", ask);
  if (place.get()) ask();
});
