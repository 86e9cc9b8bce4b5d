/**
 * Only for /dev/components: shows the states that a hand or a keyboard makes (class is-hover, is-focus wears what the
 * sheets say of :hover and :focus-visible), and the colours of day and night whatever the device wants. Without this
 * file a state is seen by making it.
 */

const MADE = [[":hover", ".is-hover"], [":focus-visible", ".is-focus"]];
const NIGHT = /prefers-color-scheme:\s*dark/;

/** @param {CSSStyleSheet | CSSGroupingRule} sheet */
function wear(sheet) {
  for (const rule of [...sheet.cssRules].reverse()) {
    if (rule instanceof CSSStyleRule) {
      for (const [made = "", shown = ""] of MADE) {
        if (rule.selectorText.includes(made)) sheet.insertRule(rule.cssText.replaceAll(made, shown), sheet.cssRules.length);
      }
    } else if (rule instanceof CSSGroupingRule) wear(rule);
  }
}

const sheets = [...document.styleSheets];
const nights = sheets.flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSMediaRule && NIGHT.test(rule.media.mediaText));
sheets.forEach(wear);

document.querySelectorAll("[data-colours]").forEach((choice) => {
  if (!(choice instanceof HTMLElement)) return;
  choice.hidden = false;
  choice.addEventListener("change", (event) => {
    const wanted = event.target instanceof HTMLInputElement ? event.target.value : "";
    const media = { day: "not all", night: "screen", device: "screen and (prefers-color-scheme:dark)" }[wanted];
    for (const rule of nights) if (rule instanceof CSSMediaRule && media) rule.media.mediaText = media;
    document.documentElement.style.colorScheme = { day: "light", night: "dark" }[wanted] ?? "";
  });
});
