/** Where the clerk is: the active cell, the block chosen around it, and whether its text is being edited. */

export class Selection {
  /** @param {import("./model.js").Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    /** @type {import("./model.js").Cell|null} */
    this.active = null;
    this.anchor = null;
    this.corner = null;
    this.marked = [];
    /** "move": keys move between cells. "type": typing replaced the value. "edit": keys move within the text. */
    this.mode = "move";
    this.start = "";
  }

  /** A cell has received the focus. */
  enter(cell) {
    if (this.active === cell) return;
    this.active = cell;
    this.anchor = this.corner = { row: cell.row.index, column: cell.column };
    this.start = cell.value;
    this.setMode("move");
    this.paint();
    if (!cell.choice) cell.input.select();
  }

  leave() {
    if (this.active) this.active.input.classList.remove("is-editing");
    this.active = null;
    this.mode = "move";
  }

  setMode(mode) {
    this.mode = mode;
    this.active?.input.classList.toggle("is-editing", mode !== "move" && !this.active.choice);
  }

  /** Focus a cell and bring it into view. */
  go(cell) {
    if (!cell) return;
    cell.input.focus({ preventScroll: true });
    cell.input.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** The next cell that can be filled in, in a direction; the same one at the edge. */
  next(from, rows, columns) {
    let row = from.row;
    let column = from.column;
    for (;;) {
      row += rows;
      column += columns;
      if (row < 0 || column < 0 || row >= this.sheet.rows.length || column >= this.sheet.width) return null;
      const cell = this.sheet.at(row, column);
      if (cell) return cell;
    }
  }

  move(rows, columns) {
    if (!this.active) return;
    const here = { row: this.active.row.index, column: this.active.column };
    this.go(this.next(here, rows, columns) ?? this.active);
  }

  /** The cell after or before in reading order. */
  along(step) {
    let place = this.active.row.index * this.sheet.width + this.active.column;
    const end = this.sheet.rows.length * this.sheet.width;
    for (place += step; place >= 0 && place < end; place += step) {
      const cell = this.sheet.at(Math.floor(place / this.sheet.width), place % this.sheet.width);
      if (cell) return cell;
    }
    return null;
  }

  /** Widen or narrow the block; the active cell stays. */
  extend(rows, columns) {
    this.extendTo({
      row: Math.min(Math.max(this.corner.row + rows, 0), this.sheet.rows.length - 1),
      column: Math.min(Math.max(this.corner.column + columns, 0), this.sheet.width - 1),
    });
  }

  extendTo(corner) {
    this.corner = corner;
    this.paint();
    const cell = this.sheet.at(corner.row, corner.column) ?? this.active;
    cell?.td.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  selectAll() {
    this.anchor = { row: 0, column: 0 };
    this.corner = { row: this.sheet.rows.length - 1, column: this.sheet.width - 1 };
    this.paint();
  }

  /** Only the active cell again. */
  collapse() {
    if (!this.active) return;
    this.anchor = this.corner = { row: this.active.row.index, column: this.active.column };
    this.paint();
  }

  get bounds() {
    return {
      top: Math.min(this.anchor.row, this.corner.row), bottom: Math.max(this.anchor.row, this.corner.row),
      left: Math.min(this.anchor.column, this.corner.column), right: Math.max(this.anchor.column, this.corner.column),
    };
  }

  get isBlock() {
    return this.anchor && (this.anchor.row !== this.corner.row || this.anchor.column !== this.corner.column);
  }

  /** The block as rows of cells; null where there is nothing to fill in. */
  block() {
    const { top, bottom, left, right } = this.bounds;
    const rows = [];
    for (let row = top; row <= bottom; row += 1) {
      const line = [];
      for (let column = left; column <= right; column += 1) line.push(this.sheet.at(row, column));
      rows.push(line);
    }
    return rows;
  }

  paint() {
    for (const td of this.marked) td.classList.remove("is-chosen");
    this.marked = this.isBlock ? this.block().flat().filter(Boolean).map((cell) => cell.td) : [];
    for (const td of this.marked) td.classList.add("is-chosen");
  }
}
