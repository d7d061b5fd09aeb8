/** Sentences for people: they stand translated in <template data-words>, never in a script. */

const lists = new Map();

/**
 * One sentence of a list with its places filled.
 * @param {string} list name of the template, "page" or "grid"
 * @param {string} key
 * @param {Record<string, string | number>} [values] what goes into the {places}
 * @returns {string}
 */
export function word(list, key, values = {}) {
  if (!lists.has(list)) {
    const holder = document.querySelector(`template[data-words="${list}"]`);
    lists.set(list, holder ? JSON.parse(holder.dataset.list) : {});
  }
  const text = lists.get(list)[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
