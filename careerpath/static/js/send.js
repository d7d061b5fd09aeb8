/** Requests to the server, with the token of the page and every kind of answer sorted. */

/**
 * What came of a request.
 * ok: done. invalid: 422 with faults. conflict: 409 with the present version. signed_out: sign in again.
 * stale: the page is too old to be believed, reload. refused: not allowed, trying again is no use.
 * trouble: the server cannot now, try later. offline: no answer at all.
 * @typedef {{kind: "ok"|"invalid"|"conflict"|"signed_out"|"stale"|"refused"|"trouble"|"offline",
 *   status: number, data: any, wait: number}} Answer
 */

/** @returns {string} the token that proves a request comes from this page */
export function pageToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/**
 * Send JSON and read JSON.
 * @param {string} url
 * @param {{method?: string, body?: unknown, signal?: AbortSignal, keepalive?: boolean}} [options]
 * @returns {Promise<Answer>}
 */
export async function sendJson(url, { method = "GET", body, signal, keepalive = false } = {}) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRFToken"] = pageToken();
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(url, {
      method, headers, signal, keepalive, credentials: "same-origin",
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return { kind: "offline", status: 0, data: {}, wait: 0 };
  }
  const data = await readJson(response);
  const wait = Number(response.headers.get("Retry-After")) || 0;
  return { kind: kindOf(response, data), status: response.status, data: data ?? {}, wait };
}

async function readJson(response) {
  if (!(response.headers.get("Content-Type") ?? "").includes("json")) return null;
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function kindOf(response, data) {
  const { status } = response;
  if (status === 401 || status === 419 || (response.redirected && data === null)) return "signed_out";
  if (response.ok) return data === null ? "trouble" : "ok";
  if (status === 409) return "conflict";
  if (status === 422) return "invalid";
  if (status === 400) return "stale";
  if (status === 429 || status >= 500) return "trouble";
  return "refused";
}

/**
 * Seconds to wait before trying again: doubling, at most half a minute, never all browsers at once.
 * @param {number} attempt counted from 0
 * @param {number} asked what the server asked for, 0 when it did not
 */
export function pause(attempt, asked = 0) {
  return Math.max(asked, Math.min(30, 2 ** attempt)) * (0.85 + Math.random() * 0.3);
}
