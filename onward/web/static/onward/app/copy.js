// Copying a text: the button is there only where a browser lets a page do that.

function show() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) button.removeAttribute("hidden");
}
show();
document.addEventListener("htmx:after:swap", show);
document.addEventListener("onward:shown", show);

document.addEventListener("click", async (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-copy]"));
  const from = button && document.getElementById(button.getAttribute("data-copy") ?? "");
  if (!from) return;
  const copy = /** @type {HTMLElement} */ (from.cloneNode(true));
  // The numbers of its sources are not the text's.
  for (const each of copy.querySelectorAll(".rests")) each.remove();
  await navigator.clipboard.writeText(copy.textContent ?? "");
  document.dispatchEvent(new CustomEvent("onward:say", { detail: { words: button.dataset.copied, kind: "success" } }));
});
