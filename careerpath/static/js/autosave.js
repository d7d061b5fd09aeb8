/** Long texts are kept while they are written: on the server as a draft, in this tab while the server is away. */

import { ask } from "./confirm.js";
import { pause, sendJson } from "./send.js";
import { word } from "./words.js";

const REST = 1200;

export function startAutosave() {
  for (const form of document.querySelectorAll("form[data-autosave-url]")) keepDraft(form);
}

/** @param {HTMLFormElement} form with a field "version"; PATCH {version, values} as in the grid */
function keepDraft(form) {
  const url = form.dataset.autosaveUrl;
  const version = form.elements.namedItem("version");
  const kinds = "textarea[name], input[type=text][name], select[name]";
  const fields = [...form.elements].filter((field) => field.matches(kinds));
  const state = form.querySelector("[data-save-state]");
  const store = `careerpath:draft:${document.body.dataset.actor ?? ""}:${url}`;
  const read = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  // What the page came with: somebody may have begun to type before this script was here.
  let saved = JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, sent(field)])));
  let timer = 0;
  let attempt = 0;
  let sending = false;
  let leaving = false;

  restore();
  later(REST);
  form.addEventListener("input", () => later(REST));
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    leaving = true;
    clearTimeout(timer);
    sessionStorage.removeItem(store);
  });
  window.addEventListener("beforeunload", (event) => { if (!leaving && dirty()) event.preventDefault(); });
  window.addEventListener("online", () => { if (dirty()) save(); });

  function sent(field) {
    if (field.tagName !== "SELECT") return field.defaultValue;
    return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
  }

  function dirty() { return JSON.stringify(read()) !== saved; }

  function later(wait) {
    clearTimeout(timer);
    if (!dirty()) return;
    keep();
    timer = setTimeout(save, wait);
  }

  function keep() {
    try {
      sessionStorage.setItem(store, JSON.stringify({ version: version?.value, values: read() }));
    } catch {
      // Without storage the draft still goes to the server.
    }
  }

  async function save() {
    if (sending || leaving) return;
    sending = true;
    const values = read();
    say("draft_saving");
    const body = { version: Number(version?.value), values };
    const { kind, data, wait } = await sendJson(url, { method: "PATCH", body });
    sending = false;
    if (leaving) return;
    if (kind === "ok") {
      attempt = 0;
      saved = JSON.stringify(values);
      if (version) version.value = data.version;
      say("draft_saved", { at: data.saved_at ?? "" });
      if (dirty()) later(REST);
      else sessionStorage.removeItem(store);
    } else if (kind === "conflict") await choose(data, values);
    else if (kind === "signed_out" || kind === "stale") say("signed_out");
    else if (kind === "offline" || kind === "trouble") {
      const seconds = pause(attempt, wait);
      attempt += 1;
      say("draft_waiting", { n: Math.ceil(seconds) });
      later(seconds * 1000);
    } else say("draft_refused", { why: Object.values(data.faults ?? {})[0] ?? data.message ?? "" });
  }

  /* Somebody saved another text: the writer chooses, nothing is replaced unasked. */
  async function choose(data, values) {
    const { current } = data;
    if (!current) return say("draft_refused", { why: data.message ?? "" });
    const theirs = Object.values(current.values ?? {}).join("\n").slice(0, 300);
    const question = `${word("page", "draft_conflict", { by: current.by ?? "—", at: current.at ?? "—" })}\n\n${theirs}`;
    const mine = await ask(question, word("page", "keep_mine"), word("page", "keep_theirs"));
    if (version) version.value = current.version;
    if (!mine) {
      for (const field of fields) if (field.name in current.values) put(field, current.values[field.name]);
      saved = JSON.stringify(read());
      sessionStorage.removeItem(store);
    } else {
      saved = JSON.stringify({ ...values, ...current.values });
      await save();
    }
    return undefined;
  }

  function restore() {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(store) ?? "null");
    } catch {
      return;
    }
    if (!kept) return;
    for (const field of fields) if (field.name in kept.values) put(field, kept.values[field.name]);
    if (!dirty()) return;
    if (version && kept.version) version.value = kept.version;
    say("draft_restored");
    timer = setTimeout(save, REST);
  }

  function put(field, value) {
    if (field.value === value) return;
    field.value = value ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function say(key, values) {
    if (state) state.textContent = word("page", key, values);
  }
}
