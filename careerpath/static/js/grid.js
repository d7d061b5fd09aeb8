/**
 * A grid page: cells that move like a spreadsheet and save themselves.
 * Without this script the same table is one form with one button.
 */

import { applyPlan, listenToClipboard } from "./grid/clipboard.js";
import { showConflict } from "./grid/conflict.js";
import { History } from "./grid/history.js";
import { Keeper } from "./grid/keep.js";
import { listenToKeys } from "./grid/keys.js";
import { Sheet } from "./grid/model.js";
import { listenToPasteDialog } from "./grid/paste_dialog.js";
import { Saver } from "./grid/saving.js";
import { Selection } from "./grid/selection.js";
import { Status } from "./grid/status.js";
import { word } from "./words.js";

/** @param {HTMLFormElement} form */
function startGrid(form) {
  const sheet = new Sheet(form);
  const selection = new Selection(sheet);
  const history = new History();
  const status = new Status(form);
  const keeper = new Keeper(document.body.dataset.actor ?? "");
  const saver = new Saver(sheet, { answered, conflict, stateChanged, statusChanged });
  let keeping = 0;

  form.classList.add("grid-live");

  /* A cell's value has changed, whoever changed it. */
  function changed(cells, wait) {
    const rows = new Set();
    for (const cell of cells) {
      if (cell.choice) cell.input.dataset.value = cell.value;
      cell.showFault(cell.refusedText);
      rows.add(cell.row);
    }
    for (const row of rows) {
      row.markMissing();
      if (row.changed) saver.touch(row, wait);
      else stateChanged(row);
    }
    keepSoon();
  }

  const acts = {
    typed(cell) {
      cell.refusedText = null;
      if (selection.mode === "move" && !cell.choice) selection.setMode("type");
      changed([cell]);
    },
    commit(cell) {
      if (!cell.choice) cell.put(cell.value);
      history.note([{ cell, before: selection.start, after: cell.value }]);
      selection.start = cell.value;
      if (cell.changed) changed([cell]);
    },
    revert(cell) {
      cell.put(selection.start);
      selection.setMode("move");
      if (!cell.choice) cell.input.select();
      changed([cell]);
    },
    undo: () => walk(history.undo(), "undone"),
    redo: () => walk(history.redo(), "redone"),
    clear() {
      write(selection.block().flat().filter(Boolean).map((cell) => ({ cell, text: "" })));
    },
    fillDown() {
      if (!selection.active) return;
      if (selection.mode !== "move") acts.commit(selection.active);
      let block = selection.block();
      const { top, left, right } = selection.bounds;
      if (block.length === 1) {
        if (top === 0) return;
        const above = [];
        for (let column = left; column <= right; column += 1) above.push(sheet.at(top - 1, column));
        block = [above, ...block];
      }
      const [source, ...below] = block;
      const filled = (cell, at) => (cell && source[at] ? [{ cell, text: source[at].value }] : []);
      const entries = below.flatMap((line) => line.flatMap(filled));
      write(entries);
      status.showBanner("success", word("grid", "fill_done", { n: entries.length }));
    },
    paste(plan) {
      const count = write(plan.entries);
      const clipped = plan.skipped ? word("grid", "pasted_clipped", { n: plan.skipped }) : "";
      const done = word("grid", "pasted", { cells: count, rows: plan.rows });
      const text = [done, clipped, ...plan.messages].filter(Boolean).join(" ");
      status.showBanner(clipped || plan.messages.length ? "warning" : "success", text);
    },
    say: (text) => status.showBanner("warning", text),
  };

  /* Many cells at once, taken back as one act. @returns how many were given a value */
  function write(entries) {
    const { changes, cells } = applyPlan({ entries });
    history.note(changes);
    if (selection.active) {
      selection.setMode("move");
      selection.start = selection.active.value;
      if (!selection.active.choice) selection.active.input.select();
    }
    changed(cells, cells.size > 1 ? 0 : undefined);
    return changes.length;
  }

  function walk(cells, key) {
    if (!cells.length) return;
    for (const cell of cells) cell.refusedText = null;
    selection.go(cells[0]);
    selection.start = selection.active.value;
    if (!cells[0].choice) cells[0].input.select();
    changed(cells, 0);
    status.showBanner("success", word("grid", key, { n: cells.length }));
  }

  form.addEventListener("focusin", (event) => {
    const cell = sheet.byInput.get(event.target);
    if (cell) selection.enter(cell);
  });
  form.addEventListener("focusout", (event) => {
    const cell = sheet.byInput.get(event.target);
    if (!cell || cell !== selection.active) return;
    acts.commit(cell);
    selection.leave();
  });
  form.addEventListener("input", (event) => {
    const cell = sheet.byInput.get(event.target);
    if (cell) acts.typed(cell);
  });
  form.addEventListener("change", (event) => {
    const cell = sheet.byInput.get(event.target);
    if (cell?.choice) acts.commit(cell);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    saver.flush();
  });

  function answered(row, data) {
    const faults = data.faults ?? {};
    for (const cell of row.cells) if (cell) cell.showFault(faults[cell.field] ?? cell.refusedText);
    for (const [name, value] of Object.entries(data.shown ?? {})) showValue(row, name, value);
    status.showSums(data.summary, data.counted_at);
    if (data.saved_at) lastSaved = data.saved_at;
    row.warned = Boolean(Object.keys(faults).length);
    row.refused = Boolean(data.refused);
    row.wants = data.state ?? null;
    if (data.refused && data.message) {
      status.showBanner("danger", word("grid", "given_up", { why: `${row.who} ${data.message}` }));
    }
    row.markMissing();
    keepSoon();
  }

  let lastSaved = "";

  function showValue(row, name, value) {
    const cell = row.cellOf(name);
    if (cell) {
      // A value the server gave to a field of its own, such as a rounded score: never over something being typed.
      if (cell.changed || (selection.active === cell && selection.mode !== "move")) return;
      cell.put(value ?? "");
      cell.saved = cell.value;
      return;
    }
    const place = row.tr.querySelector(`[data-shown="${name}"]`);
    if (!place) return;
    if (value && typeof value === "object") {
      const mark = document.createElement("span");
      mark.className = `mark mark-${/^[1-4]$/.test(value.grade) ? value.grade : "special"}`;
      mark.textContent = value.text;
      place.replaceChildren(mark);
    } else place.textContent = value === null || value === "" ? "—" : value;
  }

  function conflict(row, data) {
    const asked = data.current && showConflict(sheet, row, data, (mine) => settleConflict(row, mine));
    if (!asked) return settleConflict(row, true);
    const { by, at } = data.current;
    const text = `${row.who} · ${word("grid", "conflict_title", { by: by ?? "—", at: at ?? "—" })}`;
    const look = () => {
      row.tr.scrollIntoView({ block: "center" });
      row.conflictRow?.querySelector("button").focus({ preventScroll: true });
      status.hideBanner();
    };
    status.showBanner("warning", text, [{ text: word("grid", "look"), act: look }]);
    return undefined;
  }

  function settleConflict(row, mine) {
    const current = row.conflict;
    row.conflict = null;
    if (!sheet.rows.some((other) => other.conflict)) status.hideBanner();
    if (!current) return;
    row.version = current.version;
    for (const [field, value] of Object.entries(current.values)) {
      const cell = row.cellOf(field);
      if (!cell) continue;
      const untouched = !cell.changed;
      const typed = cell.value;
      cell.put(String(value));
      cell.saved = cell.value;
      // Mine means what I typed; what I left alone follows the other version.
      if (mine && !untouched) cell.put(typed);
      if (cell.choice) cell.input.dataset.value = cell.value;
    }
    row.markMissing();
    if (row.changed) saver.touch(row, 0);
    else stateChanged(row);
    keepSoon();
    statusChanged();
  }

  function stateChanged(row) {
    const refusedCell = row.cells.some((cell) => cell?.refusedText);
    let state = "saved";
    if (row.conflict) state = "conflict";
    else if (saver.flying.has(row)) state = "saving";
    else if (row.refused && row.blocked) state = "refused";
    else if (row.waiting && row.changed) state = saver.status === "fine" ? "waiting" : "unsaved";
    else if (row.changed) state = "unsaved";
    else if (refusedCell) state = "refused";
    else if (row.wants) state = row.wants;
    else if (row.warned) state = "confirm";
    else if (row.incomplete) state = row.begun ? "incomplete" : "empty";
    row.showState(state, word("grid", state === "empty" ? "empty_row" : state));
  }

  let ticking = 0;

  function statusChanged() {
    const unsaved = saver.unsaved.length;
    status.showBatch(saver.batch);
    if (unsaved && !saver.flying.size) status.showSaved(` · ${word("grid", "unsaved_rows", { n: unsaved })}`);
    else if (lastSaved) status.showSaved(` · ${word("grid", "saved_at", { at: lastSaved })}`);
    clearTimeout(ticking);
    if (saver.status === "offline" || saver.status === "trouble") {
      const s = Math.max(0, Math.ceil((saver.resumesAt - Date.now()) / 1000));
      const retry = { text: word("grid", "retry"), act: () => saver.resume() };
      status.showBanner("danger", word("grid", saver.status, { n: unsaved, s }), [retry]);
      ticking = setTimeout(statusChanged, 1000);
      troubled = true;
    } else if (saver.status === "signed_out" || saver.status === "stale") {
      keeper.keep(sheet.changedRows);
      const again = { text: word("grid", "sign_in"), act: signIn };
      status.showBanner("danger", word("grid", "signed_out", { n: unsaved }), [again]);
    } else if (troubled && !unsaved) {
      troubled = false;
      status.hideBanner();
    }
  }

  let troubled = false;

  /* A cell that is being typed in stays so: the next letter goes behind the last one. */
  function beginAt(cell) {
    selection.enter(cell);
    if (cell.choice || !cell.changed) return;
    selection.start = cell.saved;
    selection.setMode("type");
    cell.input.setSelectionRange(cell.value.length, cell.value.length);
  }

  function signIn() {
    keeper.keep(sheet.changedRows);
    leaving = true;
    const url = new URL(form.dataset.signInUrl, location.href);
    url.searchParams.set("next", location.pathname + location.search);
    location.assign(url);
  }

  let leaving = false;

  function keepSoon() {
    clearTimeout(keeping);
    keeping = setTimeout(() => keeper.keep(sheet.changedRows), 300);
  }

  window.addEventListener("online", () => { if (saver.status === "offline") saver.resume(); });
  window.addEventListener("pagehide", () => keeper.keep(sheet.changedRows));
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (saver.unsaved.length || !saver.idle)) event.preventDefault();
  });

  // Another form of the page, such as the one that submits the year, waits until every row is saved.
  document.addEventListener("submit", (event) => {
    const other = event.target;
    if (other === form || other.method === "dialog" || !saver.unsaved.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    saver.flush().then((clean) => {
      if (clean) other.requestSubmit(submitter);
      else status.showBanner("danger", word("grid", "unsaved_rows", { n: saver.unsaved.length }));
    });
  }, true);

  listenToKeys(selection, acts);
  listenToClipboard(selection, acts);
  listenToPasteDialog(sheet, () => {
    const cell = selection.active ?? sheet.byInput.get(lastInput) ?? [...sheet.byInput.values()][0];
    return cell ? { row: cell.row.index, column: cell.column } : { row: 0, column: 0 };
  }, acts.paste);

  let lastInput = null;
  form.addEventListener("focusin", (event) => { lastInput = event.target; });

  for (const row of sheet.rows) row.markMissing();
  const restored = keeper.restore(sheet);
  if (restored.length) {
    for (const row of restored) {
      for (const cell of row.cells) if (cell?.choice) cell.input.dataset.value = cell.value;
      row.markMissing();
      saver.touch(row, 0);
    }
    status.showBanner("success", word("grid", "restored", { n: restored.length }));
  }
  // Somebody may have begun to type before this script was here.
  const early = sheet.byInput.get(document.activeElement);
  if (early) beginAt(early);
  for (const row of sheet.changedRows) if (!restored.includes(row)) saver.touch(row);
}

for (const form of document.querySelectorAll("form[data-grid]")) startGrid(form);
