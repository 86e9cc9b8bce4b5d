/**
 * The list beside the map of the city: what is in sight, how many, and the first of them. The server writes it as it
 * writes the page; this fetches it anew as the map moves, and now and then, so that it is never half an hour old.
 */

/** Milliseconds between two looks at a map that does not move. */
const EVERY = 5000;

/**
 * @param {string} address With the filter, without the window.
 * @param {() => string} box The window as left,bottom,right,top.
 * @param {() => void} changed What to do when the city has changed meanwhile.
 */
export function follow(address, box, changed) {
  const [said, list] = ["said", "list"].map((name) => document.querySelector(`[data-map-${name}]`));
  if (!(said instanceof HTMLElement) || !list) return { look: async () => {} };
  let [turn, before] = [0, ""];
  const look = async () => {
    const [mine, here] = [++turn, box()];
    const answer = await fetch(`${address}&bbox=${here}`).catch(() => undefined);
    // The map may have moved on while this was on its way.
    if (!answer?.ok || mine !== turn) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [now, cards] = ["said", "list"].map((name) => page.querySelector(`[data-map-${name}]`));
    if (!(now instanceof HTMLElement) || !cards) return;
    // Said aloud only where it says something else.
    if (said.textContent !== now.textContent) said.textContent = now.textContent;
    if (list.innerHTML !== cards.innerHTML) list.replaceChildren(...cards.childNodes);
    // Where the map has moved it has fetched what it shows by itself.
    const other = here === before && said.dataset.picture !== now.dataset.picture;
    before = here;
    said.dataset.picture = now.dataset.picture;
    if (other) changed();
  };
  setInterval(() => document.hidden || look(), EVERY);
  return { look };
}
