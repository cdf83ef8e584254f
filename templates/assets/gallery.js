// Comfort for visitors: theme, seeds, filters. Pages are complete without it; what needs it is hidden until it runs.
// Other scripts share `vitrine`, as modules don't load from file://.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
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
      for (const work of all("[data-seeds-shown]")) work.hidden = !work.dataset.seedsShown.split(" ").includes(seed);
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

  function filter() {
    const box = one("[data-filter]");
    const list = one("[data-filtered]");
    if (!box || !list) return;
    const field = one("input", box);
    const status = one("[role=status]", box);
    const choices = all("select", box);
    const items = all("[data-words]", list);
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const words = items.map((item) => plain(item.dataset.words));
    const apply = () => {
      const wanted = plain(field.value).split(/\s+/).filter(Boolean);
      const chosen = choices.filter((choice) => choice.value);
      let count = 0;
      items.forEach((item, index) => {
        item.hidden = !wanted.every((word) => words[index].includes(word)) || !chosen.every((choice) => item.dataset[choice.name] === choice.value);
        if (!item.hidden) count += 1;
      });
      for (const group of all(".choices", list)) group.hidden = !one("li:not([hidden])", group);
      status.textContent = wanted.length || chosen.length ? `${count} of ${items.length}` : "";
    };
    // The address tells what is shown, so that a link leads to it.
    const state = new URLSearchParams(location.hash.slice(1));
    const keep = () => {
      if (!location.pathname.endsWith("search/index.html")) return;
      const fields = [["q", field.value], ...choices.map((choice) => [choice.name, choice.value])];
      history.replaceState(null, "", "#" + new URLSearchParams(fields.filter(([, value]) => value)));
    };
    if (state.get("q")) field.value = state.get("q");
    for (const choice of choices) {
      choice.value = state.get(choice.name) ?? "";
      if (choice.selectedIndex < 0) choice.value = "";
    }
    box.hidden = false;
    box.addEventListener("input", () => { apply(); keep(); });
    apply();
    const random = one("[data-random]", box);
    if (random) random.addEventListener("click", () => {
      const links = all("li:not([hidden]) a", list);
      if (links.length) location.href = links[Math.floor(Math.random() * links.length)].href;
    });
  }

  // A drawing that is wider than the window is seen from its middle, where its root is.
  function drawings() {
    for (const box of all(".drawing")) box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2;
  }

  // Before anything is painted; the rest when the page is there.
  const saved = store.get("vitrine-theme");
  if (saved === "dark" || saved === "light") document.documentElement.dataset.theme = saved;
  const parts = [theme, seeds, filter, drawings];
  document.addEventListener("DOMContentLoaded", () => { for (const part of parts) part(); });
  window.vitrine = { all, one, store, add: (part) => parts.push(part) };
})();
