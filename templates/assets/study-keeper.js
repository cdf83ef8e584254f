// What a participant's browser keeps of a study, and how it gets to the collector: each answer is an event with its own
// identity, kept here until it is acknowledged.
"use strict";
(() => {
  const random = (count) => crypto.getRandomValues(new Uint8Array(count));
  const hexadecimal = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const identity = () => hexadecimal(random(8));
  // randomUUID is there in secure contexts only, and a study may be served without TLS within a laboratory.
  const eventID = () => crypto.randomUUID?.()
    ?? hexadecimal(random(16)).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-a$4-$5");
  // Twelve digits of Crockford's base 32, which has no letters that look like digits.
  const withdrawalCode = () => [...random(12)].map((byte) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[byte & 31]).join("").replace(/(.{4})(?=.)/g, "$1-");

  const waiting = "waiting", saved = "saved", refused = "refused";
  // What makes no sense to send again as it is. Other servers on the way may answer too; of theirs only "too large" counts.
  const isRefusal = ({ status, body }) => status === 413 || ([400, 403, 409, 415, 422].includes(status) && body.error !== undefined);

  // `study` has hash, collect (an address, or nothing), key (of the storage), gone (called when the answers were withdrawn); `changed` is called whenever something is
  // kept, saved or refused.
  function keeper(study, changed) {
    let state = { session: null, begun: false, step: 0, attempt: 1, answers: {}, draft: null, events: [] };
    let isKept = true;
    try { state = { ...state, ...JSON.parse(localStorage.getItem(study.key) ?? "{}") }; } catch { isKept = false; }
    let isForgotten = false;
    const save = () => {
      if (isForgotten) return;
      changed();
      try { localStorage.setItem(study.key, JSON.stringify(state)); isKept = true; } catch { isKept = false; }
    };
    const forget = () => {
      isForgotten = true;
      try { localStorage.removeItem(study.key); } catch { /* it is gone with the page */ }
    };
    const all = (fate) => state.events.filter((event) => event.fate === fate);

    // A request; status 0 if none of the collector's answers came.
    async function ask(step, body) {
      // Nothing follows on a withdrawal.
      if (isForgotten) return new Promise(() => {});
      const control = new AbortController();
      const timer = setTimeout(() => control.abort(), 20000);
      const headers = { "Content-Type": "application/json" };
      if (state.token) headers.Authorization = "Bearer " + state.token;
      try {
        const response = await fetch(`${study.collect}/${step}`, {
          method: "POST", headers, body: JSON.stringify({ study_hash: study.hash, ...body }), signal: control.signal,
          cache: "no-store", credentials: "omit",
        });
        if (response.status === 410) { forget(); study.gone(); return new Promise(() => {}); }
        return { status: response.status, after: Number(response.headers.get("Retry-After")) || 0, body: Object(await response.json().catch(() => null)) };
      } catch { return { status: 0, after: 0, body: {} }; } finally { clearTimeout(timer); }
    }

    // Waiting after failures, longer each time; a network that is back ends it.
    let failures = 0, pause = null, wake = () => {};
    const rest = (after) => pause ??= new Promise((resolve) => {
      const timer = setTimeout(() => wake(), 1000 * Math.max(after, Math.min(60, 2 ** failures) * (0.5 + Math.random() / 2)));
      failures += 1;
      wake = () => { clearTimeout(timer); pause = null; wake = () => {}; resolve(); };
    });
    addEventListener("online", () => { failures = 0; wake(); send(); });

    async function begin(row = state.link.row) {
      const { isTest, passed } = state.link;
      const answer = await ask("begin", { ...(row && { row }), ...(isTest && { test: true }), ...(Object.keys(passed).length && { passed }) });
      const { participant, token, session, withdrawal_code: code } = answer.body;
      if (answer.status === 201 && token) {
        Object.assign(state, { begun: true, participant, token, session, code, row: answer.body.row });
        save();
      }
      return answer;
    }
    // Whom the collector doesn't know any more begins anew with the same row; the answers stay.
    let renewing = null;
    const renew = (token) => renewing ??= (async () => {
      if (token !== state.token) return true;
      const answer = await begin(state.row);
      if (answer.status !== 201) return false;
      for (const event of state.events) { event.session = state.session; event.fate = waiting; }
      return true;
    })().finally(() => { renewing = null; });

    // At most three requests at once, so that one which is stuck doesn't hold up what comes after it.
    const underWay = new Set(), single = new Set();
    let requests = 0;
    async function send() {
      if (!state.token || requests >= 3 || pause) return;
      const free = all(waiting).filter((event) => !underWay.has(event));
      if (!free.length) return;
      // A batch that was refused goes one by one: one bad answer doesn't hold up the others.
      const alone = free.find((event) => single.has(event));
      const batch = alone ? [alone] : free.slice(0, 100);
      const token = state.token;
      requests += 1;
      for (const event of batch) underWay.add(event);
      send();
      const answer = await ask("events", { events: batch.map(({ fate, ...event }) => event) });
      requests -= 1;
      for (const event of batch) underWay.delete(event);
      const known = new Set((answer.body.events ?? []).map((event) => event.event_id));
      if (known.size) {
        failures = 0;
        for (const event of batch) if (known.has(event.event_id)) event.fate = saved;
      } else if (answer.status === 401 ? !(await renew(token)) : !isRefusal(answer)) {
        rest(answer.after).then(send);
      } else if (answer.status !== 401) {
        for (const event of batch) if (batch.length > 1) single.add(event); else event.fate = refused;
      }
      save();
      send();
    }

    return {
      state, save, ask, begin: () => begin(), renew, send, rest, isRefusal, wake: () => wake(),
      get isKept() { return isKept; },
      count: (fate) => all(fate).length,
      isFailing: () => failures > 0,
      // Goes on without a collector: the page makes what the collector would have.
      goAlone() {
        const row = state.link.row || 1 + Math.floor(Math.random() * study.rows);
        Object.assign(state, { begun: true, isAlone: true, participant: identity(), session: identity(), code: withdrawalCode(), row });
        save();
      },
      // A participant who comes back has a new session; until it is known, the last one goes on.
      async resume() {
        const token = state.token;
        if (state.isAlone) { state.session = identity(); return; }
        const answer = await ask("resume", {});
        if (answer.status === 200) state.session = answer.body.session;
        if (answer.status === 401) await renew(token);
        save();
        send();
      },
      // All begins anew: later answers have a higher attempt.
      restart() {
        Object.assign(state, { attempt: 1 + Math.max(0, ...state.events.map((event) => event.attempt)), step: 0, answers: {}, draft: null });
        save();
      },
      keep(trial, question, value, timing) {
        const answers = (state.answers[trial] ??= {});
        const attempt = Math.max(state.attempt, (answers[question]?.attempt ?? 0) + 1);
        answers[question] = { value, attempt };
        state.events.push({ fate: waiting, event_id: eventID(), session: state.session, trial_id: trial, question, value, attempt, ...timing });
        save();
      },
      // Deletes what was answered under a code. Who withdraws their own leaves nothing behind in the browser either.
      async withdraw(text) {
        const answer = await ask("withdraw", { study_hash: undefined, code: text });
        const digits = text.toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1").replace(/[^0-9A-Z]/g, "");
        if (answer.status === 200 && digits === state.code?.replaceAll("-", "")) forget();
        return answer;
      },
      // All is to be sent again: the collector misses what it had acknowledged.
      resend() { for (const event of all(saved)) event.fate = waiting; send(); },
      async file() {
        const code = new TextEncoder().encode(state.code);
        const withdrawal = crypto.subtle ? hexadecimal(new Uint8Array(await crypto.subtle.digest("SHA-256", code))) : window.vitrine.digest(code);
        return JSON.stringify({
          study_hash: study.hash, row: state.row, participant: state.participant, withdrawal_sha256: withdrawal,
          test: state.link.isTest, events: state.events.map(({ fate, ...event }) => event),
        }) + "\n";
      },
      forget,
    };
  }

  // Runs `work` when no other tab has the study open, and `wait` meanwhile.
  function inOneTab(key, work, wait) {
    let isMine = false;
    const mine = () => { isMine = true; work(); };
    setTimeout(() => { if (!isMine) wait(); }, 500);
    navigator.locks.request(key, () => { mine(); return new Promise(() => {}); }).catch((error) => { if (!isMine) mine(); else throw error; });
  }

  window.vitrine = { keeper, inOneTab, identity };
})();
