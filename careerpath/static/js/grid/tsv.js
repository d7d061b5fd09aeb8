/** Blocks of cells as Excel puts them on the clipboard: tabs, line ends, quotes around awkward cells. */

/**
 * @param {string} text
 * @returns {string[][]} rows of equal or unequal length; an empty list for empty text
 */
export function parseTsv(text) {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (source === "") return text === "" ? [] : [[""]];
  for (let place = 0; place < source.length; place += 1) {
    const sign = source[place];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (source[place + 1] === '"') { cell += '"'; place += 1; }
      else quoted = false;
    } else if (sign === '"' && cell === "" && closes(source, place)) quoted = true;
    else if (sign === "\t") { row.push(cell); cell = ""; }
    else if (sign === "\n") { row.push(cell); rows.push(row); row = []; cell = ""; }
    else cell += sign;
  }
  row.push(cell);
  rows.push(row);
  return rows;
}

/* A quotation mark opens a quoted cell only when its partner ends a cell: “"好"的” stays as it is. */
function closes(source, open) {
  for (let place = open + 1; place < source.length; place += 1) {
    if (source[place] !== '"') continue;
    if (source[place + 1] === '"') { place += 1; continue; }
    const next = source[place + 1];
    return next === undefined || next === "\t" || next === "\n";
  }
  return false;
}

/**
 * @param {string[][]} rows
 * @returns {string}
 */
export function writeTsv(rows) {
  const quote = (cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => row.map(quote).join("\t")).join("\r\n");
}
