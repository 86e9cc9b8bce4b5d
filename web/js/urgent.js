/**
 * At the open intake desk a report about a danger to life is heard and said as it comes; its mark and its first place
 * stand in the list with or without this file. The sound is off until somebody switches it on, on this device.
 */

const KEPT = "urgent-sound";
const SEEN = "urgent-seen";
const BEEPS = 3;

/** @type {AudioContext | undefined} */
let audio;

/** Short tones that carry through a room; made here, so that there is nothing to load. */
function sound() {
  audio ??= new AudioContext();
  void audio.resume();
  for (let n = 0; n < BEEPS; n += 1) {
    const [tone, loudness] = [audio.createOscillator(), audio.createGain()];
    const from = audio.currentTime + n * 0.4;
    tone.frequency.value = n % 2 ? 660 : 880;
    loudness.gain.setValueAtTime(0.25, from);
    loudness.gain.exponentialRampToValueAtTime(0.001, from + 0.35);
    tone.connect(loudness).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.35);
  }
}

/** @returns {string[]} Those in the list that nobody has decided about. */
const waiting = () =>
  [...document.querySelectorAll("[data-live-list] .desk-row-urgent")].map((row) =>
    row instanceof HTMLElement ? (String(row.dataset.row).split(":")[0] ?? "") : "",
  );

/**
 * @param {HTMLElement} news
 * @param {HTMLElement} button
 */
function watch(news, button) {
  const isOn = () => localStorage.getItem(KEPT) === "1";
  const show = () => button.setAttribute("aria-pressed", String(isOn()));
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    localStorage.setItem(KEPT, isOn() ? "0" : "1");
    show();
    if (isOn()) sound();
  });

  const look = () => {
    const seen = new Set((sessionStorage.getItem(SEEN) ?? "").split(" "));
    const fresh = waiting().filter((code) => !seen.has(code));
    if (fresh.length === 0) return;
    sessionStorage.setItem(SEEN, [...seen, ...fresh].join(" "));
    news.textContent = `${news.dataset.text ?? ""} ${fresh.join(", ")}`;
    if (isOn()) sound();
  };
  look();
  const list = document.querySelector("[data-live-list]");
  if (list) new MutationObserver(look).observe(list, { childList: true, subtree: true });
}

const news = document.querySelector("[data-urgent-news]");
const button = document.querySelector("[data-urgent-sound]");
if (news instanceof HTMLElement && button instanceof HTMLElement) watch(news, button);
