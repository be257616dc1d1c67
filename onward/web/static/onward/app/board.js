// The board: a card that is dragged onto a column is moved. Its menu does the same without this file.

/* global htmx */

const PENDING = "onward.pending";
// As many cards a column has at first.
const FEW = 30;
const form = () => /** @type {HTMLFormElement | null} */ (document.getElementById("moving"));

// The board's address: also while one of its applications lies beside it, at its own.
const sheet = () => document.getElementById("sheet");
const here = () => sheet()?.dataset.home ?? location.pathname + location.search;

/** Say something in the corner, and aloud. @param {string} words @param {string} kind */
function say(words, kind) {
  document.dispatchEvent(new CustomEvent("onward:say", { detail: { words, kind } }));
}

/** Send a card to a column, and show what the page is then. @param {string} number @param {string} to */
async function send(number, to) {
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form() ?? undefined)));
  body.set("to", to);
  body.set("next", here());
  const answer = await fetch(`/app/applications/${number}/move/`, {
    method: "POST", body, headers: { "HX-Request": "true", "HX-Current-URL": location.href },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // The next card may be in somebody's hand already.
  while (document.querySelector(".sortable-drag")) await new Promise(requestAnimationFrame);
  for (const id of ["main", "toasts"]) {
    const fresh = page.getElementById(id);
    if (fresh) await htmx.swap({ target: `#${id}`, text: fresh.outerHTML, swap: "outerMorph" });
  }
}

/** What could not be sent yet: the columns of cards by their numbers. */
const waiting = () => JSON.parse(sessionStorage.getItem(PENDING) ?? "{}");

/** @param {Record<string, string>} moves */
function keep(moves) {
  if (Object.keys(moves).length) sessionStorage.setItem(PENDING, JSON.stringify(moves));
  else sessionStorage.removeItem(PENDING);
}

/** Move a card; without a connection it stays where it was put, marked, and goes when there is one. @param {string} number @param {string} to */
async function move(number, to) {
  try {
    await send(number, to);
  } catch (problem) {
    if (problem instanceof TypeError || !navigator.onLine) {
      keep({ ...waiting(), [number]: to });
      document.getElementById(`application-${number}`)?.classList.add("unsent");
      say("There is no connection. The move is kept, and sent when there is one.", "warning");
      return;
    }
    say("That was not accepted. The card is back where it was.", "error");
    document.dispatchEvent(new CustomEvent("onward:changed"));
  }
}

async function resend() {
  const moves = waiting();
  keep({});
  for (const [number, to] of Object.entries(moves)) await move(number, to);
}
addEventListener("online", resend);
addEventListener("beforeunload", (event) => {
  if (Object.keys(waiting()).length) event.preventDefault();
});
if (Object.keys(waiting()).length && navigator.onLine) resend();

/** Put a card where it belongs before the server has answered. @param {string} number @param {string} to */
function place(number, to) {
  const card = document.getElementById(`application-${number}`);
  const from = card?.closest(".cards");
  const list = document.querySelector(`[data-drop="${to}"]`) ?? document.getElementById("cards-ended");
  if (!card || !from || !list || from === list) return;
  list.prepend(card);
  count(from, -1);
  count(list, 1);
}

/** Count again what stands in a column. @param {Element} list @param {number} by */
function count(list, by) {
  const number = list.closest(".column")?.querySelector(".count");
  if (number) number.textContent = String(Number(number.textContent) + by);
}

/** Open or fold the column of what has ended. @param {boolean} open */
function fold(open) {
  const column = document.getElementById("column-ended");
  if (!column) return;
  document.documentElement.toggleAttribute("data-ended", open);
  column.querySelector("[data-fold]")?.setAttribute("aria-expanded", String(open));
}

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Make the columns of the page take cards. */
function begin() {
  // A page of one column is read page by page.
  if (document.querySelectorAll(".column").length > 1) document.querySelectorAll("a[data-more]").forEach((link) => watch.observe(link));
  for (const list of document.querySelectorAll("[data-drop]")) {
    if (window.Sortable.get(list)) continue;
    window.Sortable.create(list, {
      group: "board",
      sort: false,
      animation: still.matches ? 0 : 120,
      // A browser's own dragging shows a ghost of its own and lets links be dragged.
      forceFallback: true,
      fallbackTolerance: 4,
      delay: 200,
      delayOnTouchOnly: true,
      ghostClass: "moving",
      filter: ".menu, .pick",
      preventOnFilter: false,
      onMove: (/** @type {{to: Element}} */ over) => {
        if (over.to.closest(".folds")) fold(true);
      },
      onAdd(/** @type {{item: HTMLElement, from: Element, to: HTMLElement}} */ drop) {
        count(drop.from, -1);
        count(drop.to, 1);
        move(/** @type {string} */ (drop.item.dataset.application), /** @type {string} */ (drop.to.dataset.drop));
      },
    });
  }
}
document.addEventListener("htmx:after:swap", () => begin());

let asking = "";
let beside = /** @type {Element | null} */ (null);

/** Put the menu beside the button that it belongs to, within the window. */
function put() {
  const menu = form();
  if (!menu?.matches(":popover-open") || !beside) return;
  const at = beside.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const under = at.bottom + 4 + height <= innerHeight;
  menu.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`;
  menu.style.top = `${under ? at.bottom + 4 : Math.max(8, at.top - 4 - height)}px`;
}

/** Open the menu of a card beside its button. @param {Element} button */
function ask(button) {
  const menu = form();
  const card = /** @type {HTMLElement | null} */ (button.closest("[data-application]"));
  if (!menu || !card) return;
  asking = card.dataset.application ?? "";
  for (const each of menu.querySelectorAll("button")) each.hidden = each.value === card.dataset.status;
  beside = button;
  menu.showPopover();
  put();
  /** @type {HTMLElement | null} */ (menu.querySelector("button:not([hidden])"))?.focus();
}
document.addEventListener("submit", (event) => {
  const to = /** @type {HTMLButtonElement | null} */ (/** @type {SubmitEvent} */ (event).submitter)?.value;
  if (event.target !== form() || !to) return;
  event.preventDefault();
  form()?.hidePopover();
  place(asking, to);
  move(asking, to);
});
addEventListener("scroll", put, { capture: true, passive: true });

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const button = target.closest("[data-fold]");
  if (button) fold(button.getAttribute("aria-expanded") !== "true");
  const menu = target.closest("a[data-move]");
  if (!menu || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(menu);
});
document.addEventListener("onward:move", (event) => {
  const { number, to } = /** @type {CustomEvent} */ (event).detail;
  place(number, to);
  move(number, to);
});

/** Fetch the next cards of a column, and keep in the address how many it shows. @param {HTMLAnchorElement} link */
async function more(link) {
  watch.unobserve(link);
  const column = link.closest(".column");
  const list = column?.querySelector(".cards");
  const answer = await fetch(link.href, { headers: { "X-Live": "1" } });
  if (!answer.ok || !list || !link.isConnected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const there = page.querySelector(`#${list.id}`);
  // One that somebody has moved meanwhile is here already.
  list.append(...[...(there?.children ?? [])].filter((card) => !document.getElementById(card.id)));
  const next = page.querySelector("[data-more]");
  if (next) link.replaceWith(next);
  else link.remove();
  const shown = [...document.querySelectorAll(".cards")].filter((each) => each.children.length > FEW);
  const [path, asked] = here().split("?");
  const query = new URLSearchParams(asked);
  if (shown.length) query.set("cards", shown.map((each) => `${each.id.slice("cards-".length)}.${each.children.length}`).join("-"));
  const beside = sheet();
  if (beside?.dataset.home) beside.dataset.home = `${path}?${query}`;
  else history.replaceState(history.state, "", `${path}?${query}`);
  begin();
}
const watch = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) more(/** @type {HTMLAnchorElement} */ (entry.target));
}, { rootMargin: "600px" });
begin();
