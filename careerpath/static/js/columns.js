/** Which columns of a list are shown: the address says so, the browser remembers it for the next visit. */

export function startColumns() {
  for (const chooser of document.querySelectorAll("[data-columns]")) {
    const name = `careerpath:columns:${chooser.dataset.columns}`;
    const form = chooser.querySelector("form");
    const here = new URL(location.href);
    const chosen = here.searchParams.getAll("columns");
    if (chosen.length) localStorage.setItem(name, JSON.stringify(chosen));
    else restore(name, here, form);
  }
}

/* Only columns that the list still has; a list that was never changed is left alone. */
function restore(name, here, form) {
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(name) ?? "[]");
  } catch {
    return;
  }
  const boxes = [...form.elements].filter((box) => box.name === "columns");
  const wanted = kept.filter((key) => boxes.some((box) => box.value === key));
  const shown = boxes.filter((box) => box.checked).map((box) => box.value);
  if (!wanted.length || wanted.join() === shown.join()) return;
  for (const key of wanted) here.searchParams.append("columns", key);
  location.replace(here);
}
