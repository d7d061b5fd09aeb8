/**
 * A button pressed before the page's own script is at work waits for it: else its question would never be asked.
 * Loaded ahead of everything else, as a plain script, because modules come only when the whole page has been read.
 */

(() => {
  let waiting = null;
  const hold = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = { form: event.target, submitter: event.submitter };
    event.submitter?.setAttribute("aria-busy", "true");
  };
  document.addEventListener("submit", hold, true);
  // Modules have run by then, or could not be had: then the server decides alone, as it does without script.
  document.addEventListener("DOMContentLoaded", () => {
    document.removeEventListener("submit", hold, true);
    if (!waiting) return;
    waiting.submitter?.removeAttribute("aria-busy");
    waiting.form.requestSubmit(waiting.submitter);
  });
})();
