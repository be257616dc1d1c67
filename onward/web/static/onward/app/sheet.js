// An application beside the board: a link to it opens it in a sheet, at its own address; the board stays usable.

/* global htmx */

const wide = matchMedia("(min-width: 64rem)");
const page = document.documentElement.dataset;
let left = /** @type {HTMLElement | null} */ (null);

const sheet = () => document.getElementById("sheet");

/** @param {HTMLAnchorElement} link */
async function open(link) {
  const place = sheet();
  if (!place) return;
  if (!place.hasAttribute("data-open")) {
    page.beneath = location.pathname + location.search;
    history.pushState({ sheet: true }, "", link.href);
  } else history.replaceState({ sheet: true }, "", link.href);
  if (link.matches("[data-sheet]")) left = link;
  place.setAttribute("data-open", "");
  place.removeAttribute("inert");
  await show(link.href);
}

/** @param {string} address */
async function show(address) {
  const answer = await fetch(address, { headers: { "X-Live": "1" } });
  const told = new DOMParser().parseFromString(await answer.text(), "text/html");
  const article = told.querySelector("#main > article");
  const body = sheet()?.querySelector(".sheet-body");
  if (!article || !body) {
    location.assign(address);
    return;
  }
  const there = body.firstElementChild;
  // Shown anew, what is half typed or opened in it stays.
  if (there && body.getAttribute("data-shows") === address) await htmx.swap({ target: there, text: article.outerHTML, swap: "outerMorph" });
  else {
    body.replaceChildren(document.importNode(article, true));
    htmx.process(body);
  }
  body.setAttribute("data-shows", address);
  document.dispatchEvent(new CustomEvent("onward:shown"));
}

/** @param {boolean} back whether the address is to be the board's again */
function close(back) {
  const place = sheet();
  if (!place?.hasAttribute("data-open")) return;
  place.removeAttribute("data-open");
  place.setAttribute("inert", "");
  place.querySelector(".sheet-body")?.replaceChildren();
  if (back) history.replaceState(null, "", page.beneath);
  delete page.beneath;
  left?.focus();
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-close-sheet]")) return close(true);
  // What belongs to an application opens in its sheet.
  const link = target.closest("a[data-sheet], #sheet a[data-within]");
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
document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  if (ctx?.sourceElement?.closest("#sheet") && (ctx.request?.method ?? "GET") !== "GET") document.dispatchEvent(new CustomEvent("onward:changed"));
});
document.addEventListener("onward:changed", () => {
  if (sheet()?.hasAttribute("data-open")) show(location.href);
});
