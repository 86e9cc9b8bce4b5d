/**
 * Leaves empty fields of a filter form out of the address, and lets the form stand open where it stands beside its list.
 * Nothing is sent but by its button or Enter: who chooses with the arrows passes choices they do not mean (WCAG 3.2.2).
 */

const BESIDE = matchMedia("(min-width: 64rem)");

/** @param {HTMLFormElement} form */
function connect(form) {
  const fold = form.querySelector("details");
  if (fold && BESIDE.matches && form.closest(".list-side")) fold.open = true;
  form.addEventListener("formdata", (event) => {
    const empty = [...event.formData].filter(([, value]) => value === "").map(([name]) => name);
    for (const name of empty) event.formData.delete(name);
  });
}

document.querySelectorAll("[data-filter-bar]").forEach((form) => {
  if (form instanceof HTMLFormElement) connect(form);
});
