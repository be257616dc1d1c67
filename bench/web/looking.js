// What is wrong with a page as it is shown: [what, where] of each. `least`: the pixels that a target must have at least.
({ least }) => {
  const wrong = [];
  const width = document.documentElement.clientWidth;
  const name = (element) => {
    const said = (element.getAttribute("aria-label") || element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""}.${[...element.classList].join(".")} “${said}”`;
  };
  const say = (what, element) => wrong.push(`${what}: ${name(element)}`);
  const open = [...document.querySelectorAll("dialog[open]")].at(-1);
  const root = open ?? document.body;
  const above = function* (element) {
    for (let each = element.parentElement; each; each = each.parentElement) yield each;
  };
  const unseen = (element) => element.closest(".unseen, .skip, [inert]") || [element, ...above(element)].some((each) => getComputedStyle(each).clipPath !== "none");
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) && !unseen(element);
  const scrolls = (element, axis) => ["auto", "scroll"].includes(getComputedStyle(element)[`overflow${axis}`]);
  // Fixed to the window, or within what is: in front of the page, and no part of its flow.
  const floats = (element) => {
    for (let each = element; each; each = each.parentElement) if (["fixed", "sticky"].includes(getComputedStyle(each).position) || each.matches(".menu > :not(summary), [popover]")) return each;
    return null;
  };

  if (document.documentElement.scrollWidth > innerWidth) wrong.push(`scrolls sideways: ${document.documentElement.scrollWidth} in ${innerWidth}`);

  // Text: within the window, not cut by what it stands in, not under other text.
  const texts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || !shown(element) || element.closest("option, select, svg, noscript, textarea")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) continue;
    const around = [...above(node)];
    const sideways = around.some((each) => scrolls(each, "X"));
    const ellipsis = around.find((each) => getComputedStyle(each).textOverflow === "ellipsis");
    if (!sideways && !ellipsis && (box.right > width + 1 || box.left < -1)) say("leaves the window", element);
    const cuts = ellipsis ? undefined : around.find((each) => {
      const style = getComputedStyle(each);
      const outer = each.getBoundingClientRect();
      const hides = (axis) => ["hidden", "clip"].includes(style[`overflow${axis}`]);
      return (hides("X") && (box.right > outer.right + 1 || box.left < outer.left - 1)) || (hides("Y") && (box.bottom > outer.bottom + 2 || box.top < outer.top - 2));
    });
    if (cuts) say("cut", element);
    const edge = ellipsis?.getBoundingClientRect();
    const within = (each) => edge ? { top: each.top, bottom: each.bottom, left: Math.max(each.left, edge.left), right: Math.min(each.right, edge.right) } : each;
    texts.push({ element, floats: floats(element), boxes: [...range.getClientRects()].map(within) });
  }
  const lines = texts.flatMap((text) => text.boxes.map((box) => ({ text, box }))).sort((one, other) => one.box.top - other.box.top);
  lines.forEach((one, at) => {
    for (let next = at + 1; next < lines.length && lines[next].box.top < one.box.bottom - 3; next += 1) {
      const other = lines[next];
      if (one.text.element === other.text.element || one.text.floats !== other.text.floats) continue;
      if (one.text.element.contains(other.text.element) || other.text.element.contains(one.text.element)) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (across > 2 && down > 4) say(`lies over ${name(other.text.element)}`, one.text.element);
    }
  });

  // Controls: large enough, and nothing in front of them.
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const mine = (hit, control) => hit && (control.contains(hit) || hit.contains(control) && hit.matches("label, a, button, summary") || [...(control.labels ?? [])].some((label) => label.contains(hit)));
  for (const control of root.querySelectorAll(CONTROLS)) {
    if (!shown(control) || control.disabled) continue;
    let box = control.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) continue;
    if (box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth) {
      control.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      box = control.getBoundingClientRect();
    }
    const middle = () => {
      const lying = [...control.getClientRects()][0];
      return [lying.left + lying.width / 2, lying.top + Math.min(lying.height, innerHeight) / 2];
    };
    let [x, y] = middle();
    let hit = document.elementFromPoint(x, y);
    if (!mine(hit, control)) {
      // Behind the bar, or beyond the edge of what scrolls.
      control.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      [x, y] = middle();
      hit = document.elementFromPoint(x, y);
    }
    if (!hit) { say("cannot be reached", control); continue; }
    // A menu, a toast or a sheet in front is what it is for.
    const front = floats(hit);
    if (!mine(hit, control) && !(front && !front.contains(control) && (front.matches(".menu > *, [popover]") || front.matches(".toasts, .many, .beside")))) {
      say(`covered by ${name(hit)}`, control);
      continue;
    }
    if (!mine(hit, control)) continue;
    const style = getComputedStyle(control);
    const inSentence = control.matches("a") && style.display === "inline";
    if (inSentence) continue;
    // A link that is text alone need not be as high as a fingertip.
    const isText = control.matches("a:not([class])") && !control.querySelector("svg") && style.backgroundColor === "rgba(0, 0, 0, 0)" && !control.closest(".switch, .palette, .rail");
    const enough = isText ? 24 : least;
    const reach = (across, down) => {
      const half = enough / 2 - 1;
      return mine(document.elementFromPoint(x - across * half, y - down * half), control) && mine(document.elementFromPoint(x + across * half, y + down * half), control);
    };
    // A label around a control is part of it.
    const whole = (control.closest("label") ?? control).getBoundingClientRect();
    const reached = () => (whole.width >= enough - 0.5 || reach(1, 0)) && (whole.height >= enough - 0.5 || reach(0, 1));
    if (reached()) continue;
    // Its middle may be seen, and the rest of it be behind the bar.
    control.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    [x, y] = middle();
    if (!reached()) say(`a target of ${Math.round(box.width)} × ${Math.round(box.height)}`, control);
  }
  // As somebody finds it: looking has scrolled.
  for (const each of [document.scrollingElement, ...root.querySelectorAll("*")]) if (each.scrollTop || each.scrollLeft) each.scrollTo({ top: 0, left: 0, behavior: "instant" });
  return [...new Set(wrong)];
}
