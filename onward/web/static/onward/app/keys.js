// Keys: what they do stands in the help, which `?` opens. Silent while somebody types.

/* global htmx */

const GO = { t: "/app/", a: "/app/applications/", s: "/app/saved/", d: "/app/deleted/", e: "/app/settings/" };
const SWITCH = "onward.keys";
let before = "";
let last = /** @type {Element | null} */ (null);

/** All things that J and K go through: cards, rows, and what is due. */
const things = () => [...document.querySelectorAll("[data-application], [data-due]")].filter((each) => each.getClientRects().length);
const current = () => document.querySelector("[data-current]") ?? document.activeElement?.closest("[data-application], [data-due]") ?? null;

/** @param {Element | undefined} thing */
function go(thing) {
  if (!thing) return;
  document.querySelectorAll("[data-current]").forEach((each) => each.removeAttribute("data-current"));
  thing.setAttribute("data-current", "");
  const place = /** @type {HTMLElement | null} */ (thing.querySelector("a.title") ?? thing.querySelector("a, button"));
  place?.focus({ preventScroll: true });
  thing.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (document.getElementById("sheet")?.matches("[data-open]")) document.dispatchEvent(new CustomEvent("onward:peek", { detail: place }));
}

/** Go to the next thing of this column or list, or to the one before. @param {number} by */
function step(by) {
  const here = current();
  const column = here?.closest(".column");
  const all = column ? [...column.querySelectorAll("[data-application]")] : things();
  go(here ? all[all.indexOf(here) + by] : all[by > 0 ? 0 : all.length - 1]);
}

/** Go to the column beside, at the same height. @param {number} by */
function across(by) {
  const columns = [...document.querySelectorAll(".column")].filter((each) => each.querySelector("[data-application]")?.getClientRects().length);
  const here = current();
  const at = columns.indexOf(/** @type {Element} */ (here?.closest(".column")));
  const next = columns[at + by] ?? columns[0];
  const place = here ? [...(here.parentElement?.children ?? [])].indexOf(here) : 0;
  const cards = [...(next?.querySelectorAll("[data-application]") ?? [])];
  go(cards[Math.min(place, cards.length - 1)]);
}

/** Choose a thing, or with shift all up to it. @param {boolean} range */
function choose(range) {
  const here = current();
  const box = /** @type {HTMLInputElement | null} */ (here?.querySelector("input.pick") ?? null);
  if (!here || !box) return;
  const all = things();
  if (range && last) {
    const [from, to] = [all.indexOf(last), all.indexOf(here)].sort((a, b) => a - b);
    for (const each of all.slice(from, to + 1)) {
      const one = /** @type {HTMLInputElement | null} */ (each.querySelector("input.pick"));
      if (one) one.checked = true;
    }
  } else box.checked = !box.checked;
  last = here;
  document.dispatchEvent(new CustomEvent("onward:chosen"));
}

/** @param {string} selector */
const press = (selector) => /** @type {HTMLElement | null} */ ((current() ?? document).querySelector(selector))?.click();

/** Open a menu of those that are chosen; where none are, the current thing is. @param {string} id of what opens it */
function forChosen(id) {
  if (!document.querySelector("input.pick[name=pk]:checked")) choose(false);
  const summary = document.getElementById(id);
  if (!summary?.getClientRects().length) return;
  summary.click();
  summary.parentElement?.querySelector("input")?.focus();
}

