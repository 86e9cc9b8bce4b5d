/**
 * Brings what changed without a reload. In a queue new reports appear at their place and settled ones leave; a row
 * somebody is on stays until they leave it. Beside a case, where somebody may be typing, a quiet line says that it
 * changed. The numbers in the navigation follow. Without this file a reload shows the same.
 */

const QUIET_MS = 400;
/** However much happens, the page is at most so far behind, and asks no more often. */
const AT_LATEST_MS = 2_000;

/** @param {string} address */
async function fetched(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
}

/** @param {Document} page */
function count(page) {
  const fresh = [...page.querySelectorAll(".main-nav a")];
  document.querySelectorAll(".main-nav a").forEach((link) => {
    const same = fresh.find((other) => other.getAttribute("href") === link.getAttribute("href"));
    const [now, then] = [same?.querySelector(".desk-n"), link.querySelector(".desk-n")];
    if (now && then) then.textContent = now.textContent;
  });
}

/** Somebody is on it: it must not move away under their hand. @param {Element} row */
const isHeld = (row) => row.matches(":focus-within, .desk-row-at") || row.querySelector(":checked") !== null;

/** @param {Element} rows @returns {Map<string, HTMLElement>} By report; the version follows the colon. */
function byReport(rows) {
  const found = [...rows.children].filter((row) => row instanceof HTMLElement);
  return new Map(found.map((row) => [String(row.dataset.row).split(":")[0] ?? "", row]));
}

/**
 * @param {Element} list
 * @param {Element} fresh The same list, as it is now.
 */
function bring(list, fresh) {
  const [sum, freshSum] = [list.querySelector(".desk-sum"), fresh.querySelector(".desk-sum")];
  if (sum && freshSum) sum.replaceWith(freshSum);
  const [rows, freshRows] = [list.querySelector(".desk-rows"), fresh.querySelector(".desk-rows")];
  if (!rows || !freshRows) {
    if (!rows || ![...rows.children].some(isHeld)) list.replaceChildren(...fresh.childNodes);
    return;
  }
  const [known, wanted] = [byReport(rows), byReport(freshRows)];
  /** @type {HTMLElement | undefined} */
  let last;
  for (const [report, row] of wanted) {
    const old = known.get(report);
    if (old && (old.dataset.row === row.dataset.row || isHeld(old))) {
      last = old;
      continue;
    }
    if (old) old.replaceWith(row);
    else if (last) last.after(row);
    else rows.prepend(row);
    row.classList.toggle("desk-row-new", !old);
    last = row;
  }
  for (const [report, row] of known) {
    if (wanted.has(report)) continue;
    if (isHeld(row)) row.classList.add("desk-row-gone");
    else row.remove();
  }
}

/** @param {HTMLElement} news */
function listen(news) {
  const own = document.querySelector("[data-case]");
  const code = own instanceof HTMLElement ? own.dataset.case : undefined;
  const list = document.querySelector("[data-live-list]");
  const changed = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** When the first change was heard that is not shown yet. */
  let since = 0;
  let looking = false;

  const say = () => {
    const text = changed.has(code) ? (news.dataset.newsHere ?? "") : `${news.dataset.news ?? ""} ${changed.size}`;
    news.replaceChildren(text);
    // A list has brought it already: then it is said to those who do not see it. The case itself is left as it is.
    const brought = list !== null && !changed.has(code);
    news.classList.toggle("hidden", brought);
    if (!brought) {
      const link = document.createElement("a");
      link.href = location.pathname + location.search;
      link.textContent = news.dataset.reload ?? "";
      news.append(" ", link);
    }
    news.hidden = false;
  };

  const look = async () => {
    const page = await fetched(list ? location.pathname + location.search : "/desk");
    if (!page) return;
    count(page);
    const fresh = page.querySelector("[data-live-list]");
    if (list && fresh) bring(list, fresh);
    say();
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      [since, looking] = [0, true];
      const done = () => {
        looking = false;
        if (since) soon();
      };
      look().then(done, done);
    }, Math.max(0, Math.min(QUIET_MS, since + AT_LATEST_MS - Date.now())));
  };

  const source = new EventSource(news.dataset.live ?? "");
  source.addEventListener("changed", (event) => {
    changed.add(JSON.parse(event.data).code);
    since ||= Date.now();
    if (!looking) soon();
  });
  addEventListener("pagehide", () => source.close());
}

document.querySelectorAll("[data-live]").forEach((news) => {
  if (news instanceof HTMLElement) listen(news);
});
