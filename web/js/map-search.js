/**
 * Finds a place on the map while its name is typed: the list of /map/places, shown under the search. A press, or Enter on
 * a link, moves the map there. Without this file the search opens that page.
 */
import { marker } from "/assets/js/map-look.js";

/** Milliseconds after the last key. */
const PAUSE = 250;

/**
 * @param {any} map
 * @param {any} library
 */
export function searchable(map, library) {
  const [form, found] = ["[data-map-search]", "[data-map-found]"].map((name) => document.querySelector(name));
  const field = form?.querySelector("input");
  if (!(form instanceof HTMLFormElement) || !(found instanceof HTMLElement) || !field) return;
  /** @type {any} */
  let pin;
  let turn = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const close = () => {
    turn++;
    found.hidden = true;
    found.replaceChildren();
  };
  const look = async () => {
    const [mine, typed] = [++turn, field.value.trim()];
    if (typed.length < 2) return close();
    const answer = await fetch(`${form.action}?${new URLSearchParams({ q: typed })}`).catch(() => undefined);
    // Something else may have been typed while this was on its way.
    if (!answer?.ok || mine !== turn) return;
    const places = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-places]");
    found.replaceChildren(...(places?.childNodes ?? []));
    found.hidden = false;
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  };
  field.addEventListener("input", later);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    look();
  });
  found.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-at]") : undefined;
    if (!(link instanceof HTMLElement)) return;
    event.preventDefault();
    const [lat, long] = (link.dataset.at ?? "").split(",").map(Number);
    field.value = link.textContent ?? "";
    pin?.remove();
    pin = marker(library, field.value).setLngLat([long, lat]).addTo(map);
    map.easeTo({ center: [long, lat], zoom: Number(link.dataset.zoom) });
    close();
    map.getCanvas().focus({ preventScroll: true });
  });
  for (const part of [form, found]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || found.hidden) return;
      // A field of a search would be emptied by it; what was typed stays.
      event.preventDefault();
      close();
      field.focus();
    });
  }
}
