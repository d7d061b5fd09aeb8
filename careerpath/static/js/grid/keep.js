/** What is typed but not yet saved stays in this browser tab, and comes back after signing in again. */

export class Keeper {
  /** @param {string} actor whose typing it is: another person's sign-in must not see it */
  constructor(actor) {
    this.name = `careerpath:grid:${actor}:${location.pathname}${location.search}`;
  }

  /** @param {import("./model.js").Row[]} rows those with unsaved values */
  keep(rows) {
    const kept = {};
    for (const row of rows) kept[row.key] = { version: row.version, values: row.changes() };
    try {
      if (Object.keys(kept).length) sessionStorage.setItem(this.name, JSON.stringify(kept));
      else sessionStorage.removeItem(this.name);
    } catch {
      // A full or forbidden storage must not stop the work; the warning before leaving still stands.
    }
  }

  /**
   * Put kept values back. They go with the version they were typed on, so that a change made meanwhile is noticed.
   * @param {import("./model.js").Sheet} sheet
   * @returns {import("./model.js").Row[]} the rows that have unsaved values again
   */
  restore(sheet) {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(this.name) ?? "{}");
    } catch {
      return [];
    }
    const rows = [];
    for (const [key, { version, values }] of Object.entries(kept)) {
      const row = sheet.byKey.get(key);
      if (!row) continue;
      for (const [field, value] of Object.entries(values)) row.cellOf(field)?.put(value);
      if (!row.changed) continue;
      row.version = version;
      rows.push(row);
    }
    return rows;
  }
}
