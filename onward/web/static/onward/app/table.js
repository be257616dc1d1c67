// The table: cells that are edited in place, and all rows of a page at once.

/** @param {Element} target */
const cell = (target) => /** @type {HTMLInputElement | null} */ (target.closest("input.cell"));

document.addEventListener("keydown", (event) => {
  const input = cell(/** @type {Element} */ (event.target));
  if (!input || event.key !== "Escape") return;
  input.value = input.defaultValue;
  input.blur();
});
document.addEventListener("focusout", (event) => {
  const input = cell(/** @type {Element} */ (event.target));
  if (input && input.value !== input.defaultValue) input.form?.requestSubmit();
});
document.addEventListener("change", (event) => {
  const box = /** @type {HTMLInputElement} */ (event.target);
  if (box.matches("select.cell")) box.form?.requestSubmit();
  if (box.matches("[data-all]")) {
    for (const each of document.querySelectorAll("input.pick[name=pk]")) /** @type {any} */ (each).checked = box.checked;
    document.dispatchEvent(new CustomEvent("onward:chosen"));
  }
});
