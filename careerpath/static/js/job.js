/** A long job on its page: asked for every second, until there is a result or a reason why not. */

import { pause, sendJson } from "./send.js";
import { word } from "./words.js";

const EVERY = 1000;
const ENDED = ["done", "failed", "cancelled"];

export function startJobs() {
  for (const box of document.querySelectorAll("[data-job-url]")) follow(box);
}

/** @param {HTMLElement} box answers of its address: {status, done, total, message, result_url, cancel_url} */
async function follow(box) {
  const bar = box.querySelector("[data-job-bar]");
  const message = box.querySelector("[data-job-message]");
  const count = box.querySelector("[data-job-count]");
  for (let missed = 0; ;) {
    await new Promise((resolve) => { setTimeout(resolve, missed ? pause(missed) * 1000 : EVERY); });
    const answer = await sendJson(box.dataset.jobUrl);
    if (answer.kind === "signed_out" || answer.kind === "refused") {
      location.reload();
      return;
    }
    if (answer.kind !== "ok") {
      missed += 1;
      message.textContent = word("page", "job_lost");
      continue;
    }
    missed = 0;
    const { status, done, total, message: text, result_url: result, cancel_url: cancel } = answer.data;
    show(box, { bar, message, count, done, total, text, result, cancel });
    if (!ENDED.includes(status)) continue;
    bar.classList.toggle("bar-success", status === "done");
    bar.classList.toggle("bar-over", status === "failed");
    if (!text) message.textContent = word("page", status === "done" ? "job_done" : "job_failed");
    if (status === "done") box.querySelector("[data-job-result]")?.focus();
    box.dispatchEvent(new CustomEvent("job-ended", { bubbles: true, detail: answer.data }));
    if ("jobReload" in box.dataset) location.reload();
    return;
  }
}

function show(box, { bar, message, count, done, total, text, result, cancel }) {
  if (total) {
    bar.max = total;
    bar.value = done;
    count.textContent = word("page", "job_of", { done, total });
  }
  if (text !== undefined && text !== null && message.textContent !== text) message.textContent = text;
  const link = box.querySelector("[data-job-result]");
  if (link) {
    link.hidden = !result;
    if (result) link.href = result;
  }
  const stop = box.querySelector("[data-job-cancel]");
  if (stop) {
    stop.hidden = !cancel;
    if (cancel) stop.action = cancel;
  }
}