/** @type {Record<string, (event: KeyboardEvent) => void>} */
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  h: () => across(-1),
  l: () => across(1),
  x: (event) => choose(event.shiftKey),
  n: () => location.assign("/app/applications/new/"),
  v: () => /** @type {HTMLElement | null} */ (document.querySelector(".switch a:not([aria-current])"))?.click(),
  f: () => document.getElementById("filter")?.click(),
  m: () => {
    const menu = /** @type {HTMLElement | null} */ ((current() ?? document.getElementById("main"))?.querySelector("[data-move]"));
    menu?.click();
    if (menu?.matches("summary")) /** @type {HTMLElement | null} */ (menu.parentElement?.querySelector("button"))?.focus();
  },
  t: () => forChosen("many-tag"),
  ".": () => {
    const fact = document.querySelector("article[data-application] .facts .told summary");
    if (!(fact instanceof HTMLElement) || document.getElementById("many")) return forChosen("many-next-menu");
    fact.click();
    /** @type {HTMLElement | null | undefined} */ (fact.parentElement?.querySelector("[name=value]"))?.focus();
  },
  e: () => {
    const here = current()?.getAttribute("data-application") ?? document.querySelector("article[data-application]")?.getAttribute("data-application");
    if (here) location.assign(`/app/applications/${here}/edit/`);
  },
  d: () => press("[value=done]"),
  s: () => press("[data-later] > summary"),
  z: () => /** @type {HTMLElement | null} */ ([...document.querySelectorAll("[data-undo]")].at(-1))?.click(),
  "/": () => document.getElementById("q")?.focus(),
  "?": () => /** @type {HTMLDialogElement | null} */ (document.getElementById("help"))?.showModal(),
  " ": () => {
    const link = current()?.querySelector("a[data-sheet]");
    if (link) document.dispatchEvent(new CustomEvent("onward:peek", { detail: link }));
  },
};

document.addEventListener("keydown", (event) => {
  const at = /** @type {Element} */ (event.target);
  const open = document.querySelector("dialog[open]");
  const menu = at.closest("details.menu[open] .sheet, .floats, details.menu[open]");
  if (menu && /^[1-9]$/.test(event.key) && !at.matches("input, select, textarea")) {
    event.preventDefault();
    /** @type {HTMLElement | undefined} */ (menu.querySelectorAll("button:not([hidden])")[Number(event.key) - 1])?.click();
    return;
  }
  if (localStorage.getItem(SWITCH) === "off" || open || event.ctrlKey || event.metaKey || event.altKey) return;
  if (at.matches("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
  if (event.key === " " && at.matches("button, summary, input")) return;
  if (before === "g") {
    before = "";
    const address = GO[/** @type {keyof typeof GO} */ (event.key)];
    if (address) location.assign(address);
    return;
  }
  if (event.key === "g") {
    before = "g";
    setTimeout(() => { before = ""; }, 1500);
    return;
  }
  const act = KEYS[event.key === "X" ? "x" : event.key];
  if (!act) return;
  event.preventDefault();
  act(event);
});

/** Say how many are chosen. */
function tell() {
  const chosen = document.querySelectorAll("input.pick[name=pk]:checked").length;
  const words = document.getElementById("chosen-count");
  if (words) words.textContent = (words.dataset.said ?? "").replace("{count}", String(chosen));
}
document.addEventListener("onward:chosen", tell);
document.addEventListener("change", (event) => {
  if (/** @type {Element} */ (event.target).matches("input.pick")) tell();
});
// What was chosen has been done.
document.addEventListener("htmx:after:swap", (event) => {
  if (/** @type {any} */ (event).detail?.ctx?.sourceElement?.id === "many") {
    for (const each of document.querySelectorAll("input.pick:checked")) /** @type {any} */ (each).checked = false;
    for (const menu of document.querySelectorAll("#many details[open]")) menu.removeAttribute("open");
    /** @type {HTMLFormElement | null} */ (document.getElementById("many"))?.reset();
  }
  tell();
});
const keysOn = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-keys]"));
if (keysOn) keysOn.checked = localStorage.getItem(SWITCH) !== "off";
keysOn?.addEventListener("change", () => localStorage.setItem(SWITCH, keysOn.checked ? "on" : "off"));
document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-help]")) /** @type {HTMLDialogElement | null} */ (document.getElementById("help"))?.showModal();
  if (target.closest("[data-close]")) target.closest("dialog")?.close();
});

let typing = 0;
document.addEventListener("input", (event) => {
  const search = /** @type {Element} */ (event.target).closest("[data-search]");
  if (!(search instanceof HTMLFormElement)) return;
  clearTimeout(typing);
  typing = setTimeout(async () => {
    const query = new URLSearchParams(/** @type {any} */ (new FormData(search)));
    for (const [name, value] of [...query]) if (!value) query.delete(name);
    const address = `${search.getAttribute("action")}?${query}`;
    if (document.documentElement.dataset.beneath) document.documentElement.dataset.beneath = address;
    else history.replaceState(null, "", address);
    await htmx.ajax("GET", address, { source: "#main", target: "#main", select: "#main", selectOOB: null, swap: "outerMorph" });
  }, 150);
});
