/** The line of sums, the bar of the quota, the banner of troubles: what is always in view. */

import { word } from "../words.js";

const MANY = 5;
const GOOD_NEWS = 6000;

export class Status {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.summary = document.querySelector("[data-grid-summary]");
    this.saved = this.summary?.querySelector("[data-grid-saved]");
    this.progress = this.summary?.querySelector("[data-grid-progress]");
    this.banner = document.querySelector("[data-grid-banner]");
    this.countedAt = 0;
    if (this.summary) this.measure();
  }

  /* The head of the table stays below this line, whatever its height is. */
  measure() {
    new ResizeObserver(() => {
      document.documentElement.style.setProperty("--grid-summary-height", `${this.summary.offsetHeight}px`);
    }).observe(this.summary);
  }

  /** Sums from an answer; answers may overtake each other, only a later one counts. */
  showSums(sums, countedAt) {
    if (!this.summary || !sums || countedAt < this.countedAt) return;
    this.countedAt = countedAt;
    for (const [name, value] of Object.entries(sums)) {
      for (const place of this.summary.querySelectorAll(`[data-summary="${name}"]`)) place.textContent = value;
    }
    const quota = this.summary.querySelector("[data-quota]");
    if (!quota || sums.quota === undefined) return;
    const left = sums.left ?? sums.quota - sums.excellent;
    const bar = quota.querySelector("[data-quota-bar]");
    bar.max = Math.max(Number(sums.quota), 1);
    bar.value = Number(sums.excellent);
    bar.className = `bar ${left < 0 ? "bar-over" : "bar-success"}`;
    quota.classList.toggle("is-over", left < 0);
    quota.classList.toggle("is-full", Number(left) === 0);
    quota.querySelector("[data-quota-left]").textContent = left < 0
      ? word("grid", "over", { n: -left })
      : word("grid", "left", { n: left });
  }

  /** @param {string} text when the last row was saved, or how many are not */
  showSaved(text) {
    if (this.saved && this.saved.textContent !== text) this.saved.textContent = text;
  }

  showBatch({ done, total }) {
    if (!this.progress) return;
    const many = total > MANY && done < total;
    if (this.progress.hidden === many) this.progress.hidden = !many;
    if (!many) return;
    const bar = this.progress.firstElementChild;
    bar.max = total;
    bar.value = done;
    this.progress.lastElementChild.textContent = word("grid", "saving_many", { done, total });
  }

  /** @param {string} kind danger | warning | success @param {{text: string, act: () => void}[]} buttons */
  showBanner(kind, text, buttons = []) {
    if (!this.banner) return;
    this.banner.className = `notice notice-${kind}`;
    const place = this.banner.querySelector("p");
    if (place.textContent !== text) place.textContent = text;
    const holder = this.banner.querySelector(".buttons");
    if (holder.dataset.shown !== buttons.map((one) => one.text).join()) {
      holder.dataset.shown = buttons.map((one) => one.text).join();
      holder.replaceChildren(...buttons.map(({ text: title, act }) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-outline-primary btn-sm";
        button.textContent = title;
        button.addEventListener("click", act);
        return button;
      }));
    }
    this.banner.hidden = false;
    clearTimeout(this.fading);
    // Good news goes away by itself; whatever needs somebody stays.
    if (kind === "success") this.fading = setTimeout(() => this.hideBanner(), GOOD_NEWS);
  }

  hideBanner() {
    if (this.banner) this.banner.hidden = true;
  }
}
