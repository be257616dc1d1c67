// What every page has: menus that close, toasts with their undo, and parts that are fetched again when they change.

/* global htmx */

const LIVE = "/app/live";
const SOON = 120;
const LONGEST_WAIT = 30_000;
const TOAST = 10_000;

// What a reader has opened stays open when the page is fetched again, and what a field said when they did is sent with what
// they write: who changed it meanwhile is told to them then.
htmx.registerExtension("onward", {
  htmx_before_morph_attr: (/** @type {Element} */ element, /** @type {{attrName: string}} */ change) =>
    !(change.attrName === "open" && element.matches("details, dialog")) &&
    !(change.attrName === "value" && element.matches("details[open] input[name=was]")),
});

// One menu at a time; a click elsewhere or Escape closes it.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute("open");
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    event.stopImmediatePropagation();
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  }
});
// Whatever was chosen in a menu or written in a place, it is done.
document.addEventListener("submit", (event) => {
  /** @type {Element} */ (event.target).closest("details.menu, details.told")?.removeAttribute("open");
});

const toasts = document.getElementById("toasts");

/** Let a toast go after a while, unless somebody is at it. @param {Element} toast */
function expire(toast) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) expire(toast);
    else toast.remove();
  }, TOAST);
}

/** Say something in the corner, and aloud. @param {string} words @param {string} kind */
function say(words, kind = "info") {
  const toast = document.createElement("div");
  toast.className = `toast ${kind}`;
  toast.append(Object.assign(document.createElement("p"), { textContent: words }));
  document.getElementById("toasts")?.append(toast);
  expire(toast);
}
document.addEventListener("onward:say", (event) => {
  const { words, kind } = /** @type {CustomEvent} */ (event).detail;
  say(words, kind);
});
toasts?.querySelectorAll(".toast").forEach(expire);
document.addEventListener("htmx:after:swap", () => {
  document.querySelectorAll("#toasts .toast:not([data-seen])").forEach((toast) => {
    toast.setAttribute("data-seen", "");
    expire(toast);
  });
});

/** Return the address of the page: beneath an open sheet, which has an address of its own. */
const beneath = () => document.documentElement.dataset.beneath ?? location.pathname + location.search;
// What is done on the page leads back to it, and not to the sheet beside it.
document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  if (!ctx.sourceElement?.closest("#sheet")) ctx.request.headers["HX-Current-URL"] = location.origin + beneath();
});

const SOON_SEEN = 300;
const SOON_SAID = 5000;
let asked = 0;

/** Show a line while something that was asked for is on its way, and say so where it takes long. @param {Promise<unknown>} answer */
async function watch(answer) {
  const seen = setTimeout(() => document.documentElement.setAttribute("data-waiting", ""), SOON_SEEN);
  const said = setTimeout(() => say(document.body.dataset.slow ?? ""), SOON_SAID);
  asked += 1;
  try {
    await answer;
  } catch {
    // Whoever asked says what went wrong.
  }
  asked -= 1;
  clearTimeout(seen);
  clearTimeout(said);
  if (!asked) document.documentElement.removeAttribute("data-waiting");
}
document.addEventListener("onward:asked", (event) => watch(/** @type {CustomEvent} */ (event).detail));

let waiting = 0;
let isFetched = false;
/** @type {Map<unknown, () => void>} */
const underWay = new Map();
document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  // Nobody has asked for what a page fetches by itself.
  if (!isFetched && !underWay.has(ctx)) watch(new Promise((done) => underWay.set(ctx, () => done(undefined))));
});
document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  underWay.get(ctx)?.();
  underWay.delete(ctx);
});

/** Fetch what the page shows again, and change only what is different. */
async function refresh() {
  clearTimeout(waiting);
  // A card in somebody's hand, or a page that is not looked at, can wait.
  if (document.hidden || document.querySelector(".sortable-drag, .moving")) {
    waiting = setTimeout(refresh, 500);
    return;
  }
  const main = document.getElementById("main");
  if (!main || main.hasAttribute("data-still")) return;
  document.dispatchEvent(new CustomEvent("onward:refresh"));
  const part = { source: main, target: main, select: "#main", selectOOB: null, swap: "outerMorph" };
  isFetched = true;
  try {
    await htmx.ajax("GET", beneath(), { ...part, headers: { "X-Live": "1" } });
  } finally {
    isFetched = false;
  }
}
// A card was taken into somebody's hand while the page was on its way: it is fetched again when they have let go. So is what
// asks them something.
document.addEventListener("htmx:before:swap", (event) => {
  const isSent = /** @type {CustomEvent} */ (event).detail.ctx?.sourceElement?.closest?.("form");
  if (!isFetched || isSent || !document.querySelector(".sortable-drag, #main[data-still]")) return;
  event.preventDefault();
  document.dispatchEvent(new CustomEvent("onward:changed"));
});
document.addEventListener("onward:changed", () => {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, SOON);
});

let seen = 0;
let pause = 1000;

/** Listen for what changes; come back after a while when the line is cut, and ask for what was missed. */
function listen() {
  const line = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${LIVE}`);
  line.addEventListener("message", (event) => {
    const said = JSON.parse(event.data);
    if (said.type === "open") {
      pause = 1000;
      if (seen) line.send(JSON.stringify({ type: "catch_up", since: seen }));
      // What a page waits for may have happened before anybody listened.
      else if (document.querySelector("[data-live]")) document.dispatchEvent(new CustomEvent("onward:changed"));
    }
    seen = Math.max(seen, said.seq ?? 0);
    document.documentElement.dataset.live = "on";
    if (said.type === "changed" || said.type === "resync") {
      document.dispatchEvent(new CustomEvent("onward:changed", { detail: said.what ?? [] }));
    }
  });
  line.addEventListener("close", (event) => {
    delete document.documentElement.dataset.live;
    // Signed out: whatever is done next leads to where one signs in.
    if (event.code === 4401) return;
    setTimeout(listen, pause);
    pause = Math.min(pause * 2, LONGEST_WAIT);
  });
}
listen();

// Signed out meanwhile: what was typed stays, and is sent again after signing in beside it.
let isOut = false;
document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  if (!new URL(ctx.response.raw.url).pathname.startsWith("/app/sign-in/")) return;
  event.preventDefault();
  isOut = true;
  /** @type {HTMLDialogElement | null} */ (document.getElementById("signed-out"))?.showModal();
});
document.addEventListener("visibilitychange", async () => {
  if (document.hidden || !isOut) return;
  isOut = false;
  await refresh();
  /** @type {HTMLDialogElement | null} */ (document.getElementById("signed-out"))?.close();
});

document.addEventListener("htmx:error", () => say(document.body.dataset.unreached ?? "", "error"));
