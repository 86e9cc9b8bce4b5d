/**
 * At the counter, as for citizens: kinds of reports are offered from the words, with whom to call where these show a danger
 * to life, and open reports that may be the same are shown as soon as the place is known. A kind is found by typing a part
 * of its name. Without this file the list of kinds is there, and the questions and numbers come when the form comes back.
 */

const WAIT_MS = 400;

/** Without accents and in small letters, as people type in a hurry. @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "d").toLowerCase();

/** @param {string} address */
async function part(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
}

/** Narrows the list of kinds to those whose name has what was typed. @param {HTMLElement} find @param {HTMLSelectElement} kinds */
function finds(find, kinds) {
  const box = find.querySelector("input");
  if (!box) return;
  const options = [...kinds.options];
  const groups = [...kinds.querySelectorAll("optgroup")];
  box.addEventListener("input", () => {
    const wanted = plain(box.value.trim()).split(/\s+/u).filter(Boolean);
    const fits = options.filter((one) => one.value !== "" && wanted.every((word) => plain(one.label).includes(word)));
    for (const one of options) one.hidden = one.value !== "" && !fits.includes(one);
    for (const group of groups) group.hidden = [...group.children].every((one) => one instanceof HTMLElement && one.hidden);
    // The list stands open while somebody looks for a kind in it.
    kinds.size = wanted.length > 0 ? Math.min(Math.max(fits.length, 2), 8) : 1;
    const [only] = fits;
    if (wanted.length > 0 && only) {
      kinds.value = only.value;
      kinds.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
  find.hidden = false;
}

/** @param {HTMLFormElement} form */
function connect(form) {
  const [kinds, words] = [form.querySelector("select[name=service_code]"), form.querySelector("[name=description]")];
  const [calls, offered, questions, similar] = ["calls", "offered", "questions", "similar"].map((name) => form.querySelector(`[data-${name}]`));
  const find = form.querySelector("[data-find]");
  if (!(kinds instanceof HTMLSelectElement) || !(words instanceof HTMLTextAreaElement) || !calls || !offered || !questions || !similar) return;
  if (find instanceof HTMLElement) finds(find, kinds);

  const offer = async () => {
    const asked = words.value;
    const page = await part(`/new/suggest?${new URLSearchParams({ text: asked.slice(0, 500) })}`);
    // Of an answer that comes late the words are no longer there.
    if (!page || asked !== words.value) return;
    calls.replaceChildren(...page.querySelectorAll("[role=alert]"));
    const buttons = [...page.querySelectorAll("label:has(input[name=service])")].map((label) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-quiet";
      button.textContent = label.querySelector(".choice-words > span")?.textContent ?? "";
      button.dataset.value = label.querySelector("input")?.value ?? "";
      return button;
    });
    offered.replaceChildren(...buttons);
  };
  offered.addEventListener("click", (event) => {
    if (!(event.target instanceof HTMLButtonElement)) return;
    kinds.value = event.target.dataset.value ?? "";
    kinds.dispatchEvent(new Event("change", { bubbles: true }));
  });
  const ask = async () => {
    const page = await part(`/new/questions?${new URLSearchParams({ service: kinds.value })}`);
    if (page) questions.replaceChildren(...page.body.childNodes);
  };
  const look = async () => {
    const data = new FormData(form);
    const field = (/** @type {string} */ name) => String(data.get(name) ?? "");
    if (field("lat") === "" && field("area") === "") return similar.replaceChildren();
    const about = { lat: field("lat"), long: field("long"), area: field("area"), text: words.value.slice(0, 500), service: kinds.value };
    const page = await part(`/new/similar?${new URLSearchParams(about)}`);
    // Who sits at the desk opens the case, and joins nobody.
    page?.querySelectorAll("button").forEach((button) => button.remove());
    page?.querySelectorAll("a").forEach((link) => {
      link.setAttribute("href", `/desk${link.getAttribute("href")}`);
      link.setAttribute("target", "_blank");
    });
    if (page) similar.replaceChildren(...page.body.childNodes);
  };
  let [offering, looking] = [0, 0];
  const soon = () => {
    clearTimeout(looking);
    looking = window.setTimeout(() => void look(), WAIT_MS);
  };
  words.addEventListener("input", () => {
    clearTimeout(offering);
    offering = window.setTimeout(() => void offer(), WAIT_MS);
    soon();
  });
  form.addEventListener("place", soon);
  form.addEventListener("change", (event) => {
    if (event.target === kinds) void ask();
    if (event.target instanceof HTMLSelectElement) soon();
  });
  // Words that the tab had kept.
  if (words.value !== "") void offer();
}

const form = document.querySelector("[data-desk-new]");
if (form instanceof HTMLFormElement) connect(form);
