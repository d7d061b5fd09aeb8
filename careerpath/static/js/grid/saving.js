/** Saving as one types: each row on its own, a few at a time, again and again until the server has it. */

import { pause, sendJson } from "../send.js";

const DEBOUNCE = 600;
const IN_FLIGHT = 4;

export class Saver {
  /**
   * @param {import("./model.js").Sheet} sheet
   * @param {{answered(row: any, data: any, sent: Record<string, string>): void, conflict(row: any, data: any): void,
   *   stateChanged(row: any): void, statusChanged(): void}} hears
   */
  constructor(sheet, hears) {
    this.sheet = sheet;
    this.hears = hears;
    this.timers = new Map();
    this.queue = [];
    this.flying = new Map();
    /** "fine" | "offline" | "trouble" | "signed_out" | "stale" */
    this.status = "fine";
    this.reason = "";
    this.attempt = 0;
    this.resumesAt = 0;
    this.batch = { done: 0, total: 0 };
    this.waiters = [];
  }

  /** A row has something new; it is sent when the typing rests. */
  touch(row, wait = DEBOUNCE) {
    clearTimeout(this.timers.get(row));
    row.waiting = true;
    row.blocked = false;
    if (wait === 0) this.enqueue(row);
    else this.timers.set(row, setTimeout(() => this.enqueue(row), wait));
    this.hears.stateChanged(row);
  }

  enqueue(row) {
    this.timers.delete(row);
    if (!this.queue.includes(row) && !row.conflict) {
      this.queue.push(row);
      this.batch.total += 1;
    }
    this.pump();
  }

  /** Send everything now. @returns {Promise<boolean>} whether the server has all of it */
  flush() {
    for (const row of this.timers.keys()) clearTimeout(this.timers.get(row));
    this.timers.clear();
    for (const row of this.sheet.changedRows) if (!row.blocked && !this.flying.has(row)) this.enqueue(row);
    return new Promise((resolve) => {
      this.waiters.push(resolve);
      this.settle();
    });
  }

  get unsaved() { return this.sheet.rows.filter((row) => row.changed || row.conflict); }

  get idle() { return !this.queue.length && !this.flying.size && !this.timers.size; }

  pump() {
    while (this.status === "fine" && this.queue.length && this.flying.size < IN_FLIGHT) {
      const place = this.queue.findIndex((row) => !this.flying.has(row));
      if (place < 0) break;
      const [row] = this.queue.splice(place, 1);
      this.send(row);
    }
    this.settle();
  }

  async send(row) {
    row.waiting = false;
    const values = row.changes();
    if (!Object.keys(values).length || row.conflict) {
      this.batch.done += 1;
      this.hears.stateChanged(row);
      this.settle();
      return;
    }
    this.flying.set(row, values);
    this.hears.stateChanged(row);
    const answer = await sendJson(row.url, { method: "PATCH", body: { version: row.version, values } });
    this.flying.delete(row);
    this.take(row, answer, values);
    this.pump();
  }

  take(row, answer, values) {
    const { kind, data } = answer;
    if (kind === "offline" || kind === "trouble") return this.hold(kind, row, answer);
    if (kind === "signed_out" || kind === "stale") return this.stop(kind, row, data.message ?? "");
    this.attempt = 0;
    this.batch.done += 1;
    if (kind === "ok") {
      row.version = data.version ?? row.version;
      for (const [field, value] of Object.entries(values)) row.cellOf(field).saved = value;
      this.hears.answered(row, data, values);
      if (row.changed && !this.timers.has(row)) this.enqueue(row);
    } else if (kind === "conflict") {
      this.hears.conflict(row, data);
    } else {
      // Wrong values: nothing is sent again until the clerk changes something.
      row.blocked = true;
      const { faults = {}, message = "" } = data;
      this.hears.answered(row, { faults, message, refused: true }, values);
      if (row.waiting) row.blocked = false;
    }
    this.hears.stateChanged(row);
    return undefined;
  }

  /* No answer: wait, longer each time, and try the same again. The typing stays where it is. */
  hold(kind, row, answer) {
    if (!this.queue.includes(row)) this.queue.unshift(row);
    row.waiting = true;
    if (this.status === "fine") {
      const seconds = pause(this.attempt, answer.wait);
      this.attempt += 1;
      this.status = kind;
      this.resumesAt = Date.now() + seconds * 1000;
      this.timer = setTimeout(() => this.resume(), seconds * 1000);
    }
    this.hears.stateChanged(row);
    this.hears.statusChanged();
  }

  stop(kind, row, reason) {
    if (!this.queue.includes(row)) this.queue.unshift(row);
    row.waiting = true;
    clearTimeout(this.timer);
    this.status = kind;
    this.reason = reason;
    this.hears.stateChanged(row);
    this.hears.statusChanged();
    this.settle();
  }

  /** Try again now. */
  resume() {
    clearTimeout(this.timer);
    this.status = "fine";
    this.hears.statusChanged();
    this.pump();
  }

  settle() {
    this.hears.statusChanged();
    const stopped = this.status !== "fine";
    if (!this.idle && !stopped) return;
    if (this.idle) this.batch = { done: 0, total: 0 };
    const clean = !this.unsaved.length;
    for (const resolve of this.waiters.splice(0)) resolve(clean);
  }
}
