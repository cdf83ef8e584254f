// Opens every kind of page of a built site in headless Chromium, from file://, and reports what a visitor would
// stumble over: console errors, refused requests, pictures that don't load, pages wider than the screen.
// Then it walks through what needs a script: seeds, the way there, transparency, compare, search. Studies have a test of
// their own, study.mjs.
//
//   node tools/browser.mjs SITE [--axe axe.min.js] [--shots FOLDER] [--all]
//
// Exits with 1 on faults.
import { mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Browser, Page } from "./chromium.mjs";

const options = process.argv.slice(2);
const take = (name) => {
  const index = options.indexOf(name);
  return index < 0 ? undefined : options.splice(index, 2)[1];
};
const axeFile = take("--axe"), shots = take("--shots");
const everyPage = options.includes("--all");
const site = resolve(options.find((option) => !option.startsWith("--")) ?? "site");
const faults = [];
const fault = (where, what) => { faults.push(`${where}: ${what}`); };

/** All pages below a folder. */
function pagesBelow(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return pagesBelow(path);
    return name.endsWith(".html") ? [relative(site, path)] : [];
  });
}

/** The first two pages of each kind, by the class of their body. */
function samples() {
  const kinds = new Map();
  for (const path of pagesBelow(site)) {
    const kind = /<body class="([^"]*)"/.exec(readFileSync(join(site, path), "utf8"))?.[1] ?? "other";
    kinds.set(kind, [...(kinds.get(kind) ?? []), path]);
  }
  return [...kinds].flatMap(([kind, paths]) => (everyPage ? paths : paths.slice(0, 2)).map((path) => ({ kind, path })));
}

async function visit(page, path) {
  page.where = path + (page.label ? ` (${page.label})` : "");
  await page.go(pathToFileURL(join(site, path)).href);
}

async function inspect(page, { kind, path }, axe) {
  await visit(page, path);
  const found = await page.run(`
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    return {
      broken: [...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.src),
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      background: getComputedStyle(document.body).backgroundColor,
    };`);
  for (const source of found.broken) fault(page.where, "the picture doesn't load: " + source);
  if (found.wide > 1) fault(page.where, `wider than the screen by ${found.wide} pixels`);
  if (axe) await page.examine(axe);
  return kind;
}

