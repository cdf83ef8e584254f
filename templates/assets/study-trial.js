// What a participant sees of a trial, what is answered in it, and by which keys.
"use strict";
(() => {
  const all = (selector, root) => [...root.querySelectorAll(selector)];
  const one = (selector, root) => root.querySelector(selector);
  const make = (tag, attributes, ...content) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.append(...content);
    return element;
  };
  // The words of the pages stand in the page, in the study's language.
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (tag, name) => values?.[name] ?? tag);
  const word = (key, values) => filled(one(`[data-word="${key}"]`, document).textContent, values);
  const letter = (index) => word("picture", { letter: String.fromCharCode(65 + index) });

  // The pictures of a trial and the fields for its answers. `ready` is when all pictures can be painted at once.
  function trial(part, task) {
    const waiting = [];
    const picture = (name, alt) => {
      const image = make("img", { alt, width: task.width, height: task.height, src: "stimuli/" + name });
      waiting.push(image.decode());
      return image;
    };
    const frame = (name, alt) => make("div", { className: "frame" }, picture(name, alt));
    const radio = (name, value, ...content) => make("label", {}, make("input", { type: "radio", name, value }), ...content);
    const set = (question, legend, className, ...content) => {
      const element = make("fieldset", { className }, make("legend", { textContent: legend }), ...content);
      element.dataset.question = question;
      return element;
    };
    const scale = (question, count) => {
      const labels = Array.from({ length: count }, (_, i) => radio(question, i + 1, make("span", { textContent: i + 1 })));
      const ends = make("p", { className: "ends", id: question + "-ends" },
        make("span", { textContent: "1 " + part.dataset.low }), make("span", { textContent: `${count} ${part.dataset.high}` }));
      return [make("div", { className: "scale" }, ...labels), ends];
    };
    const described = (element) => {
      element.setAttribute("aria-describedby", element.dataset.question + "-ends");
      return element;
    };
    const grid = (names, title, alt) => make("figure", { className: "grid-of" }, make("figcaption", { textContent: word(title) }),
      make("div", { className: "mosaic" }, ...names.map((name, i) => picture(name, word(alt, { n: i + 1 })))));
    const body = [];
    if (task.references?.length) {
      body.push(make("section", { className: "references" }, make("h3", { textContent: word("references") }),
        make("ul", { className: "naturals" }, ...task.references.map((name, i) => make("li", {}, picture(name, word("reference", { n: i + 1 })))))));
    }
    if (part.dataset.task === "rating") {
      body.push(make("div", { className: "stimuli" }, ...task.pictures.map((name, i) =>
        described(set(`rating-${i + 1}`, letter(i), "stimulus", frame(name, letter(i)), ...scale(`rating-${i + 1}`, 5))))));
    } else if (part.dataset.task === "word") {
      const field = make("input", { type: "text", name: "word", maxLength: 100, autocomplete: "off", spellcheck: false });
      const answer = make("p", { className: "word" }, make("label", {}, make("span", { textContent: word("yourWord") }), field));
      answer.dataset.question = "word";
      body.push(make("div", { className: "single" }, frame(task.pictures[0], letter(0)), answer));
    } else {
      const queries = task.queries.map((name, i) => radio("choice", i + 1, frame(name, letter(i)), make("span", { textContent: letter(i) })));
      body.push(make("div", { className: "choice" }, grid(task.opposites, "least", "leastPicture"),
        set("choice", word("yourChoice"), "queries", make("div", {}, ...queries)), grid(task.pictures, "most", "mostPicture"),
        described(set("confidence", word("confidence"), "confidence", ...scale("confidence", 3)))));
    }
    return { body, ready: Promise.all(waiting) };
  }

  const questions = (form) => all("[data-question]", form).map((box) => ({
    box, name: box.dataset.question, legend: one("legend, label span", box).textContent, fields: all("input", box),
    get value() {
      const field = this.fields.find((input) => input.type === "text" || input.checked);
      // What breaks lines or turns their direction can't be in a table of answers.
      return field ? field.value.normalize("NFC").replace(/[\p{Cc}\p{Cn}\p{Co}\p{Cs}\p{Z}\u202A-\u202E\u2066-\u2069]+/gu, " ").trim() : "";
    },
    set value(value) {
      for (const input of this.fields) if (input.type === "text") input.value = value; else input.checked = input.value === value;
    },
  }));
  const isRight = (right, value) => !right?.length || right.some((wanted) => wanted.toLowerCase() === value.toLowerCase());
  // For each wrong answer what would have been right, in words.
  const corrections = (form, right) => questions(form).filter(({ name, value }) => !isRight(right?.[name], value)).map(({ name, legend }) => {
    const values = right[name].map((value) => name === "choice" ? letter(value - 1) : value);
    return word("wouldBeRight", { name: legend, values: values.join(` ${word("or")} `) });
  });
  const open = (form) => questions(form).find((question) => !question.value);

  // Number keys answer the first open question, letters go to the word, Enter goes on.
  function keys(current) {
    document.addEventListener("keydown", (event) => {
      const form = current();
      if (!form || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest("details")) return;
      const writes = event.target.type === "text";
      if (event.key === "Enter") {
        if (event.target.closest("button, a")) return;
        event.preventDefault();
        if (!event.repeat) one("button:not([type])", form).click();
      } else if (/^[1-9]$/.test(event.key) && !writes && one("fieldset", form)) {
        const box = open(form)?.box ?? event.target.closest("fieldset");
        const input = box && all("input", box)[event.key - 1];
        if (!input) return;
        input.focus();
        input.click();
        (open(form)?.box ?? one("button:not([type])", form)).scrollIntoView({ block: "nearest" });
      } else if (event.key.length === 1 && event.key !== " " && !writes) one(".word input", form)?.focus();
    });
  }

  Object.assign(window.vitrine, { all, one, filled, word, trial, questions, open, isRight, corrections, keys });
})();
