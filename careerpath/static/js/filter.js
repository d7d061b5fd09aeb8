/** Lists: a choice filters at once, empty filters stay out of the address, ticked rows show what can be done. */

import { word } from "./words.js";

export function startLists() {
  for (const form of document.querySelectorAll("form.filters")) {
    if (form.method !== "get") continue;
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
      // Coming back with the browser's arrow finds the fields as they were.
      setTimeout(() => { for (const field of form.elements) field.disabled = false; }, 0);
    });
    form.addEventListener("change", (event) => {
      if ("submitOnChange" in event.target.dataset) form.requestSubmit();
    });
  }
  for (const bar of document.querySelectorAll("form[data-bulk]")) startBulk(bar);
}

function startBulk(bar) {
  const boxes = [...document.querySelectorAll(`input[type=checkbox][name=ids][form="${bar.id}"]`)];
  const words = bar.querySelector("[data-bulk-count]");
  const holder = document.querySelector(`[data-tick-all="${bar.id}"]`);
  const all = document.createElement("input");
  let last = null;

  if (holder && boxes.length) {
    all.type = "checkbox";
    all.setAttribute("aria-label", word("page", "tick_all"));
    holder.append(all);
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      show();
    });
  }
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      // With the shift key: everything between this box and the one before.
      if (event.shiftKey && last) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
      }
      last = box;
      show();
    });
  }
  window.addEventListener("pageshow", show);
  show();

  function show() {
    const ticked = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.closest("tr")?.classList.toggle("is-ticked", box.checked);
    all.checked = ticked === boxes.length && ticked > 0;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    // The bar keeps its place: a row must not move away under the mouse.
    bar.classList.toggle("is-idle", !ticked);
    for (const button of bar.querySelectorAll("button")) button.disabled = !ticked && !button.closest("[data-for-all]");
    if (words) words.textContent = ticked ? word("page", "ticked", { n: ticked }) : word("page", "tick_first");
  }
}
