/** Paste for those who do not know Ctrl+V: a box, what it would do, and a button. */

import { word } from "../words.js";
import { planPaste } from "./clipboard.js";

/**
 * @param {import("./model.js").Sheet} sheet
 * @param {() => {row: number, column: number}} from where pasting by position begins
 * @param {(plan: import("./clipboard.js").Plan) => void} paste
 */
export function listenToPasteDialog(sheet, from, paste) {
  const dialog = document.querySelector("[data-paste-dialog]");
  const open = document.querySelector("[data-paste-open]");
  if (!dialog || !open) return;
  const area = dialog.querySelector("[data-paste-text]");
  const report = dialog.querySelector("[data-paste-report]");
  const apply = dialog.querySelector("[data-paste-apply]");
  let start = null;
  let plan = null;

  open.hidden = false;
  open.addEventListener("click", () => {
    start = from();
    area.value = "";
    show();
    dialog.showModal();
    area.focus();
  });
  dialog.querySelector("[data-paste-close]").addEventListener("click", () => dialog.close());
  area.addEventListener("input", show);
  apply.addEventListener("click", () => {
    dialog.close();
    paste(plan);
  });

  function show() {
    plan = area.value.trim() ? planPaste(sheet, area.value, start) : null;
    apply.disabled = !plan?.entries.length;
    report.replaceChildren();
    if (!plan) return;
    const lines = [plan.says, word("grid", "will_change", { n: changing(plan) })];
    if (plan.skipped) lines.push(word("grid", "pasted_clipped", { n: plan.skipped }));
    report.append(made("p", `${lines.join("；")}。`));
    if (!plan.messages.length) return;
    const list = document.createElement("ul");
    list.append(...plan.messages.map((message) => made("li", message)));
    report.append(list);
  }
}

function changing(plan) {
  const meant = (cell, text) => (cell.choice ? cell.optionFor(text)?.value : text);
  return plan.entries.filter(({ cell, text }) => meant(cell, text) !== cell.value).length;
}

function made(name, text) {
  return Object.assign(document.createElement(name), { textContent: text });
}
