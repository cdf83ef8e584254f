// Comfort for visitors. Every page is complete without it; what needs it is hidden until it runs.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const make = (name, properties = {}) => Object.assign(document.createElement(name), properties);
  // Storage may be forbidden; then settings last as long as the page.
  const memory = {};
  const store = {
    get(key) { try { return localStorage.getItem(key) ?? memory[key] ?? null; } catch { return memory[key] ?? null; } },
    set(key, value) { memory[key] = value; try { localStorage.setItem(key, value); return true; } catch { return false; } },
    remove(key) { delete memory[key]; try { localStorage.removeItem(key); } catch { /* forgotten with the page */ } },
  };

  function theme() {
    const button = one("[data-theme-switch]");
    const root = document.documentElement;
    const system = () => matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const current = () => root.dataset.theme || system();
    const show = () => { button.textContent = current() === "dark" ? "Light" : "Dark"; button.title = "Change to the " + button.textContent.toLowerCase() + " theme"; };
    if (!button) return;
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      root.dataset.theme = current() === "dark" ? "light" : "dark";
      store.set("vitrine-theme", root.dataset.theme);
      show();
    });
  }

  // One seed at a time in every place that has several; the address keeps which.
  function seeds() {
    const box = one("[data-seeds]");
    if (!box) return;
    const radios = all("input", box);
    const choose = (seed) => {
      for (const work of all("[data-seed]")) work.hidden = work.dataset.seed !== seed;
      for (const radio of radios) radio.checked = radio.value === seed;
    };
    const wanted = new URLSearchParams(location.hash.slice(1)).get("seed");
    choose(radios.some((r) => r.value === wanted) ? wanted : radios[0].value);
    box.hidden = false;
    box.addEventListener("change", (event) => {
      choose(event.target.value);
      history.replaceState(null, "", "#seed=" + event.target.value);
    });
  }

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

  function filter() {
    const box = one("[data-filter]");
    const list = one("[data-filtered]");
    if (!box || !list) return;
    const field = one("input", box);
    const status = one("[role=status]", box);
    const items = all("[data-words]", list);
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const words = items.map((item) => plain(item.dataset.words));
    const apply = () => {
      const wanted = plain(field.value).split(/\s+/).filter(Boolean);
      let count = 0;
      items.forEach((item, index) => {
        item.hidden = !wanted.every((word) => words[index].includes(word));
        if (!item.hidden) count += 1;
      });
      for (const group of all(".choices", list)) group.hidden = !one("li:not([hidden])", group);
      status.textContent = wanted.length ? `${count} of ${items.length}` : "";
    };
    const start = new URLSearchParams(location.hash.slice(1)).get("q");
    if (start) field.value = start;
    box.hidden = false;
    field.addEventListener("input", () => {
      apply();
      if (location.pathname.endsWith("search/index.html")) history.replaceState(null, "", field.value ? "#q=" + encodeURIComponent(field.value) : "#");
    });
    apply();
    const random = one("[data-random]", box);
    if (random) random.addEventListener("click", () => {
      const links = all("li:not([hidden]) a", list);
      if (links.length) location.href = links[Math.floor(Math.random() * links.length)].href;
    });
  }

  // Two to four pictures under one zoom.
  function compare() {
    const bench = one("[data-compare]");
    if (!bench) return;
    const panes = one(".panes", bench);
    const note = one(".bench-note", bench);
    const boxes = all(".choices input");
    const zoom = one("#zoom"), split = one("#split");
    const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let chosen = location.hash.slice(1).split(",").filter((id) => boxes.some((box) => box.value === id)).slice(0, 4);
    let view = { scale: 1, x: 0, y: 0 };
    let timer = 0;
    const mode = () => one("input[name=mode]:checked", bench).value;
    const facts = (id) => {
      const box = boxes.find((b) => b.value === id);
      return { full: box.dataset.full, label: one("label span", box.parentElement).textContent, url: one("a", box.parentElement).getAttribute("href") };
    };
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
      history.replaceState(null, "", chosen.length ? "#" + chosen.join(",") : location.pathname.split("/").pop() || "index.html");
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

  // A rating form: one word a screen, answers kept in this browser, saved as a file at the end.
  function study() {
    const root = one("[data-study]");
    if (!root) return;
    const key = "vitrine-study:" + root.dataset.study + ":" + location.pathname;
    const form = one("form", root);
    const trials = all(".trial", root);
    const start = one(".study-start", root), end = one(".study-end", root), progress = one(".study-progress", root);
    const random = (state) => () => {
      // mulberry32: enough for an order, and the same after a reload.
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    const shuffle = (list, next) => {
      const result = [...list];
      for (let i = result.length - 1; i > 0; i -= 1) {
        const j = Math.floor(next() * (i + 1));
        [result[i], result[j]] = [result[j], result[i]];
      }
      return result;
    };
    const fresh = () => {
      const numbers = crypto.getRandomValues(new Uint32Array(5));
      return { participant: [...numbers.slice(1)].map((n) => n.toString(16).padStart(8, "0")).join(""), seed: numbers[0], at: -1, started: null, answers: {} };
    };
    let state;
    try { state = JSON.parse(store.get(key)) || fresh(); } catch { state = fresh(); }
    if (!state.answers || !Number.isInteger(state.at)) state = fresh();
    const next = random(state.seed);
    const order = shuffle(trials, next);
    for (const trial of order) {
      const box = one(".stimuli", trial);
      shuffle(all("fieldset", box), next).forEach((set, index) => {
        const letter = String.fromCharCode(65 + index);
        set.dataset.position = index + 1;
        one("legend", set).textContent = "Picture " + letter;
        one("img", set).alt = "Picture " + letter;
        box.append(set);
      });
      form.append(trial);
    }
    const save = () => {
      if (!store.set(key, JSON.stringify(state))) one("[role=status]", progress).textContent = "This browser keeps nothing: finish without reloading.";
    };
    let shown = 0, away = 0, hiddenAt = 0;
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) hiddenAt = performance.now();
      else if (hiddenAt) { away += performance.now() - hiddenAt; hiddenAt = 0; }
    });
    const open = (trial) => all("fieldset", trial).find((set) => !one("input:checked", set));
    const mark = (trial) => {
      const active = open(trial);
      all("fieldset", trial).forEach((set) => set.classList.toggle("active", set === active));
    };
    const go = (index, focus = true) => {
      state.at = index;
      save();
      const running = index >= 0 && index < order.length;
      start.hidden = index !== -1;
      end.hidden = index < order.length;
      progress.hidden = !running;
      order.forEach((trial, i) => { trial.hidden = i !== index; });
      if (running) {
        const trial = order[index];
        one("progress", progress).value = index;
        one("[role=status]", progress).textContent = `${index + 1} of ${order.length}`;
        one("[data-back]", trial).hidden = index === 0;
        one(".study-step", trial).hidden = false;
        all("img", trial).concat(order[index + 1] ? all("img", order[index + 1]) : []).forEach((image) => { image.loading = "eager"; });
        mark(trial);
        away = 0;
        requestAnimationFrame(() => requestAnimationFrame((time) => { shown = time; }));
        if (focus) one("h2", trial).focus();
      }
      if (index >= order.length) {
        one("[data-save]", root).href = URL.createObjectURL(new Blob([answers()], { type: "application/json" }));
        if (focus) one("h2", end).focus();
      }
    };
    const answers = () => JSON.stringify({
      study: root.dataset.study, participant: state.participant, started_at: state.started,
      saved_at: new Date().toISOString(), order_seed: state.seed,
      answers: order.flatMap((trial, index) => all("fieldset", trial).flatMap((set) => {
        const answer = state.answers[set.dataset.picture + "/" + trial.dataset.trial];
        return answer ? [{ trial_index: index + 1, trial_id: trial.id, word: trial.dataset.word, picture: set.dataset.picture, position: Number(set.dataset.position), ...answer }] : [];
      })),
    }, null, 2) + "\n";
    for (const [index, trial] of order.entries()) {
      for (const set of all("fieldset", trial)) {
        const id = set.dataset.picture + "/" + trial.dataset.trial;
        const kept = state.answers[id];
        if (kept) one(`input[value="${kept.value}"]`, set).checked = true;
        set.addEventListener("change", (event) => {
          const before = state.answers[id];
          state.answers[id] = {
            value: Number(event.target.value), rt_ms: Math.round(performance.now() - shown), away_ms: Math.round(away),
            answered_at: new Date().toISOString(), attempt: (before ? before.attempt : 0) + 1, viewport: `${innerWidth}x${innerHeight}`,
          };
          save();
          mark(trial);
          one(".study-step [role=status]", trial).textContent = "";
        });
      }
      one("[data-back]", trial).addEventListener("click", () => go(index - 1));
      one("[data-forward]", trial).addEventListener("click", () => {
        const left = open(trial);
        if (!left) { go(index + 1); return; }
        one(".study-step [role=status]", trial).textContent = one("legend", left).textContent + " has no answer yet.";
        one("input", left).focus();
      });
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    // Number keys answer the first open picture, or the one that has the focus; Enter goes on.
    document.addEventListener("keydown", (event) => {
      const trial = order[state.at];
      if (!trial || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Enter" && !event.target.closest("button, a, summary")) {
        event.preventDefault();
        one("[data-forward]", trial).click();
      }
      if (!/^[1-5]$/.test(event.key)) return;
      const set = open(trial) || event.target.closest("fieldset");
      if (set) one(`input[value="${event.key}"]`, set).click();
    });
    one("[data-start]", root).addEventListener("click", () => { state.started = new Date().toISOString(); go(0); });
    one("[data-back]", end).addEventListener("click", () => go(order.length - 1));
    one("[data-again]", end).addEventListener("click", () => {
      if (confirm("Delete all answers of this study from this browser?")) { store.remove(key); location.reload(); }
    });
    go(Math.min(state.at, order.length), false);
  }

  // Before anything is painted; the rest when the page is there.
  const saved = store.get("vitrine-theme");
  if (saved === "dark" || saved === "light") document.documentElement.dataset.theme = saved;
  document.addEventListener("DOMContentLoaded", () => {
    for (const part of [theme, seeds, film, transparency, filter, compare, study]) part();
  });
})();
