// An application beside the board: a link to it opens it in a sheet, at its own address; the board stays usable.

/* global htmx */

const wide = matchMedia("(min-width: 64rem)");
let shown = "";
let left = /** @type {HTMLElement | null} */ (null);

const sheet = () => document.getElementById("sheet");

/** @param {HTMLAnchorElement} link */
async function open(link) {
  const place = sheet();
  if (!place) return;
  if (!place.hasAttribute("data-open")) {
    place.dataset.home = location.pathname + location.search;
    history.pushState({ sheet: true }, "", link.href);
  } else history.replaceState({ sheet: true }, "", link.href);
  left = link;
  shown = link.href;
  place.setAttribute("data-open", "");
  place.removeAttribute("inert");
  await show(link.href);
}

/** @param {string} address */
async function show(address) {
  const answer = await fetch(address, { headers: { "X-Live": "1" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const article = page.querySelector("#main > article");
  const body = sheet()?.querySelector(".sheet-body");
  if (!article || !body) {
    location.assign(address);
    return;
  }
  body.replaceChildren(document.importNode(article, true));
  htmx.process(body);
}

/** @param {boolean} back whether the address is to be the board's again */
function close(back) {
  const place = sheet();
  if (!place?.hasAttribute("data-open")) return;
  const home = place.dataset.home ?? "";
  delete place.dataset.home;
  place.removeAttribute("data-open");
  place.setAttribute("inert", "");
  place.querySelector(".sheet-body")?.replaceChildren();
  if (back) history.replaceState(null, "", home);
  left?.focus();
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-close-sheet]")) return close(true);
  const link = target.closest("a[data-sheet]");
  if (!(link instanceof HTMLAnchorElement) || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
});
document.addEventListener("onward:peek", (event) => {
  const link = /** @type {CustomEvent} */ (event).detail;
  if (link instanceof HTMLAnchorElement && link.matches("[data-sheet]") && wide.matches) open(link);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open], details.menu[open]")) close(true);
});
addEventListener("popstate", () => close(false));
// What is done in the sheet is done to the board as well: both are shown anew.
document.addEventListener("onward:changed", () => {
  const place = sheet();
  const typed = [...(place?.querySelectorAll("textarea") ?? [])].some((each) => each.value !== each.defaultValue);
  const busy = typed || place?.querySelector("textarea:focus, input:focus");
  if (place?.hasAttribute("data-open") && !busy) show(shown);
});
