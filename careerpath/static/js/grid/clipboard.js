/** Copy and paste of blocks: by position from the active cell, or by head and name when both are there. */

import { word } from "../words.js";
import { plainTitle } from "./model.js";
import { parseTsv, writeTsv } from "./tsv.js";

/**
 * What a paste would do, before it does it.
 * @typedef {{entries: {cell: import("./model.js").Cell, text: string}[], skipped: number, messages: string[],
 *   says: string, rows: number}} Plan
 */

/**
 * @param {import("./model.js").Sheet} sheet
 * @param {string} text
 * @param {{row: number, column: number}} from
 * @param {import("./model.js").Cell[][]|null} [target] the chosen block, which one value fills wholly
 * @returns {Plan|null} null when there is nothing
 */
export function planPaste(sheet, text, from, target = null) {
  const block = parseTsv(text);
  if (!block.length) return null;
  return planByTitle(sheet, block) ?? planByPosition(sheet, block, from, target);
}

function planByPosition(sheet, block, from, target) {
  const entries = [];
  let skipped = 0;
  if (target && block.length === 1 && block[0].length === 1) {
    for (const cell of target.flat()) if (cell) entries.push({ cell, text: block[0][0] });
  } else {
    block.forEach((line, down) => line.forEach((value, right) => {
      const cell = sheet.at(from.row + down, from.column + right);
      if (cell) entries.push({ cell, text: value });
      else if (value !== "") skipped += 1;
    }));
  }
  const columns = Math.max(...block.map((line) => line.length));
  const says = word("grid", "by_position", { rows: block.length, columns });
  return { entries, skipped, messages: [], rows: block.length, says };
}

/* The first line holds titles of our columns and a column that says who: each value then finds its own cell. */
function planByTitle(sheet, block) {
  const ours = new Map(sheet.titles.map((title, column) => [plainTitle(title), column]));
  const titles = block[0].map(plainTitle);
  const keys = {
    number: titles.indexOf(plainTitle(word("grid", "number_title"))),
    who: titles.indexOf(plainTitle(word("grid", "name_title"))),
  };
  const columns = titles.map((title) => ours.get(title));
  if ((keys.number < 0 && keys.who < 0) || columns.every((column) => column === undefined)) return null;
  const entries = [];
  const messages = [];
  let skipped = 0;
  let rows = 0;
  block.slice(1).forEach((line, place) => {
    const found = findRow(sheet, line[keys.number]?.trim() ?? "", line[keys.who]?.trim() ?? "");
    if (found.problem) messages.push(word("grid", found.problem, { row: place + 2, who: found.who }));
    if (!found.row) return;
    rows += 1;
    line.forEach((value, at) => {
      if (columns[at] === undefined) return;
      const cell = found.row.cells[columns[at]];
      if (cell) entries.push({ cell, text: value });
      else if (value !== "") skipped += 1;
    });
  });
  const named = titles.filter((title, at) => columns[at] !== undefined).join("、");
  const key = word("grid", keys.number >= 0 ? "number_title" : "name_title");
  return { entries, skipped, messages, rows, says: word("grid", "by_title", { columns: named, key, rows }) };
}

function findRow(sheet, number, who) {
  if (!number && !who) return { row: null };
  const plain = (name) => name.replace(/\s/g, "");
  const found = sheet.rows.filter((row) => (number ? row.number === number : plain(row.who) === plain(who)));
  if (found.length === 1) return { row: found[0] };
  return { row: null, problem: found.length ? "ambiguous" : "not_found", who: who || number };
}

/**
 * Put a plan into the cells.
 * @param {Plan} plan
 * @returns {{changes: {cell: any, before: string, after: string}[], cells: Set<any>}}
 */
export function applyPlan(plan) {
  const changes = [];
  const cells = new Set();
  for (const { cell, text } of plan.entries) {
    const before = cell.value;
    cells.add(cell);
    if (!cell.put(text)) {
      cell.refusedText = word("grid", "no_choice", { text, choices: cell.choiceWords });
      continue;
    }
    cell.refusedText = null;
    changes.push({ cell, before, after: cell.value });
  }
  return { changes, cells };
}

/**
 * @param {import("./selection.js").Selection} selection
 * @param {{paste(plan: Plan): void, clear(): void, say(text: string): void}} acts
 */
export function listenToClipboard(selection, acts) {
  const here = (event) => selection.active && selection.mode === "move"
    && (event.target === document.body || selection.sheet.form.contains(event.target));

  function copy(event) {
    if (!here(event)) return false;
    const rows = selection.block().map((line) => line.map((cell) => cell?.shownText ?? ""));
    event.clipboardData.setData("text/plain", writeTsv(rows));
    event.preventDefault();
    return true;
  }

  document.addEventListener("copy", copy);
  document.addEventListener("cut", (event) => { if (copy(event)) acts.clear(); });
  document.addEventListener("paste", (event) => {
    if (!selection.active || !selection.sheet.form.contains(event.target)) return;
    const text = event.clipboardData.getData("text/plain");
    const block = /\t/.test(text) || (/\n/.test(text.trimEnd()) && selection.active.input.tagName !== "TEXTAREA");
    // Inside a text being edited a plain piece of text is pasted as the browser does it.
    if (selection.mode !== "move" && !block) return;
    event.preventDefault();
    const { top, left } = selection.bounds;
    const target = selection.isBlock ? selection.block() : null;
    const plan = planPaste(selection.sheet, text, { row: top, column: left }, target);
    if (plan) acts.paste(plan);
    else acts.say(word("grid", "nothing_to_paste"));
  });
}
