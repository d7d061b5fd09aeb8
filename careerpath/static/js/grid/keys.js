/** Keys and mouse, as hands know them from Excel. */

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const PAGE = 12;

/**
 * @param {import("./selection.js").Selection} selection
 * @param {{undo(): void, redo(): void, fillDown(): void, clear(): void,
 *   typed(cell: any): void, commit(cell: any): void, revert(cell: any): void}} acts
 */
export function listenToKeys(selection, acts) {
  const { form, rows } = selection.sheet;

  form.addEventListener("keydown", (event) => {
    const cell = selection.sheet.byInput.get(event.target);
    // While a Chinese input method composes, every key belongs to it.
    if (!cell || event.isComposing || event.keyCode === 229) return;
    const done = event.ctrlKey || event.metaKey ? withControl(event, cell) : plain(event, cell);
    if (done) event.preventDefault();
  });

  function withControl(event, cell) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const editing = selection.mode === "edit";
    if (key === "d") return acts.fillDown(), true;
    if (key === "z" && selection.mode === "move") return event.shiftKey ? acts.redo() : acts.undo(), true;
    if (key === "y" && selection.mode === "move") return acts.redo(), true;
    if (key === "a" && !editing) return selection.selectAll(), true;
    if (editing) return false;
    if (key === "Home") return selection.go(first()), true;
    if (key === "End") return selection.go(last()), true;
    if (key in ARROWS) return toEdge(cell, ...ARROWS[key], event.shiftKey), true;
    return false;
  }

  function plain(event, cell) {
    const { key, shiftKey } = event;
    if (key === "Tab") {
      const next = selection.along(shiftKey ? -1 : 1);
      // At either end the focus leaves the grid as on any page.
      return next ? (selection.go(next), true) : false;
    }
    if (key === "Enter") {
      if (event.altKey) return cell.input.tagName === "TEXTAREA" ? newLine(cell) : true;
      acts.commit(cell);
      const next = selection.next({ row: cell.row.index, column: cell.column }, shiftKey ? -1 : 1, 0);
      if (next) selection.go(next);
      else selection.setMode("move");
      return true;
    }
    if (key === "Escape") return escape(cell);
    if (key === "F2") return openCell(cell);
    if (selection.mode === "edit") return false;
    if (event.altKey && key === "ArrowDown" && cell.choice) return openCell(cell);
    if (key in ARROWS) {
      if (shiftKey) selection.extend(...ARROWS[key]);
      else selection.move(...ARROWS[key]);
      return true;
    }
    if (key === "PageUp" || key === "PageDown") return page(cell, key === "PageDown" ? PAGE : -PAGE);
    if (key === "Home" || key === "End") return selection.go(inRow(cell.row, key === "End")), true;
    const emptying = key === "Delete" || (key === "Backspace" && (selection.isBlock || cell.choice));
    if (selection.mode === "move" && emptying) return acts.clear(), true;
    if (cell.choice) return chooseByKey(cell, key);
    if (key === "Backspace" && selection.mode === "move") cell.input.select();
    return false;
  }

  function escape(cell) {
    if (selection.mode !== "move") acts.revert(cell);
    else if (selection.isBlock) selection.collapse();
    else return false;
    return true;
  }

  function openCell(cell) {
    if (cell.choice) {
      // Refused by browsers without a user's gesture: the field then simply keeps the focus.
      try { cell.input.showPicker(); } catch { return true; }
      return true;
    }
    selection.setMode("edit");
    const end = cell.input.value.length;
    cell.input.setSelectionRange(end, end);
    return true;
  }

  function newLine(cell) {
    if (selection.mode === "move") openCell(cell);
    const { input } = cell;
    input.setRangeText("\n", input.selectionStart, input.selectionEnd, "end");
    input.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  /* A code (1) or the first character of a word (优) chooses; a space opens the list. */
  function chooseByKey(cell, key) {
    if (key === " ") return openCell(cell);
    if (key.length !== 1) return false;
    const options = [...cell.input.options].filter((option) => option.value !== "");
    const found = options.find((option) => option.value === key)
      ?? options.find((option) => option.text.replace(/^[^\p{L}\p{N}]+/u, "").startsWith(key))
      ?? options.find((option) => option.value.startsWith(key));
    if (found && cell.value !== found.value) {
      cell.put(found.value);
      acts.typed(cell);
      acts.commit(cell);
    }
    return true;
  }

  function page(cell, rowsDown) {
    const row = Math.min(Math.max(cell.row.index + rowsDown, 0), rows.length - 1);
    const found = selection.sheet.at(row, cell.column)
      ?? selection.next({ row, column: cell.column }, rowsDown > 0 ? -1 : 1, 0);
    selection.go(found ?? cell);
    return true;
  }

  function toEdge(cell, down, right, extend) {
    const corner = extend ? selection.corner : { row: cell.row.index, column: cell.column };
    const row = down ? (down > 0 ? rows.length - 1 : 0) : corner.row;
    const column = right ? (right > 0 ? selection.sheet.width - 1 : 0) : corner.column;
    if (extend) selection.extendTo({ row, column });
    else selection.go(selection.sheet.at(row, column) ?? selection.next({ row, column }, -down, -right) ?? cell);
  }

  const inRow = (row, end) => (end ? row.cells.findLast(Boolean) : row.cells.find(Boolean));
  const first = () => rows.find((row) => row.cells.some(Boolean))?.cells.find(Boolean);
  const last = () => rows.findLast((row) => row.cells.some(Boolean))?.cells.findLast(Boolean);

  listenToMouse(selection, openCell);
}

function listenToMouse(selection, openCell) {
  const { form, table } = selection.sheet;
  let dragging = false;

  table.addEventListener("mousedown", (event) => {
    if (event.button !== 0) return;
    const cell = selection.sheet.cellOf(event.target);
    if (!cell) return;
    if (event.shiftKey && selection.active) {
      event.preventDefault();
      selection.extendTo({ row: cell.row.index, column: cell.column });
      return;
    }
    if (cell.choice) return;
    if (cell !== selection.active) {
      // The browser would put a caret in; a first click only goes to the cell.
      event.preventDefault();
      selection.go(cell);
      dragging = true;
    } else if (selection.mode === "move") {
      event.preventDefault();
      if (selection.isBlock) selection.collapse();
      dragging = true;
    }
  });

  table.addEventListener("mouseover", (event) => {
    if (!dragging || !(event.buttons & 1)) return;
    const cell = selection.sheet.cellOf(event.target);
    if (cell && selection.active) selection.extendTo({ row: cell.row.index, column: cell.column });
  });

  form.ownerDocument.addEventListener("mouseup", () => { dragging = false; });

  table.addEventListener("dblclick", (event) => {
    const cell = selection.sheet.byInput.get(event.target);
    if (cell && !cell.choice && selection.mode === "move") openCell(cell);
  });
}
