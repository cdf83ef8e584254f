// The page of a study.
"use strict";
(() => {
  const { all, one, store, add } = window.vitrine;

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

  add(study);
})();
