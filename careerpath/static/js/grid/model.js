/** The grid as rows and cells, read once from the table; later only what changes is touched. */

const SHAPES = /^[●■▲◆\s]+/u;

/** Full-width digits and signs, thousands commas and spaces as people and Excel write them. */
export function plainNumber(text) {
  return text.normalize("NFKC").replace(/[,\s]/g, "").replace(/。/g, ".").replace(/%$/, "");
}

/** The text of a title without the points behind it: “任务完成 40” is “任务完成”. */
export function plainTitle(text) {
  return text.normalize("NFKC").replace(/[\s()（）]/g, "").replace(/[\d.]+分?$/, "");
}

export class Cell {
  /** @param {Row} row @param {number} column @param {HTMLInputElement|HTMLSelectElement|HTMLTextAreaElement} input */
  constructor(row, column, input) {
    this.row = row;
    this.column = column;
    this.input = input;
    this.td = input.parentElement;
    this.field = input.dataset.field;
    this.choice = input.tagName === "SELECT";
    this.number = input.inputMode === "decimal";
    this.required = "required" in input.dataset;
    /** The value the server is known to have. */
    this.saved = input.tagName === "SELECT"
      ? ([...input.options].find((option) => option.defaultSelected)?.value ?? "")
      : input.defaultValue;
    this.refusedText = null;
  }

  get value() { return this.input.value; }

  get changed() { return this.value !== this.saved; }

  /** What goes to the clipboard: the word of a choice, not its code. */
  get shownText() {
    return this.choice ? (this.input.selectedOptions[0]?.text ?? "").replace(SHAPES, "") : this.value;
  }

  /**
   * Put a value in, as typed or pasted.
   * @returns {boolean} false when the cell has no such choice; the cell then stays as it is
   */
  put(text) {
    if (!this.choice) {
      const value = this.number ? plainNumber(text) : this.input.tagName === "INPUT" ? text.trim() : text;
      if (this.input.value !== value) this.input.value = value;
      return true;
    }
    const found = this.optionFor(text);
    if (found === undefined) return false;
    this.input.value = found.value;
    this.input.dataset.value = found.value;
    return true;
  }

  /** @param {string} text code or word of a choice */
  optionFor(text) {
    const wanted = text.normalize("NFKC").trim().replace(SHAPES, "");
    return [...this.input.options].find(
      (option) => option.value === wanted || option.text.replace(SHAPES, "") === wanted,
    );
  }

  get choiceWords() {
    return [...this.input.options].map((option) => option.text.replace(SHAPES, "")).filter(Boolean).join("、");
  }

  /** Show what is wrong with this cell, or nothing. */
  showFault(message) {
    let words = this.td.querySelector(".fault-text");
    this.td.classList.toggle("has-fault", Boolean(message));
    if (!message) {
      if (words) {
        words.remove();
        this.input.removeAttribute("aria-describedby");
        this.input.removeAttribute("aria-invalid");
      }
      return;
    }
    if (!words) {
      words = document.createElement("span");
      words.className = "fault-text";
      words.id = `f${this.row.key}-${this.column}-live`;
      this.td.append(words);
    }
    words.textContent = message;
    this.input.setAttribute("aria-describedby", words.id);
    this.input.setAttribute("aria-invalid", "true");
  }

  get faulty() { return this.td.classList.contains("has-fault"); }
}

export class Row {
  /** @param {HTMLTableRowElement} tr @param {number} index @param {Map<string, number>} places */
  constructor(tr, index, places) {
    this.tr = tr;
    this.index = index;
    this.key = tr.dataset.row;
    this.url = tr.dataset.saveUrl;
    this.version = Number(tr.dataset.version);
    this.who = tr.dataset.who ?? "";
    this.number = tr.dataset.number ?? "";
    /** @type {(Cell|null)[]} by column; null where a row has nothing to fill in */
    this.cells = new Array(places.size).fill(null);
    for (const input of tr.querySelectorAll(".cell > [data-field]")) {
      const column = places.get(input.dataset.field);
      if (column !== undefined && !input.disabled && !input.readOnly) {
        this.cells[column] = new Cell(this, column, input);
      }
    }
    this.stateLabel = tr.querySelector("[data-row-state]");
    this.state = this.stateLabel?.dataset.rowState ?? "saved";
    this.conflict = null;
    this.begun = false;
  }

  /** @returns {Record<string, string>} fields that the server does not have yet */
  changes() {
    const values = {};
    for (const cell of this.cells) if (cell?.changed) values[cell.field] = cell.value;
    return values;
  }

  get changed() { return this.cells.some((cell) => cell?.changed); }

  cellOf(field) { return this.cells.find((cell) => cell?.field === field); }

  /** Mark what is missing, once something has been filled in at all. */
  markMissing() {
    let begun = false;
    for (const cell of this.cells) {
      if (!cell) continue;
      begun ||= cell.value !== "";
      if (cell.required) cell.td.classList.toggle("is-missing", cell.value === "");
    }
    this.begun = begun;
    this.tr.classList.toggle("is-begun", begun);
  }

  get incomplete() { return this.cells.some((cell) => cell?.required && cell.value === ""); }

  showState(state, text) {
    this.state = state;
    if (!this.stateLabel) return;
    if (this.stateLabel.className !== `state-${state}`) this.stateLabel.className = `state-${state}`;
    if (this.stateLabel.textContent !== text) this.stateLabel.textContent = text;
  }
}

export class Sheet {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.table = form.querySelector("table");
    const heads = [...this.table.querySelectorAll("thead [data-field]")];
    this.fields = heads.map((head) => head.dataset.field);
    this.titles = heads.map((head) => head.textContent.trim());
    const places = new Map(this.fields.map((field, place) => [field, place]));
    this.rows = [...this.table.tBodies[0].rows].map((tr, index) => new Row(tr, index, places));
    this.byInput = new Map();
    this.byKey = new Map();
    for (const row of this.rows) {
      this.byKey.set(row.key, row);
      for (const cell of row.cells) if (cell) this.byInput.set(cell.input, cell);
    }
    this.width = this.fields.length;
  }

  /** @returns {Cell|null} */
  at(row, column) { return this.rows[row]?.cells[column] ?? null; }

  /** @returns {Cell|undefined} */
  cellOf(target) {
    return this.byInput.get(target) ?? this.byInput.get(target.closest?.(".cell")?.querySelector("[data-field]"));
  }

  get changedRows() { return this.rows.filter((row) => row.changed); }
}
