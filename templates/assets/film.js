// Single pictures: the way to them, and their transparency.
"use strict";
(() => {
  const { all, one, add } = window.vitrine;

  // Scrubs through the pictures of the way on the large picture.
  function film() {
    const section = one("[data-film]");
    const stage = one("[data-stage] img");
    if (!section || !stage) return;
    const frames = all(".frames li", section);
    const range = one("input", section);
    const output = one("output", section);
    const final = stage.getAttribute("src");
    const show = (index) => {
      const frame = frames[index];
      range.value = index;
      output.value = frame.dataset.label;
      range.setAttribute("aria-valuetext", frame.dataset.label);
      stage.src = index === frames.length - 1 ? final : frame.dataset.full;
      frames.forEach((f, i) => f.classList.toggle("current", i === index));
    };
    one(".film-control", section).hidden = false;
    one(".frames", section).classList.add("clickable");
    range.addEventListener("input", () => show(Number(range.value)));
    frames.forEach((frame, index) => frame.addEventListener("click", () => show(index)));
    show(frames.length - 1);
  }

  // Shows the picture through its transparency map, on a chequered ground.
  function transparency() {
    const button = one("[data-transparency]");
    const stage = one("[data-stage]");
    if (!button || !stage) return;
    const image = one("img", stage);
    const cutout = stage.dataset.cutout;
    const full = image.getAttribute("src");
    button.hidden = false;
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      stage.classList.toggle("clear", on);
      image.src = on ? cutout : full;
    });
  }

  add(film);
  add(transparency);
})();
