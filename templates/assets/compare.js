// The page on which pictures are compared.
"use strict";
(() => {
  const { all, one, add } = window.vitrine;
  const make = (name, properties = {}) => Object.assign(document.createElement(name), properties);

  // Two to four pictures under one zoom.
  function compare() {
    const bench = one("[data-compare]");
    if (!bench) return;
    const panes = one(".panes", bench);
    const note = one(".bench-note", bench);
    const boxes = all(".choices input");
    const zoom = one("#zoom"), split = one("#split");
    const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // What is chosen, by its name. Names of pictures that another page offers have their label behind them in the address.
    const known = new Map(boxes.map((box) => [box.value, box]));
    const elsewhere = new Map();
    let chosen = location.hash.slice(1).split(",").map((part) => {
      const [id, label] = part.split("=");
      if (!known.has(id) && boxes.length && /^[0-9a-f]{20}$/.test(id)) {
        try { elsewhere.set(id, decodeURIComponent(label || "A picture of another page")); } catch { /* not of ours */ }
      }
      return id;
    }).filter((id, index, list) => (known.has(id) || elsewhere.has(id)) && list.indexOf(id) === index).slice(0, 4);
    let view = { scale: 1, x: 0, y: 0 };
    let timer = 0;
    const mode = () => one("input[name=mode]:checked", bench).value;
    const facts = (id) => {
      const box = known.get(id);
      if (box) return { id, full: box.dataset.full, label: one("label span", box.parentElement).textContent };
      return { id, full: boxes[0].dataset.full.replace(boxes[0].value, id), label: elsewhere.get(id) };
    };
    const address = (isHere) => chosen.map((id) => isHere && known.has(id) ? id : id + "=" + encodeURIComponent(facts(id).label)).join(",");
    const place = () => {
      const limit = 1 - view.scale;
      view.x = Math.min(0, Math.max(limit, view.x));
      view.y = Math.min(0, Math.max(limit, view.y));
      for (const image of all(".window img", panes)) {
        image.style.transform = `translate(${view.x * 100}%, ${view.y * 100}%) scale(${view.scale})`;
      }
      zoom.value = view.scale;
    };
    const zoomTo = (scale, x = 0.5, y = 0.5) => {
      const next = Math.min(8, Math.max(1, scale));
      view.x = x - (x - view.x) * next / view.scale;
      view.y = y - (y - view.y) * next / view.scale;
      view.scale = next;
      place();
    };
    const picture = (fact) => make("img", { src: fact.full, alt: fact.label, draggable: false, width: 96, height: 96 });
    const pane = (list, caption) => {
      const figure = make("figure", { className: "pane" });
      const frame = make("div", { className: "window" });
      list.forEach((fact) => frame.append(picture(fact)));
      figure.append(frame, make("figcaption", { textContent: caption }));
      // Those of other pages have no box to choose them off by.
      for (const fact of list.filter((fact) => !known.has(fact.id))) {
        const button = make("button", { type: "button", textContent: "Take away" });
        button.setAttribute("aria-label", "Take away " + fact.label);
        button.addEventListener("click", () => { chosen = chosen.filter((id) => id !== fact.id); draw(); });
        figure.append(button);
      }
      panes.append(figure);
      return frame;
    };
    const divide = () => {
      const top = one(".window img + img", panes);
      if (top) top.style.clipPath = mode() === "slider" ? `polygon(0 0, 100% 0, 100% 100%, 0 100%)` : "";
      if (top && mode() === "slider") {
        // The divider stands still while the picture moves under it.
        const edge = Math.min(100, Math.max(0, (split.value / 100 - view.x) / view.scale * 100));
        top.style.clipPath = `inset(0 0 0 ${edge}%)`;
      }
    };
    const draw = () => {
      clearInterval(timer);
      for (const box of boxes) {
        box.checked = chosen.includes(box.value);
        box.disabled = !box.checked && chosen.length >= 4;
      }
      bench.hidden = false;
      panes.replaceChildren();
      panes.className = "panes" + (one("#pixelated").checked ? " pixels" : "");
      one(".split", bench).hidden = mode() !== "slider";
      const list = chosen.map(facts);
      const two = list.slice(0, 2);
      if (list.length < 2) {
        note.textContent = list.length ? "Choose one more picture below." : "Choose two to four pictures below.";
        list.forEach((fact) => pane([fact], fact.label));
      } else if (mode() === "side") {
        note.textContent = "";
        list.forEach((fact) => pane([fact], fact.label));
      } else {
        panes.classList.add("single");
        note.textContent = list.length > 2 ? "This view shows the first two." : "";
        const frame = pane(two, two.map((fact) => fact.label).join(" and "));
        if (mode() === "difference") { panes.classList.add("difference"); note.textContent += " Black where both are alike."; }
        if (mode() === "flicker") {
          const top = frame.lastElementChild;
          timer = setInterval(() => { top.hidden = !top.hidden; }, reduced ? 2000 : 700);
        }
      }
      place();
      divide();
      history.replaceState(null, "", chosen.length ? "#" + address(true) : location.pathname.split("/").pop() || "index.html");
      for (const link of all(".paging a")) link.hash = address(false);
    };
    for (const box of boxes) {
      box.hidden = false;
      box.addEventListener("change", () => {
        chosen = box.checked ? [...chosen, box.value].slice(0, 4) : chosen.filter((id) => id !== box.value);
        draw();
      });
    }
    all("input[name=mode], #pixelated", bench).forEach((field) => field.addEventListener("change", draw));
    zoom.addEventListener("input", () => { zoomTo(Number(zoom.value)); divide(); });
    split.addEventListener("input", divide);
    one("[data-reset]", bench).addEventListener("click", () => { view = { scale: 1, x: 0, y: 0 }; place(); divide(); });
    panes.addEventListener("wheel", (event) => {
      const frame = event.target.closest(".window");
      if (!frame || !(event.ctrlKey || view.scale > 1 || event.deltaY < 0)) return;
      event.preventDefault();
      const box = frame.getBoundingClientRect();
      zoomTo(view.scale * Math.exp(-event.deltaY / 400), (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
      divide();
    }, { passive: false });
    const pointers = new Map();
    panes.addEventListener("pointerdown", (event) => {
      const frame = event.target.closest(".window");
      if (!frame) return;
      frame.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    });
    panes.addEventListener("pointermove", (event) => {
      const last = pointers.get(event.pointerId);
      const frame = event.target.closest(".window");
      if (!last || !frame) return;
      const box = frame.getBoundingClientRect();
      const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      if (others.length) {
        const reach = (point) => Math.hypot(point.x - others[0].x, point.y - others[0].y);
        const here = { x: event.clientX, y: event.clientY };
        zoomTo(view.scale * reach(here) / Math.max(1, reach(last)), (others[0].x - box.left) / box.width, (others[0].y - box.top) / box.height);
      } else {
        view.x += (event.clientX - last.x) / box.width;
        view.y += (event.clientY - last.y) / box.height;
        place();
      }
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      divide();
    });
    for (const name of ["pointerup", "pointercancel"]) panes.addEventListener(name, (event) => pointers.delete(event.pointerId));
    panes.addEventListener("keydown", (event) => {
      const moves = { ArrowLeft: [0.1, 0], ArrowRight: [-0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };
      if (event.key === "+" || event.key === "=") zoomTo(view.scale * 1.25);
      else if (event.key === "-") zoomTo(view.scale / 1.25);
      else if (moves[event.key]) { view.x += moves[event.key][0]; view.y += moves[event.key][1]; place(); }
      else return;
      event.preventDefault();
      divide();
    });
    draw();
  }

  add(compare);
})();
