// Opens every kind of page of a built site in headless Chromium, from file://, and reports what a visitor would
// stumble over: console errors, refused requests, pictures that don't load, pages wider than the screen.
// Then it walks through what needs a script: seeds, the way there, transparency, compare, search, a study.
//
//   node tools/browser.mjs SITE [--axe axe.min.js] [--shots FOLDER] [--all]
//
// It talks to Chromium through a pipe, so it needs no package, no port and no WebSocket. Exits with 1 on faults.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

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

/** Chromium at the other end of two pipes. */
class Browser {
  constructor() {
    this.profile = mkdtempSync(join(tmpdir(), "vitrine-browser-"));
    this.process = spawn(process.env.CHROMIUM ?? "chromium", [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
      "--no-first-run", "--remote-debugging-pipe", `--user-data-dir=${this.profile}`, "about:blank",
    ], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.process.on("error", (error) => { console.error(`can't start chromium: ${error.message}`); process.exit(2); });
    this.number = 0;
    this.waiting = new Map();
    this.listeners = [];
    let rest = Buffer.alloc(0);
    this.process.stdio[4].on("data", (data) => {
      rest = Buffer.concat([rest, data]);
      for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
        this.receive(JSON.parse(rest.subarray(0, end).toString()));
        rest = rest.subarray(end + 1);
      }
    });
  }

  receive(message) {
    const waiting = this.waiting.get(message.id);
    if (waiting) {
      this.waiting.delete(message.id);
      if (message.error) waiting.reject(new Error(message.error.message)); else waiting.resolve(message.result);
      return;
    }
    for (const listener of this.listeners) listener(message);
  }

  send(method, params = {}, sessionId = undefined) {
    this.number += 1;
    const id = this.number;
    this.process.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
    return new Promise((resolve, reject) => { this.waiting.set(id, { resolve, reject }); });
  }

  async close() {
    const ended = new Promise((resolve) => { this.process.once("exit", resolve); });
    await this.send("Browser.close").catch(() => {});
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A page in the browser that notes everything that goes wrong in it. */
class Page {
  static async open(browser) {
    const page = new Page();
    page.browser = browser;
    const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
    page.session = (await browser.send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    page.where = "";
    page.loaded = () => {};
    browser.listeners.push((message) => { if (message.sessionId === page.session) page.note(message); });
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await page.send(`${domain}.enable`);
    return page;
  }

  send(method, params) { return this.browser.send(method, params, this.session); }

  note({ method, params }) {
    if (method === "Page.loadEventFired") this.loaded();
    if (method === "Runtime.exceptionThrown") fault(this.where, "exception " + (params.exceptionDetails.exception?.description ?? params.exceptionDetails.text));
    if (method === "Runtime.consoleAPICalled" && ["error", "warning"].includes(params.type)) fault(this.where, "console: " + params.args.map((a) => a.value ?? a.description).join(" "));
    if (method === "Log.entryAdded" && ["error", "warning"].includes(params.entry.level)) fault(this.where, `${params.entry.source}: ${params.entry.text}`);
    if (method === "Network.requestWillBeSent" && !/^(file|blob|about):/.test(params.request.url)) fault(this.where, "asks for " + params.request.url);
  }

  async go(path, hash = "") {
    this.where = path + (this.label ? ` (${this.label})` : "");
    const done = new Promise((resolve) => { this.loaded = resolve; });
    await this.send("Page.navigate", { url: "about:blank" });
    await done;
    const next = new Promise((resolve) => { this.loaded = resolve; });
    await this.send("Page.navigate", { url: pathToFileURL(join(site, path)).href + hash });
    await next;
  }

  async run(expression) {
    const result = await this.send("Runtime.evaluate", { expression: `(async () => { ${expression} })()`, awaitPromise: true, returnByValue: true });
    if (result.exceptionDetails) throw new Error(`${this.where}: ${result.exceptionDetails.exception?.description}`);
    return result.result.value;
  }

  async expect(what, expression) {
    if (!(await this.run(`return Boolean(${expression})`))) fault(this.where, "expected: " + what);
  }

  async key(key) {
    const code = { Enter: 13, ArrowLeft: 37, ArrowRight: 39 }[key] ?? key.charCodeAt(0);
    const text = key === "Enter" ? "\r" : key.length === 1 ? key : undefined;
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", key, windowsVirtualKeyCode: code, text });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", key, windowsVirtualKeyCode: code });
  }

  async size(width, height, theme, scripts) {
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    await this.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: theme }] });
    await this.send("Emulation.setScriptExecutionDisabled", { value: !scripts });
    this.label = `${width} px, ${theme}${scripts ? "" : ", no script"}`;
  }
}

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

async function inspect(page, { kind, path }, axe) {
  await page.go(path);
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
  if (axe) {
    await page.run(axe + "; window.axe = axe ?? window.axe;");
    const violations = await page.run(`return (await axe.run(document, { resultTypes: ["violations"], preload: false })).violations
      .map((v) => v.id + ": " + v.help + " at " + v.nodes.slice(0, 3).map((n) => n.target.join(" ") + (n.any[0] ? " (" + n.any[0].message + ")" : "")).join("; "))`);
    for (const violation of violations) fault(page.where, "axe: " + violation);
  }
  return kind;
}

async function shoot(page, name) {
  const { cssContentSize } = await page.send("Page.getLayoutMetrics");
  const { data } = await page.send("Page.captureScreenshot", {
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width: cssContentSize.width, height: Math.min(cssContentSize.height, 6000), scale: 1 },
  });
  writeFileSync(join(shots, name + ".png"), Buffer.from(data, "base64"));
}

