/** A table that fits its page is scrolled by the page, with its head below the top bar; a wider one in its own box. */

export function startFit() {
  const boxes = [...document.querySelectorAll("[data-fit]")];
  if (!boxes.length) return;
  const check = () => {
    // Measure all first, then change all: one layout for the page.
    const fits = boxes.map((box) => box.firstElementChild.scrollWidth <= box.clientWidth + 1);
    boxes.forEach((box, place) => {
      box.classList.toggle("is-fitting", fits[place]);
      // Only a box that scrolls needs to be reached with the keyboard.
      if (fits[place]) box.removeAttribute("tabindex");
      else box.tabIndex = 0;
    });
  };
  check();
  let waiting = 0;
  window.addEventListener("resize", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(check);
  });
}
