/** A question before what is hard to take back. Without script the server asks, or the button simply acts. */

import { word } from "./words.js";

export function startConfirm() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const asker = event.submitter?.dataset.confirm ? event.submitter : form.dataset.confirm ? form : null;
    if (!asker || form.dataset.confirmed) return;
    event.preventDefault();
    const { submitter } = event;
    if (!(await ask(asker.dataset.confirm, asker.dataset.confirmVerb ?? submitter?.textContent.trim()))) return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(submitter);
    delete form.dataset.confirmed;
  });
  // The same button pressed twice has one effect, and says that it is at work.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
    window.addEventListener("pageshow", () => { delete form.dataset.sent; }, { once: true });
    // A download leaves the page where it is: the button works again after a while.
    setTimeout(() => { delete form.dataset.sent; event.submitter?.removeAttribute("aria-busy"); }, 4000);
  });
}

/**
 * @param {string} question what will happen
 * @param {string} [verb] the word on the button that does it
 * @param {string} [otherwise] the word on the other button
 * @returns {Promise<boolean>}
 */
export function ask(question, verb, otherwise) {
  const dialog = document.createElement("dialog");
  const title = document.createElement("h2");
  title.id = "confirm-title";
  title.textContent = verb || word("page", "confirm");
  const text = document.createElement("p");
  text.id = "confirm-text";
  text.textContent = question;
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "buttons";
  form.append(button("yes", verb || word("page", "confirm"), "btn btn-primary"));
  form.append(button("no", otherwise ?? word("page", "cancel"), "btn btn-outline-primary"));
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.setAttribute("aria-describedby", text.id);
  dialog.append(title, text, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function button(value, text, className) {
  return Object.assign(document.createElement("button"), { value, textContent: text, className });
}
