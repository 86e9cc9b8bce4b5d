/**
 * Sends a filter form when a choice in it changes, and leaves empty fields out of the address. Words typed into it are
 * sent with Enter or the button, as without this file. Where the form stands beside its list, it stands open.
 */

const BESIDE = matchMedia("(min-width: 64rem)");

/** @param {HTMLFormElement} form */
function connect(form) {
  const fold = form.querySelector("details");
  if (fold && BESIDE.matches && form.closest(".list-side")) fold.open = true;
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && ["checkbox", "radio", "date"].includes(field.type))) {
      form.requestSubmit();
    }
  });
  form.addEventListener("formdata", (event) => {
    const empty = [...event.formData].filter(([, value]) => value === "").map(([name]) => name);
    for (const name of empty) event.formData.delete(name);
  });
}

document.querySelectorAll("[data-filter-bar]").forEach((form) => {
  if (form instanceof HTMLFormElement) connect(form);
});
