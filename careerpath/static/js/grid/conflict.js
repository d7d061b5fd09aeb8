/** Two people wrote the same row: both versions side by side, and the clerk chooses. Nothing typed is lost. */

import { word } from "../words.js";

/**
 * @param {import("./model.js").Sheet} sheet
 * @param {import("./model.js").Row} row
 * @param {{current: {version: number, values: Record<string, string>, by?: string, at?: string}}} data
 * @param {(mine: boolean) => void} chosen
 * @returns {boolean} false when both say the same, so that there is nothing to choose
 */
export function showConflict(sheet, row, data, chosen) {
  const { current } = data;
  const theirs = Object.fromEntries(Object.entries(current.values ?? {}).map(([field, value]) => [field, value ?? ""]));
  row.conflict = { ...current, values: theirs };
  const differs = (cell) => cell && cell.field in theirs && cell.value !== String(theirs[cell.field]);
  const differing = row.cells.filter(differs);
  if (!differing.some((cell) => cell.changed)) return false;

  const tr = document.createElement("tr");
  tr.className = "grid-conflict";
  const td = tr.insertCell();
  td.colSpan = row.tr.cells.length;
  const box = element("div", "conflict");
  box.setAttribute("role", "alert");
  const title = word("grid", "conflict_title", { by: current.by ?? "—", at: current.at ?? "—" });
  box.append(element("strong", "", `${row.who} · ${title}`));
  box.append(versions(sheet, differing, theirs));
  const buttons = element("div", "buttons");
  buttons.append(button(word("grid", "keep_mine"), "btn btn-primary btn-sm", () => close(true)));
  buttons.append(button(word("grid", "keep_theirs"), "btn btn-outline-primary btn-sm", () => close(false)));
  box.append(buttons);
  td.append(box);
  row.tr.after(tr);
  row.conflictRow?.remove();
  row.conflictRow = tr;

  function close(mine) {
    const focus = tr.contains(document.activeElement);
    tr.remove();
    row.conflictRow = null;
    chosen(mine);
    if (focus) differing[0].input.focus();
  }
  return true;
}

function versions(sheet, cells, theirs) {
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const key of ["column", "mine", "theirs"]) {
    const th = element("th", "", word("grid", key));
    th.scope = "col";
    head.append(th);
  }
  const body = table.createTBody();
  for (const cell of cells) {
    const line = body.insertRow();
    const th = element("th", "", sheet.titles[cell.column]);
    th.scope = "row";
    line.append(th);
    line.insertCell().textContent = cell.shownText || word("grid", "empty");
    const other = String(theirs[cell.field]);
    const shown = cell.choice ? (cell.optionFor(other)?.text ?? other) : other;
    line.insertCell().textContent = shown || word("grid", "empty");
  }
  return table;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

function button(text, className, act) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}
