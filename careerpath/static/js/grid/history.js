/** What can be taken back: one entry is one act of the clerk, however many cells it changed. */

const DEPTH = 200;

export class History {
  constructor() {
    this.past = [];
    this.future = [];
  }

  /** @param {{cell: import("./model.js").Cell, before: string, after: string}[]} changes */
  note(changes) {
    const real = changes.filter((change) => change.before !== change.after);
    if (!real.length) return;
    this.past.push(real);
    if (this.past.length > DEPTH) this.past.shift();
    this.future = [];
  }

  /** Take the last act back. @returns {import("./model.js").Cell[]} the cells that changed */
  undo() {
    const act = this.past.pop();
    if (!act) return [];
    this.future.push(act);
    return act.map(({ cell, before }) => (cell.put(before), cell));
  }

  redo() {
    const act = this.future.pop();
    if (!act) return [];
    this.past.push(act);
    return act.map(({ cell, after }) => (cell.put(after), cell));
  }
}
