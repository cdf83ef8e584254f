// Chromium for the tests of pages, driven through a pipe: no package, no port and no WebSocket.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Chromium at the other end of two pipes. */
export class Browser {
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
export class Page {
  /** `asks` says of an address whether the page may ask for it. */
  static async open(browser, { fault, asks = () => false }) {
    const page = new Page();
    Object.assign(page, { browser, fault, asks });
    const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
    page.target = targetId;
    page.session = (await browser.send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    page.where = "";
    page.loaded = () => {};
    browser.listeners.push((message) => { if (message.sessionId === page.session) page.note(message); });
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await page.send(`${domain}.enable`);
    return page;
  }

  send(method, params) { return this.browser.send(method, params, this.session); }

  note({ method, params }) {
    const wrong = (what) => this.fault(this.where, what);
    if (method === "Page.loadEventFired") this.loaded();
    if (method === "Runtime.exceptionThrown") wrong("exception " + (params.exceptionDetails.exception?.description ?? params.exceptionDetails.text));
    if (method === "Runtime.consoleAPICalled" && ["error", "warning"].includes(params.type)) wrong("console: " + params.args.map((a) => a.value ?? a.description).join(" "));
    if (method === "Log.entryAdded" && ["error", "warning"].includes(params.entry.level)) wrong(`${params.entry.source}: ${params.entry.text}`);
    if (method === "Network.requestWillBeSent" && !/^(file|blob|about):/.test(params.request.url) && !this.asks(params.request.url)) wrong("asks for " + params.request.url);
  }

  /** Waits until what is begun here has led to a loaded page. */
  async loading(work) {
    const done = new Promise((resolve) => { this.loaded = resolve; });
    await work();
    await done;
  }

  async go(address) {
    await this.loading(() => this.send("Page.navigate", { url: "about:blank" }));
    await this.loading(() => this.send("Page.navigate", { url: address }));
  }

  async run(expression) {
    const result = await this.send("Runtime.evaluate", { expression: `(async () => { ${expression} })()`, awaitPromise: true, returnByValue: true });
    if (result.exceptionDetails) throw new Error(`${this.where}: ${result.exceptionDetails.exception?.description}`);
    return result.result.value;
  }

  async expect(what, expression) {
    if (!(await this.run(`return Boolean(${expression})`))) this.fault(this.where, "expected: " + what);
  }

  async key(key, { shift = false } = {}) {
    const code = { Enter: 13, Tab: 9, ArrowLeft: 37, ArrowRight: 39 }[key] ?? (/^[a-z0-9 ]$/i.test(key) ? key.toUpperCase().charCodeAt(0) : 0);
    const text = key === "Enter" ? "\r" : key.length === 1 ? key : undefined;
    const press = { key, windowsVirtualKeyCode: code, modifiers: shift ? 8 : 0 };
    await this.send("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", text, ...press });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...press });
  }

  async size(width, height, theme, scripts) {
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    await this.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: theme }] });
    await this.send("Emulation.setScriptExecutionDisabled", { value: !scripts });
    this.label = `${width} px, ${theme}${scripts ? "" : ", no script"}`;
  }

  /** What axe finds wrong, `axe` being its source. */
  async examine(axe) {
    await this.run(axe + "; window.axe = axe ?? window.axe;");
    const violations = await this.run(`return (await axe.run(document, { resultTypes: ["violations"], preload: false })).violations
      .map((v) => v.id + ": " + v.help + " at " + v.nodes.slice(0, 3).map((n) => n.target.join(" ") + (n.any[0] ? " (" + n.any[0].message + ")" : "")).join("; "))`);
    for (const violation of violations) this.fault(this.where, "axe: " + violation);
  }

  async shoot(file) {
    const { cssContentSize } = await this.send("Page.getLayoutMetrics");
    const { data } = await this.send("Page.captureScreenshot", {
      captureBeyondViewport: true,
      clip: { x: 0, y: 0, width: cssContentSize.width, height: Math.min(cssContentSize.height, 6000), scale: 1 },
    });
    writeFileSync(file, Buffer.from(data, "base64"));
  }
}