/** What works only with a script. */
async function walk(page, pages) {
  const first = (kind, test = () => true) => pages.find((p) => p.kind === kind && test(readFileSync(join(site, p.path), "utf8")))?.path;
  await page.size(1280, 900, "light", true);

  const grid = first("class", (text) => text.includes("data-seeds"));
  if (grid) {
    await visit(page, grid);
    await page.expect("one seed at a time", `[...document.querySelectorAll(".cell:has([data-seeds-shown])")].every((cell) => cell.querySelectorAll(":scope > figure:not([hidden])").length === 1)`);
    await page.run(`document.querySelectorAll("[data-seeds] input")[1].click()`);
    await page.expect("the other seed after a click", `document.querySelector("[data-seeds-shown]:not([hidden])").dataset.seedsShown === document.querySelectorAll("[data-seeds] input")[1].value && location.hash.startsWith("#seed=")`);
  }
  const work = first("work", (text) => text.includes("data-film"));
  // A picture that the compare page doesn't offer.
  let other;
  if (work) {
    await visit(page, work);
    other = await page.run(`return /([0-9a-f]{20})\\.png/.exec(document.querySelector("[data-cutout]")?.dataset.cutout)?.[1]`);
    const last = await page.run(`return document.querySelector("[data-stage] img").src`);
    await page.run(`document.querySelector("#film-range").focus()`);
    await page.key("ArrowLeft");
    await page.expect("an earlier picture after the left arrow", `document.querySelector("[data-stage] img").src !== ${JSON.stringify(last)}`);
    await page.key("ArrowRight");
    await page.expect("the last picture after the right arrow", `document.querySelector("[data-stage] img").src === ${JSON.stringify(last)}`);
    if (await page.run(`return document.querySelector("[data-transparency]") !== null`)) {
      await page.run(`document.querySelector("[data-transparency]").click(); await document.querySelector("[data-stage] img").decode()`);
      await page.expect("the transparent picture", `document.querySelector("[data-stage]").classList.contains("clear") && document.querySelector("[data-stage] img").src !== ${JSON.stringify(last)}`);
    }
  }
  await page.size(1280, 900, "light", true);
  await visit(page, "compare/index.html");
  const count = await page.run(`const boxes = document.querySelectorAll(".choices input"); boxes[0]?.click(); boxes[1]?.click(); return boxes.length`);
  if (count > 1) {
    await page.expect("two panes", `document.querySelectorAll(".pane").length === 2 && location.hash.includes(",")`);
    await page.run(`const zoom = document.querySelector("#zoom"); zoom.value = 4; zoom.dispatchEvent(new Event("input"))`);
    await page.expect("one zoom for both", `new Set([...document.querySelectorAll(".window img")].map((i) => i.style.transform)).size === 1 && document.querySelector(".window img").style.transform.includes("scale(4)")`);
    for (const mode of ["slider", "difference", "flicker"]) {
      await page.run(`document.querySelector("input[value=${mode}]").click()`);
      await page.expect(`one pane with two pictures for ${mode}`, `document.querySelectorAll(".pane").length === 1 && document.querySelectorAll(".window img").length === 2`);
    }
    if (shots) { await page.run(`document.querySelector("input[value=side]").click()`); await page.shoot(join(shots, "compare-used.png")); }
    if (other) {
      await page.go("about:blank");
      await page.go(pathToFileURL(join(site, "compare/index.html")).href + `#${other}=A%20picture%2C%20<b>,not-a-name=x`);
      await page.run(`document.querySelectorAll(".choices input")[0].click(); await Promise.all([...document.querySelectorAll(".pane img")].map((i) => i.decode().catch(() => {})))`);
      await page.expect("a picture of another page beside one of this page", `document.querySelectorAll(".pane img").length === 2 && [...document.querySelectorAll(".pane img")].every((i) => i.naturalWidth > 0) && document.querySelector(".pane figcaption").textContent === "A picture, <b>"`);
      await page.expect("both in the address", `location.hash.startsWith("#${other}=A%20picture%2C%20") && location.hash.split(",").length === 2`);
      await page.run(`document.querySelector(".pane button").click()`);
      await page.expect("one picture less after its button", `document.querySelectorAll(".pane").length === 1 && !location.hash.includes("${other}")`);
    }
  }
  await visit(page, "search/index.html");
  await page.run(`const field = document.querySelector("#filter"); field.value = "vital"; field.dispatchEvent(new Event("input", { bubbles: true }))`);
  await page.expect("a shorter list after a search", `document.querySelector(".filter [role=status]").textContent.includes(" of ")`);
  const shown = "[...document.querySelectorAll('.entries li:not([hidden])')]";
  await page.run(`const kind = document.querySelector("select[name=kind]"); kind.value = "Pictures"; kind.dispatchEvent(new Event("input", { bubbles: true }))`);
  await page.expect("only pictures after a choice", `${shown}.length > 0 && ${shown}.every((item) => item.dataset.kind === "Pictures" && item.textContent.includes("VITAL"))`);
  await page.expect("the choice in the address", `location.hash === "#q=vital&kind=Pictures"`);
  const address = await page.run(`return location.href`);
  await page.go("about:blank");
  await page.go(address);
  await page.expect("the same list from the address", `document.querySelector("select[name=kind]").value === "Pictures" && ${shown}.every((item) => item.dataset.kind === "Pictures")`);
  await page.go("about:blank");
  await page.go(address.replace(/#.*/, "#kind=nothing"));
  await page.expect("everything where the address names no kind", `${shown}.length === document.querySelectorAll(".entries li").length`);
}

const browser = new Browser();
try {
  const page = await Page.open(browser, { fault });
  const axe = axeFile ? readFileSync(axeFile, "utf8") : undefined;
  const pages = samples();
  if (shots) mkdirSync(shots, { recursive: true });
  for (const width of [1280, 390]) {
    for (const theme of ["light", "dark"]) {
      await page.size(width, 900, theme, true);
      for (const sample of pages) {
        await inspect(page, sample, axe);
        if (shots) await page.shoot(join(shots, `${sample.kind}-${sample.path.replace(/\/index\.html$/, "").replaceAll("/", "_")}-${width}-${theme}.png`));
      }
    }
  }
  await page.size(1280, 900, "light", false);
  for (const sample of pages) {
    await visit(page, sample.path);
    await page.send("Emulation.setScriptExecutionDisabled", { value: false });
    await page.expect("a heading and words without scripts", `document.querySelector("h1").innerText.length > 0 && document.querySelector("main").innerText.length > 20`);
    await page.expect("no dead control without scripts", `[...document.querySelectorAll("main button, main input[type=range]")].filter((e) => e.form?.method !== "post").every((e) => e.offsetParent === null)`);
    await page.send("Emulation.setScriptExecutionDisabled", { value: true });
  }
  await page.size(1280, 900, "light", true);
  const before = faults.length;
  await walk(page, pages);
  console.log(`${pages.length} pages at 2 widths and in 2 themes, and without scripts; ${faults.length} faults${before === faults.length ? "" : " (some on the walk)"}`);
} catch (error) {
  fault("the test itself", error.stack);
} finally {
  await browser.close();
}
for (const line of [...new Set(faults)].slice(0, 60)) console.error(line);
process.exit(faults.length ? 1 : 0);
