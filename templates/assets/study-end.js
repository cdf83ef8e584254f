// The end of a study: everything is saved, or leaves the browser as a file.
"use strict";
(() => {
  const { one, word } = window.vitrine;

  // `show` puts a screen in place of the one before.
  window.vitrine.ending = ({ root, kept, show }) => {
    const { state } = kept;
    const { study, postTo, policy } = root.dataset;
    const screen = (name) => one(`[data-screen="${name}"]`, root);

    async function offerFile(section, text) {
      const line = one("[data-trouble]", section), button = one("[data-file]", section);
      if (text) line.textContent = text;
      line.hidden = false;
      button.download = `${study}-${state.participant}.json`;
      button.href = URL.createObjectURL(new Blob([await kept.file()], { type: "application/json" }));
      button.hidden = false;
    }
    function showCodes(section) {
      for (const [place, text] of [["[data-withdrawal]", state.code], ["[data-completion]", state.completion?.code]]) {
        one(place, section).hidden = !text;
        one(place + " dd", section).textContent = text ?? "";
      }
    }

    // Everything is sent, then the collector is told. Whoever doesn't want to wait for that can take the file along.
    async function save() {
      if (state.isAlone) return thank();
      state.isOver = true;
      const section = screen("saving");
      show(section);
      setTimeout(() => { if (!state.finished) { offerFile(section); showCodes(section); } }, 10000);
      for (let isFirst = true; ; isFirst = false) {
        while (kept.count("waiting")) await new Promise((resolve) => { kept.send(); setTimeout(resolve, 200); });
        const token = state.token;
        const answer = await kept.ask("finish", {});
        if ("completion_code" in answer.body) {
          state.completion = { code: answer.body.completion_code, address: answer.body.address };
          return thank();
        }
        // What was saved and is missing now is sent once more; then only the file is left.
        if (answer.status === 409 && isFirst) kept.resend();
        else if (kept.isRefusal(answer)) return thank();
        else if (answer.status !== 401 || !(await kept.renew(token))) await kept.rest(answer.after);
      }
    }

    async function thank() {
      state.finished = true;
      kept.save();
      const section = screen("thanks"), refused = kept.count("refused"), onward = one("[data-onward]", section), other = one("[data-other]", section);
      const address = state.completion?.address;
      showCodes(section);
      onward.hidden = !/^https?:/.test(address);
      one("a", onward).href = address;
      other.hidden = policy === "block";
      one("button", other).onclick = () => { kept.forget(); location.reload(); };
      show(section);
      if (!state.isAlone && state.completion && !refused) return;
      await offerFile(section, !state.isAlone && word("refused", { n: refused }));
      if (!state.isAlone || !postTo) return;
      const body = await kept.file();
      state.isPosted ||= await fetch(postTo, { method: "POST", headers: { "Content-Type": "application/json" }, body }).then((answer) => answer.ok, () => false);
      kept.save();
      one("[data-trouble]", section).textContent = word(state.isPosted ? "posted" : "postFailed");
    }

    return { save, thank };
  };
})();
