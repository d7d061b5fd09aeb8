/** Small helps of single fields: how many characters are left, how a date was read, whether a file will do. */

import { word } from "./words.js";

export function startFields() {
  for (const area of document.querySelectorAll("textarea[data-count]")) count(area);
  for (const input of document.querySelectorAll("input[data-date]")) readDates(input);
  for (const input of document.querySelectorAll("input[type=file]")) checkFiles(input);
  for (const input of document.querySelectorAll("input[data-reveal]")) reveal(input);
}

/* Characters as people count them: a rare character outside the first plane is one, a line end is none. */
function count(area) {
  const line = document.querySelector(`[data-count-for="${area.id}"]`);
  if (!line) return;
  const most = Number(area.dataset.count);
  line.setAttribute("aria-live", "polite");
  const show = () => {
    const left = most - [...area.value].length;
    line.textContent = left < 0 ? word("page", "over", { n: -left }) : word("page", "left", { n: left });
    line.classList.toggle("is-over", left < 0);
  };
  area.addEventListener("input", show);
  show();
}

/**
 * A day as people write it: 2025-6-3, 2025.06.03, 2025/6/3, 20250603, 2025年6月3日.
 * @param {string} text
 * @returns {[number, number, number]|null} year, month, day; null when it cannot be one
 */
export function readDate(text) {
  const plain = text.normalize("NFKC").trim();
  const found = plain.match(/^(\d{4})(\d{2})(\d{2})$/)
    ?? plain.match(/^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$/);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? [year, month, day] : null;
}

function readDates(input) {
  const line = document.createElement("p");
  line.className = "field-read";
  line.id = `${input.id}-read`;
  line.setAttribute("aria-live", "polite");
  input.after(line);
  const tell = (date) => {
    const [y, m, d] = date;
    line.textContent = word("page", "date_read", { y, m, d });
  };
  // Told while typing: a line that came when the field is left would move the button away from under the mouse.
  input.addEventListener("input", () => {
    const date = readDate(input.value);
    if (date) tell(date);
    else line.textContent = "";
  });
  input.addEventListener("change", () => {
    const date = readDate(input.value);
    if (date) {
      input.value = date.map((part, place) => String(part).padStart(place ? 2 : 4, "0")).join("-");
      tell(date);
    } else if (input.value.trim() && !/^\D*\d{4}\D+\d{1,2}\D*$/.test(input.value)) {
      // Some fields also take a month alone; the server has the last word on what is accepted.
      line.textContent = word("page", "date_unread");
    }
  });
}

function checkFiles(input) {
  const line = document.createElement("p");
  line.className = "field-error";
  line.setAttribute("role", "alert");
  line.hidden = true;
  input.after(line);
  input.addEventListener("change", () => {
    const fault = [...input.files].map((file) => faultOf(file, input)).find(Boolean) ?? "";
    line.textContent = fault;
    line.hidden = !fault;
    if (fault) input.value = "";
  });
}

function faultOf(file, input) {
  const max = Number(input.dataset.maxMb);
  if (max && file.size > max * 1024 * 1024) {
    return word("page", "file_too_big", { name: file.name, size: (file.size / 1024 / 1024).toFixed(1), max });
  }
  const kinds = input.accept.split(",").map((kind) => kind.trim().toLowerCase()).filter((kind) => kind.startsWith("."));
  if (kinds.length && !kinds.some((kind) => file.name.toLowerCase().endsWith(kind))) {
    return word("page", "file_wrong_kind", { name: file.name, kinds: kinds.join(" ") });
  }
  return "";
}

function reveal(input) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-outline-primary";
  button.setAttribute("aria-controls", input.id);
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = word("page", shown ? "hide" : "show");
    button.setAttribute("aria-label", `${button.textContent} ${input.labels[0]?.textContent.trim() ?? ""}`);
  };
  button.addEventListener("click", () => show(input.type === "password"));
  // A password is never sent from a readable field: browsers would offer it again in the open.
  input.form?.addEventListener("submit", () => show(false));
  input.after(button);
  show(false);
}
