// The board: a card that is dragged onto a column is moved. Its menu does the same without this file.

/* global htmx */

const PENDING = "onward.pending";
const form = () => /** @type {HTMLFormElement | null} */ (document.getElementById("moving"));

/** Say something in the corner, and aloud. @param {string} words @param {string} kind */
function say(words, kind) {
  document.dispatchEvent(new CustomEvent("onward:say", { detail: { words, kind } }));
}

/** Send a card to a column, the way its menu does, and show what the page is then. @param {string} number @param {string} to */
async function send(number, to) {
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form() ?? undefined)));
  body.set("to", to);
  const answer = await fetch(`/app/applications/${number}/move/`, {
    method: "POST", body, headers: { "HX-Request": "true", "HX-Current-URL": location.href },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
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
begin();
document.addEventListener("htmx:after:swap", begin);

document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-fold]");
  if (button) fold(button.getAttribute("aria-expanded") !== "true");
});
document.addEventListener("onward:move", (event) => {
  const { number, to } = /** @type {CustomEvent} */ (event).detail;
  move(number, to);
});
