/**
 * Says that something changed, without a reload: a quiet line with how many, and fresh numbers in the navigation.
 * The reader decides when the list itself changes. Without this file a reload shows the same.
 */

const QUIET_MS = 1500;

/** @param {HTMLElement} news */
function listen(news) {
  const own = document.querySelector("[data-case]");
  const code = own instanceof HTMLElement ? own.dataset.case : undefined;
  const changed = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const say = () => {
    const text = changed.has(code) ? (news.dataset.newsHere ?? "") : `${news.dataset.news ?? ""} ${changed.size}`;
    const link = document.createElement("a");
    link.href = location.pathname + location.search;
    link.textContent = news.dataset.reload ?? "";
    news.replaceChildren(text, " ", link);
    news.hidden = false;
  };

  const count = async () => {
    const answer = await fetch("/desk", { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelectorAll(".main-nav a");
    document.querySelectorAll(".main-nav a").forEach((link) => {
      const same = [...fresh].find((other) => other.getAttribute("href") === link.getAttribute("href"));
      const [now, then] = [same?.querySelector(".desk-n"), link.querySelector(".desk-n")];
      if (now && then) then.textContent = now.textContent;
    });
  };

  const source = new EventSource(news.dataset.live ?? "");
  source.addEventListener("changed", (event) => {
    changed.add(JSON.parse(event.data).code);
    clearTimeout(timer);
    timer = setTimeout(() => {
      say();
      void count();
    }, QUIET_MS);
  });
  addEventListener("pagehide", () => source.close());
}

document.querySelectorAll("[data-live]").forEach((news) => {
  if (news instanceof HTMLElement) listen(news);
});
