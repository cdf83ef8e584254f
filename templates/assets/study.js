// The way of a participant through a study, from the welcome to the thanks.
"use strict";
(() => {
  const { all, one, filled, word, trial, questions, open, isRight, corrections, keys, keeper, ending } = window.vitrine;
  const insecure = new URL("study-insecure.js", document.currentScript.src);
  const load = (src) => new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject }));
  });

  async function study() {
    const root = one("[data-study]", document), { hash, policy } = root.dataset;
    const link = new URLSearchParams(location.search), isTest = link.has("test"), row = Number(link.get("row")) || null;
    const passed = Object.fromEntries(root.dataset.passed.split(" ").filter((name) => link.get(name)).map((name) => [name, link.get(name)]));
    const collect = location.protocol === "file:" ? null : root.dataset.collect;
    // Another link is another participant, on the same device too.
    const key = ["vitrine", root.dataset.study, hash.slice(0, 12), isTest ? "test" : "", row ?? "", ...Object.values(passed)].join(":");
    const screen = (name) => one(`[data-screen="${name}"]`, root);
    const part = (name) => one(`[data-part="${name}"]`, root);
    const place = one("[data-place]", root), progress = one("progress", root);
    let kept, state, end, current, right, steps = [], isMoving = false;

    // What is saved, said at the foot of each screen. What is sent at once needn't be announced as waiting.
    let telling;
    function tell() {
      clearTimeout(telling);
      telling = setTimeout(() => {
        const n = kept.count("waiting");
        const text = state.isAlone ? "keptHere" : !n ? "allSaved" : n === 1 ? "oneWaits" : "manyWait";
        const isTrue = kept.isKept && state.events.length && (state.isAlone ? !state.finished : n || !kept.count("refused"));
        one("[data-kept]", root).textContent = isTrue ? word(text, { n }) : "";
        one("[data-forgetful]", root).hidden = kept.isKept;
      }, kept.isFailing() ? 0 : 1000);
    }
    const say = (text) => { const line = one("[data-say]", current); if (line) line.textContent = text; };

    // Time since the screen was painted, and how much of it the page was out of view.
    let shown, shownAt, away, leftAt = 0;
    const paint = () => { shown = performance.now(); shownAt = new Date().toISOString(); away = 0; };
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) leftAt = performance.now(); else away += performance.now() - leftAt;
    });
    const within = (time) => Math.min(86400000, Math.round(time));
    const timing = () => ({
      rt_ms: within(performance.now() - shown), shown_at: shownAt, answered_at: new Date().toISOString(),
      away_ms: within(away), viewport: `${innerWidth}x${innerHeight}`,
    });

    function show(next, focus = true) {
      current = next;
      for (const section of all("[data-screen]", root)) section.hidden = section !== next;
      root.classList.toggle("at-work", next !== screen("welcome"));
      progress.parentElement.hidden = !steps.length || !one("form", next);
      if (steps.length) progress.value = state.step / steps.length;
      place.textContent = "";
      say("");
      if (focus) { scrollTo({ top: 0, behavior: "instant" }); one("h2", next).focus({ preventScroll: true }); }
      paint();
      // The second frame is the first that is surely painted.
      requestAnimationFrame(() => requestAnimationFrame(paint));
    }
    function trouble(again) {
      show(screen("trouble"));
      const retry = (event) => { event.preventDefault(); if (current === screen("trouble")) again(); };
      one("form", current).onsubmit = retry;
      addEventListener("online", retry, { once: true });
    }

    // Steps are trials, or screens by their names. Pictures load further ahead than the next trial, so that nobody notices a
    // connection that is lost for a while.
    const prepared = new Map();
    const prepare = (step) => {
      if (!prepared.has(step)) {
        const made = trial(part(step.part), step);
        made.ready.catch(() => prepared.delete(step));
        prepared.set(step, made);
      }
      return prepared.get(step);
    };
    async function go(index) {
      const step = steps[index];
      if (step.id) try { await prepare(step).ready; } catch { return trouble(() => go(index)); }
      if (state.step !== index) state.draft = null;
      state.step = index;
      kept.save();
      if (step === "end") return end.save();
      if (step.id) fill(step, steps[index - 1]);
      show(step.id ? screen("trial") : step.intro ? part(step.intro) : screen(step));
      const own = steps.filter((other) => other.id && other.part === step.part && other.practice === step.practice);
      if (step.id) place.textContent = word("place", { n: own.indexOf(step) + 1, m: own.length });
      restore(step.id ?? step, !step.practice && step !== "comprehension");
      mark();
      for (const next of steps.slice(index + 1).filter((other) => other.id).slice(0, 3)) prepare(next);
    }
    const next = () => go(state.step + 1);

    function fill(step, before) {
      const section = screen("trial"), [start, ...rest] = part(step.part).dataset.asks.split("{word}");
      const shownWord = Object.assign(document.createElement("em"), { textContent: step.word ?? "" });
      one("h2", section).replaceChildren(start, ...(step.word ? [rest.length ? "" : " ", shownWord] : []), rest.join(""));
      section.dataset.trial = step.id;
      one(".study-keys", section).hidden = part(step.part).dataset.task === "word";
      one("[data-practice]", section).hidden = !step.practice;
      one("[data-back]", section).hidden = !before.id || before.practice;
      one("[data-body]", section).replaceChildren(...prepare(step).body);
      judge(null);
    }
    // Answers that were given before: on going back, and after a reload in the middle of a screen.
    function restore(id, withKept) {
      const draft = state.draft?.trial === id ? state.draft.answers : {};
      for (const question of questions(current)) {
        question.value = draft[question.name]?.value ?? (withKept && state.answers[id]?.[question.name]?.value) ?? "";
      }
    }
    const mark = () => {
      const first = open(current)?.box;
      for (const { box } of questions(current)) box.classList.toggle("active", box === first);
    };
    root.addEventListener("input", ({ target }) => {
      const step = steps[state?.step], box = target.closest("[data-question]");
      if (!box || !step) return;
      const id = step.id ?? step;
      if (state.draft?.trial !== id) state.draft = { trial: id, answers: {} };
      state.draft.answers[box.dataset.question] = { value: target.value, timing: timing() };
      kept.save();
      say("");
      mark();
    });
    // Keeps the answers of a screen that is left. The same answer again is none, unless it was asked for again.
    function keep(id, isAgain) {
      for (const { name, value } of questions(current)) {
        const draft = state.draft?.trial === id && state.draft.answers[name];
        if (value && draft && (isAgain || state.answers[id]?.[name]?.value !== value)) kept.keep(id, name, value, draft.timing);
      }
      state.draft = null;
      kept.send();
    }
    function isComplete() {
      const missing = open(current);
      if (!missing) return true;
      say(missing.fields[0].type === "text" ? word("wordMissing") : word("missing", { name: missing.legend }));
      missing.fields[0].focus();
      return false;
    }
    // Practice says what would have been right.
    function judge(wrong, isAgain) {
      const section = screen("trial"), line = one("[data-feedback]", section), button = one("[data-next]", section);
      section.dataset.judged = !wrong ? "" : isAgain ? "again" : "on";
      line.hidden = !wrong;
      button.textContent = word(!wrong ? "next" : isAgain ? "tryAgain" : "goOn");
      for (const { fields } of questions(section)) for (const field of fields) field.disabled = Boolean(wrong);
      if (!wrong) return;
      line.textContent = (wrong.length ? [word("wrong"), ...wrong, isAgain ? word("once") : ""] : [word("right")]).join(" ");
      button.focus();
    }

    const submits = {
      async welcome() {
        const box = one("[name=consent]", current);
        if (!box.checked) { say(word("agreeFirst")); box.focus(); return; }
        const read = timing();
        if (!state.begun && !(await begin())) return;
        kept.keep("consent", "consent", root.dataset.consent, read);
        kept.send();
        await enter();
      },
      instructions: next,
      comprehension() {
        if (!isComplete()) return;
        const isPassed = questions(current).every(({ name, value }) => isRight(right.comprehension?.[name], value));
        keep("comprehension", true);
        one("[data-again]", root).hidden = isPassed;
        return isPassed ? next() : go(0);
      },
      part: next,
      trial() {
        const step = steps[state.step], { judged } = current.dataset;
        if (judged) return judged === "again" ? go(state.step) : next();
        if (!isComplete()) return;
        const wrong = corrections(current, step.right);
        keep(step.id, step.practice);
        if (!step.practice || !step.right) return next();
        judge(wrong, wrong.length > 0 && step.mustBeRight);
      },
      demographics() { keep("demographics"); return next(); },
    };

    // Begins at the collector. Where it can't be reached, it is tried again, and the participant may go on without it.
    async function begin() {
      const alone = one("[data-alone]", current);
      let isAlone = !collect;
      alone.onclick = () => { isAlone = true; kept.wake(); };
      while (!isAlone && !state.begun) {
        say(word(alone.hidden ? "connecting" : "unreachable"));
        const answer = await kept.begin(), { name, reason } = answer.body.error ?? {};
        if (kept.isRefusal(answer)) {
          say(name === "conflict" ? word("changed") : word("cannotBegin", { reason: reason ?? answer.status }));
          return false;
        }
        if (state.begun) break;
        alone.hidden = false;
        say(word("unreachable"));
        await kept.rest(answer.after);
      }
      if (!state.begun) kept.goAlone();
      return true;
    }
    // The participant's row is a script beside the page, for pages from file:// can't ask for data.
    async function enter() {
      let trials;
      window.vitrineStudy = (data) => { ({ right, trials } = data); };
      try { await load(`rows/${state.row}.js`); } catch { return trouble(enter); }
      steps = ["instructions", screen("comprehension") && "comprehension"];
      for (const section of all("[data-part]", root)) {
        const own = trials.filter((step) => step.part === section.dataset.part), practice = own.filter((step) => step.practice).length;
        for (const [name, n] of [["[data-length]", own.length - practice], ["[data-practice]", practice]]) {
          const line = one(name, section);
          line.textContent = filled(line.textContent, { n });
          line.hidden = !n;
        }
        steps.push(own.length && { intro: section.dataset.part }, ...own);
      }
      steps = [...steps, screen("demographics") && "demographics", "end"].filter(Boolean);
      await go(state.isOver ? steps.length - 1 : state.step);
    }
    // Where a participant comes in: at the welcome, or where they were.
    async function start() {
      kept.send();
      if (state.finished) return end.thank();
      if (state.begun && (state.isOver || policy === "resume")) { kept.resume(); return enter(); }
      if (state.begun && policy === "block") return show(screen("blocked"));
      if (state.begun) { kept.resume(); kept.restart(); }
      one("form", screen("welcome")).hidden = false;
    }

    async function withdraw(form, code) {
      const line = one("[data-answer]", form);
      line.textContent = word("connecting");
      const { status } = await kept.withdraw(code);
      if (status === 200) return show(screen("withdrawn"));
      line.textContent = status === 404 ? `${word("wrong")} ${word("tryAgain")}` : word("loadFailed");
    }

    const move = async (work) => {
      if (isMoving) return;
      isMoving = true;
      try { await work?.(); } finally { isMoving = false; }
    };
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      const { code } = event.target.elements;
      move(code ? () => withdraw(event.target, code.value) : submits[current.dataset.screen]);
    });
    one("[data-back]", root).addEventListener("click", () => move(() => go(state.step - 1)));
    keys(() => current && one("form:not([data-withdraw])", current));

    one("[data-test]", root).hidden = !isTest;
    for (const box of all(".withdraw", root)) box.hidden = !collect;
    const parts = all("[data-part]", root);
    for (const [index, section] of parts.entries()) {
      const asks = one("[data-asks]", section), number = one("[data-number]", section);
      section.dataset.asks = asks.textContent;
      asks.textContent = filled(asks.textContent, { word: "…" });
      number.textContent = filled(number.textContent, { n: index + 1, m: parts.length });
    }
    if (!isSecureContext) await load(insecure);
    window.vitrine.inOneTab(key, () => {
      kept = keeper({ key, hash, collect, rows: Number(root.dataset.rows), gone: () => show(screen("withdrawn")) }, tell);
      ({ state } = kept);
      state.link ??= { row, isTest, passed };
      end = ending({ root, kept, show });
      show(screen("welcome"), false);
      start();
    }, () => show(screen("elsewhere")));
  }

  document.addEventListener("DOMContentLoaded", study);
})();
