// Dragging a card onto a column moves it. Without this file the card's menu does the same.

/** @typedef {{create: (list: Element, options: object) => object}} Sortable */

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("moving"));

/** Send a card to a column, the way its menu does. @param {HTMLElement} card @param {string} to */
async function move(card, to) {
  const body = new FormData(form);
  body.set("to", to);
  const address = `/app/applications/${card.dataset.application}/move/`;
  const answer = await fetch(address, { method: "POST", body, headers: { "HX-Request": "true" } });
  if (!answer.ok) throw new Error(String(answer.status));
}

/** Say something in the corner, and aloud. @param {string} words @param {string} kind */
function say(words, kind) {
  const toast = document.createElement("p");
  toast.className = `toast ${kind}`;
  toast.textContent = words;
  document.querySelector(".toasts")?.append(toast);
  setTimeout(() => toast.remove(), 10_000);
}

/** Count again what stands in a column. @param {Element} list @param {number} by */
function count(list, by) {
  const number = list.closest(".column")?.querySelector(".count");
  if (number) number.textContent = String(Number(number.textContent) + by);
}

if (form) {
  for (const list of document.querySelectorAll("[data-drop]")) {
    window.Sortable.create(list, {
      group: "board",
      sort: false,
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      // A browser's own dragging shows a ghost of its own and lets links be dragged.
      forceFallback: true,
      fallbackTolerance: 4,
      delay: 200,
      delayOnTouchOnly: true,
      ghostClass: "moving",
      filter: ".menu",
      preventOnFilter: false,
      async onAdd(/** @type {{item: HTMLElement, from: Element, to: HTMLElement, oldIndex: number}} */ drop) {
        count(drop.from, -1);
        count(drop.to, 1);
        try {
          await move(drop.item, drop.to.dataset.drop);
          location.reload();
        } catch {
          drop.from.insertBefore(drop.item, drop.from.children[drop.oldIndex] ?? null);
          count(drop.from, 1);
          count(drop.to, -1);
          say("That did not reach the server. The card is back where it was.", "error");
        }
      },
    });
  }
}

// One menu at a time; a click elsewhere or Escape closes it.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute("open");
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  }
});
