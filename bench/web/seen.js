async () => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
  let shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  const frame = () => new Promise(requestAnimationFrame);
  let longest = 0;
  let before = await frame();
  // Through all of it: further cards come as one gets there.
  const further = () => document.querySelector(".column:not(.folds) [data-more]");
  for (let at = 0, frames = 0; (at < document.documentElement.scrollHeight || further()) && frames < 5000; frames += 1) {
    at = Math.min(at + 120, document.documentElement.scrollHeight);
    scrollTo(0, at);
    const now = await frame();
    longest = Math.max(longest, now - before);
    before = now;
  }
  const cards = document.querySelectorAll("[data-application]").length;
  scrollTo(0, 0);
  const card = document.querySelector("#cards-applied [data-application]");
  const number = card.dataset.application;
  const began = performance.now();
  document.getElementById("cards-screening").prepend(card);
  await frame();
  const painted = performance.now() - began;
  document.dispatchEvent(new CustomEvent("onward:move", { detail: { number, to: "screening" } }));
  while (!document.querySelector("#toasts .toast")) await frame();
  return { cards, painted_ms: paint, layout_shift: shift, longest_frame_ms: longest, move_painted_ms: painted, move_settled_ms: performance.now() - began };
}
