/** The frame: panels that close again, the menu on a phone, printing, going back. */

export function startFrame() {
  const panels = [...document.querySelectorAll("details[data-drop]")];

  document.addEventListener("click", (event) => {
    for (const panel of panels) if (panel.open && !panel.contains(event.target)) panel.open = false;
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = panels.find((panel) => panel.open);
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (location.hash === "#menu") closeMenu();
  });

  document.querySelector("[data-menu-open]")?.addEventListener("click", () => {
    // After the address has changed and the menu shows.
    setTimeout(() => document.querySelector("#menu a")?.focus(), 0);
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of document.querySelectorAll("[data-back]")) {
    button.hidden = history.length < 2;
    button.addEventListener("click", () => history.back());
  }

  window.addEventListener("beforeprint", () => {
    const place = document.querySelector("[data-print-moment]");
    if (place) place.textContent = new Date().toLocaleString(document.documentElement.lang);
  });

  // Drafts in this browser tab are nobody's once their writer has signed out.
  document.querySelector("[data-sign-out]")?.form.addEventListener("submit", () => {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith("careerpath:")) sessionStorage.removeItem(name);
  });

  showPlace();
  document.querySelector("[data-error-summary]")?.focus();
}

/* A long menu shows where one is. */
function showPlace() {
  const current = document.querySelector(".menu-scroll [aria-current]");
  const menu = current?.closest(".menu-scroll");
  if (!menu) return;
  const hidden = current.offsetTop + current.offsetHeight - menu.clientHeight;
  if (hidden > 0) menu.scrollTop = hidden + menu.clientHeight / 3;
}

function closeMenu() {
  location.hash = "content";
  document.querySelector("[data-menu-open]")?.focus();
}