/** What works only with a script. */
async function walk(page, pages) {
  const first = (kind, test = () => true) => pages.find((p) => p.kind === kind && test(readFileSync(join(site, p.path), "utf8")))?.path;
  await page.size(1280, 900, "light", true);

  const grid = first("class", (text) => text.includes("data-seeds"));
  if (grid) {
    await page.go(grid);
    await page.expect("one seed at a time", `[...document.querySelectorAll(".cell:has([data-seeds-shown])")].every((cell) => cell.querySelectorAll(":scope > figure:not([hidden])").length === 1)`);
    await page.run(`document.querySelectorAll("[data-seeds] input")[1].click()`);
    await page.expect("the other seed after a click", `document.querySelector("[data-seeds-shown]:not([hidden])").dataset.seedsShown === document.querySelectorAll("[data-seeds] input")[1].value && location.hash.startsWith("#seed=")`);
  }
  const work = first("work", (text) => text.includes("data-film"));
  if (work) {
    await page.go(work);
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
  await page.go("compare/index.html");
  const count = await page.run(`const boxes = document.querySelectorAll(".choices input"); boxes[0]?.click(); boxes[1]?.click(); return boxes.length`);
  if (count > 1) {
    await page.expect("two panes", `document.querySelectorAll(".pane").length === 2 && location.hash.includes(",")`);
    await page.run(`const zoom = document.querySelector("#zoom"); zoom.value = 4; zoom.dispatchEvent(new Event("input"))`);
    await page.expect("one zoom for both", `new Set([...document.querySelectorAll(".window img")].map((i) => i.style.transform)).size === 1 && document.querySelector(".window img").style.transform.includes("scale(4)")`);
    for (const mode of ["slider", "difference", "flicker"]) {
      await page.run(`document.querySelector("input[value=${mode}]").click()`);
      await page.expect(`one pane with two pictures for ${mode}`, `document.querySelectorAll(".pane").length === 1 && document.querySelectorAll(".window img").length === 2`);
    }
    if (shots) { await page.run(`document.querySelector("input[value=side]").click()`); await shoot(page, "compare-used"); }
  }
  await page.go("search/index.html");
  await page.run(`const field = document.querySelector("#filter"); field.value = "vital"; field.dispatchEvent(new Event("input"))`);
  await page.expect("a shorter list after a search", `document.querySelector(".filter [role=status]").textContent.includes(" of ")`);

  const study = first("study", (text) => text.includes("data-study"));
  if (study) await takePart(page, study);
}

/** Fills a study in by keyboard, with a reload in the middle, and reads the file that it would save. */
async function takePart(page, path) {
  await page.go(path);
  await page.run(`localStorage.clear(); location.reload()`);
  await page.go(path);
  await page.expect("no answer chosen at first", `document.querySelectorAll("input:checked").length === 0`);
  await page.run(`document.querySelector("[data-start]").click()`);
  const open = `document.querySelector(".trial:not([hidden])").querySelectorAll("fieldset").length`;
  const { trials, total, pictures } = await page.run(`return { trials: document.querySelectorAll(".trial").length, total: document.querySelectorAll(".trial fieldset").length, pictures: ${open} }`);
  await page.expect("one trial a screen", `document.querySelectorAll(".trial:not([hidden])").length === 1`);
  await page.key("Enter");
  await page.expect("no way on without answers", `document.querySelector(".trial:not([hidden]) .study-step [role=status]").textContent.includes("no answer")`);
  for (let index = 0; index < pictures; index += 1) await page.key(String(1 + (index % 5)));
  if (shots) await shoot(page, "study-trial");
  await page.key("Enter");
  await page.expect("the second trial", `${trials} < 2 || document.querySelector(".study-progress [role=status]").textContent.startsWith("2 of")`);
  await page.go(path);
  await page.expect("the second trial after a reload", `${trials} < 2 || document.querySelector(".study-progress [role=status]").textContent.startsWith("2 of")`);
  // The page's policy lets nobody read a blob back, so the file is caught where it is made.
  await page.run(`const make = URL.createObjectURL.bind(URL); URL.createObjectURL = (blob) => { window.savedFile = blob; return make(blob); };`);
  for (let trial = 1; trial < trials; trial += 1) {
    const count = await page.run(`return ${open}`);
    for (let index = 0; index < count; index += 1) await page.key("3");
    await page.key("Enter");
  }
  await page.expect("the end", `!document.querySelector(".study-end").hidden`);
  const saved = JSON.parse(await page.run("return await window.savedFile.text()"));
  if (saved.answers.length !== total) fault(page.where, `expected ${total} answers in the file, found ${saved.answers.length}`);
  if (saved.answers.some((answer) => !(answer.value >= 1 && answer.value <= 5) || !answer.picture || !answer.word)) fault(page.where, "an answer in the file is incomplete");
}

const browser = new Browser();
try {
  const page = await Page.open(browser);
  const axe = axeFile ? readFileSync(axeFile, "utf8") : undefined;
  const pages = samples();
  if (shots) mkdirSync(shots, { recursive: true });
  for (const width of [1280, 390]) {
    for (const theme of ["light", "dark"]) {
      await page.size(width, 900, theme, true);
      for (const sample of pages) {
        await inspect(page, sample, axe);
        if (shots) await shoot(page, `${sample.kind}-${sample.path.replace(/\/index\.html$/, "").replaceAll("/", "_")}-${width}-${theme}`);
      }
    }
  }
  await page.size(1280, 900, "light", false);
  for (const sample of pages) {
    await page.go(sample.path);
    await page.send("Emulation.setScriptExecutionDisabled", { value: false });
    await page.expect("a heading and words without scripts", `document.querySelector("h1").innerText.length > 0 && document.querySelector("main").innerText.length > 20`);
    await page.expect("no dead control without scripts", `[...document.querySelectorAll("main button, main input[type=range]")].every((e) => e.offsetParent === null)`);
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
