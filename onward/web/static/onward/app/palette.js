// The palette: Ctrl-K finds applications, companies, people, pages and actions.

const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("palette"));
const field = /** @type {HTMLInputElement | null} */ (dialog?.querySelector("input") ?? null);
const list = dialog?.querySelector("[role=listbox]") ?? null;
let asked = 0;
let pause = 0;

const options = () => [...(list?.querySelectorAll("[role=option]") ?? [])];

/** @param {number} at */
function choose(at) {
  const all = options();
  all.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
  field?.setAttribute("aria-activedescendant", all[at]?.id ?? "");
  all[at]?.scrollIntoView({ block: "nearest" });
}
const chosen = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

async function find() {
  const mine = ++asked;
  const answer = await fetch(`/app/palette/?q=${encodeURIComponent(field?.value ?? "")}`);
  if (mine !== asked || !answer.ok || !list) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  list.replaceChildren(...[...page.body.children].map((each) => document.importNode(each, true)));
  choose(0);
}

function open() {
  if (!dialog || !field || dialog.open) return;
  field.value = "";
  dialog.showModal();
  find();
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    event.preventDefault();
    open();
  }
});
document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-palette]")) {
    event.preventDefault();
    open();
  }
  if (target === dialog) dialog?.close();
});
field?.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(find, 60);
});
field?.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) {
    event.preventDefault();
    const count = options().length;
    choose((chosen() + by + count) % count);
  }
  if (event.key === "Enter") {
    event.preventDefault();
    /** @type {HTMLElement | undefined} */ (options()[chosen()])?.click();
  }
});
