/**
 * Sends a filter form when a choice in it changes, and leaves empty fields out of the address.
 * Words typed into it are sent with Enter or the button, as without this file.
 */

/** @param {HTMLFormElement} form */
function connect(form) {
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
