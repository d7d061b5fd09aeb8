/** People and units by name, pinyin initials or number: a list of the few that match, never of all. */

import { sendJson } from "./send.js";
import { word } from "./words.js";

const REST = 180;
let serial = 0;

export function startTypeahead() {
  for (const input of document.querySelectorAll("input[data-typeahead-url]")) attach(input);
}

/**
 * data-typeahead-url: answers [{id, name, number, unit, url}] to ?q=.
 * data-typeahead-id: name of a hidden field for the id of the chosen line; typing empties it again.
 * data-typeahead-go: choosing opens the line's url.
 * data-typeahead-adds: id of a text field of many lines; choosing adds number and name there. Such a field is hidden
 * in the page, inside an element with data-with-script: without scripts one writes the lines oneself.
 * @param {HTMLInputElement} input
 */
function attach(input) {
  serial += 1;
  const focused = document.activeElement === input;
  const box = document.createElement("span");
  box.className = "ahead";
  if (!input.closest(".top-search")) {
    input.replaceWith(box);
    box.append(input);
    box.classList.add("d-block", ...[...input.classList].filter((name) => name.startsWith("width-")));
  }
  const list = document.createElement("ul");
  list.className = "ahead-list";
  list.id = `ahead-${serial}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
  list.hidden = true;
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  input.after(list, said);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  const hidden = hiddenField(input);
  const lines = document.getElementById(input.dataset.typeaheadAdds ?? "");
  input.closest("[data-with-script]")?.removeAttribute("hidden");
  let found = [];
  let at = -1;
  let timer = 0;
  let running = null;

  input.addEventListener("input", typed);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(event.key === "ArrowDown" ? Math.min(at + 1, found.length - 1) : Math.max(at - 1, 0));
    } else if (event.key === "Enter" && found[at]) {
      event.preventDefault();
      choose(found[at]);
    } else if (event.key === "Tab" && found[at]) choose(found[at]);
    else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  input.addEventListener("blur", close);
  // Before the field loses its focus, so that a click still finds the list.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const line = event.target.closest("[data-place]");
    if (line) choose(found[Number(line.dataset.place)]);
  });

  // Somebody may have begun to type before this script was here; moving the field has taken the cursor away.
  if (focused) input.focus();
  if (input.value !== input.defaultValue) typed();

  function typed() {
    if (hidden) hidden.value = "";
    clearTimeout(timer);
    if (input.value.trim()) timer = setTimeout(ask, REST);
    else close();
  }

  async function ask() {
    running?.abort();
    running = new AbortController();
    const url = new URL(input.dataset.typeaheadUrl, location.href);
    const q = input.value.trim();
    url.searchParams.set("q", q);
    let answer;
    try {
      answer = await sendJson(url.href, { signal: running.signal });
    } catch {
      return;
    }
    if (answer.kind !== "ok" || !Array.isArray(answer.data) || document.activeElement !== input) return;
    found = answer.data.slice(0, 12);
    at = -1;
    list.replaceChildren(...(found.length ? found.map(line) : [none(q)]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    said.textContent = found.length ? word("page", "found", { n: found.length }) : word("page", "none_found", { q });
    if (found.length === 1) mark(0);
  }

  function line(item, place) {
    const li = document.createElement("li");
    li.id = `${list.id}-${place}`;
    li.dataset.place = String(place);
    li.setAttribute("role", "option");
    li.setAttribute("aria-selected", "false");
    const parts = [["", item.name], ["ahead-unit", item.unit ?? item.path_text], ["ahead-number", item.number]];
    for (const [className, text] of parts) {
      if (!text) continue;
      const part = document.createElement("span");
      part.className = className;
      part.textContent = text;
      li.append(part);
    }
    return li;
  }

  function none(q) {
    const li = document.createElement("li");
    li.className = "ahead-none";
    li.setAttribute("role", "option");
    li.setAttribute("aria-disabled", "true");
    li.textContent = word("page", "none_found", { q });
    return li;
  }

  function mark(place) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = place;
    const li = list.children[at];
    if (!li) return;
    li.setAttribute("aria-selected", "true");
    li.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", li.id);
  }

  function choose(item) {
    close();
    if ("typeaheadGo" in input.dataset && item.url) {
      location.assign(item.url);
      return;
    }
    if (lines) {
      lines.value = `${[lines.value.trim(), `${item.number} ${item.name}`].filter(Boolean).join("\n")}\n`;
      input.value = "";
      lines.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    input.value = hidden && item.number ? `${item.name} ${item.number}` : item.name;
    if (hidden) hidden.value = item.id;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function close() {
    clearTimeout(timer);
    running?.abort();
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
}

function hiddenField(input) {
  const name = input.dataset.typeaheadId;
  if (!name) return null;
  const made = document.createElement("input");
  made.type = "hidden";
  made.name = name;
  made.value = input.dataset.typeaheadChosen ?? "";
  input.after(made);
  return made;
}
