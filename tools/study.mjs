// Takes part in a study by keyboard alone, in headless Chromium, from the welcome to the thanks.
//
//   node tools/study.mjs ADDRESS [options]      ADDRESS is a study's page: http://…/studies/pilot/ or a file
//
//   --pressed FILE     what was answered, as JSON Lines: trial_id, question, value, attempt
//   --saved FILE       where a study without a collector saves its answers
//   --post PORT        listens there for the file that such a study posts in the end
//   --restart COMMAND  run in the middle, to restart the collector; the page must get over it
//   --withdraw         withdraws in the end, from the welcome of the next participant
//   --no-script        takes part through the plain forms
//   --axe FILE         axe.min.js; examines each kind of screen at two widths and in both themes; none may be wider than
//                      320 pixels either
//   --shots FOLDER     screenshots of the same
//   --seed NUMBER      another seed, other answers
//
// On the way it answers a question about the instructions wrongly, reloads the page in the middle of a trial, opens a second
// tab, loses the connection, and goes back to change an answer. In a study that doesn't let people resume it comes back once and
// begins anew, or isn't let in. Exits with 1 on faults.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Browser, Page } from "./chromium.mjs";

const options = process.argv.slice(2);
const take = (name) => {
  const index = options.indexOf(name);
  return index < 0 ? undefined : options.splice(index, 2)[1];
};
const pressedFile = take("--pressed"), savedFile = take("--saved"), restart = take("--restart");
const postPort = Number(take("--post") ?? 0), axeFile = take("--axe"), shots = take("--shots"), seed = Number(take("--seed") ?? 1);
const plain = options.includes("--no-script");
const given = options.find((option) => !option.startsWith("--"));
if (!given) { console.error("usage: node tools/study.mjs ADDRESS [options]; see the head of the file"); process.exit(2); }
const address = /^https?:/.test(given) ? given : pathToFileURL(resolve(given)).href;
const isLocal = address.startsWith("file:");
const axe = axeFile ? readFileSync(axeFile, "utf8") : undefined;
if (shots) mkdirSync(shots, { recursive: true });

const faults = [];
// While the connection is lost on purpose, the browser says so.
let isLossMeant = false;
const fault = (where, what) => {
  if (isLossMeant && /net::ERR|status of (401|404|50\d)/.test(what)) return;
  faults.push(`${where}: ${what}`);
};
const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// mulberry32, so that a seed gives the same answers again.
let state = seed;
const random = (below) => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
};

const pressed = [];
// Who begins anew has later attempts than all before.
let firstAttempt = 1;
const note = (trial, question, value) => {
  const earlier = pressed.filter((other) => other.trial_id === trial && other.question === question);
  const attempt = Math.max(firstAttempt, ...earlier.map((other) => other.attempt + 1));
  pressed.push({ trial_id: trial, question, value, attempt });
};

// What the page posted to an address of the researcher's.
const posted = [];
const receiver = postPort && createServer((request, response) => {
  const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "Content-Type" };
  let body = "";
  request.setEncoding("utf8").on("data", (text) => { body += text; }).on("end", () => {
    if (request.method === "POST") posted.push(body);
    response.writeHead(204, headers).end();
  });
}).listen(postPort, "127.0.0.1");

/** What is on the screen, as far as a participant has to know it. */
const look = (page) => page.run(`
  const screen = document.querySelector("[data-screen]:not([hidden])");
  const boxes = [...(screen?.querySelectorAll("[data-question]") ?? [])];
  return {
    name: screen?.dataset.screen, task: document.querySelector(".word") && "word" || document.querySelector(".queries") && "choice" || "rating",
    trial: screen?.dataset.trial, isPractice: Boolean(screen?.querySelector("[data-practice]:not([hidden])")),
    isJudged: Boolean(screen?.querySelector("[data-feedback]:not([hidden])")),
    heading: screen?.querySelector("h2")?.textContent ?? document.querySelector("h1")?.textContent,
    hasFocus: document.activeElement === screen?.querySelector("h2"),
    canGoBack: Boolean(screen?.querySelector("[data-back]:not([hidden])")),
    kept: document.querySelector("[data-kept]").textContent,
    questions: boxes.map((box) => ({
      name: box.dataset.question, count: box.querySelectorAll("input[type=radio]").length,
      values: [...box.querySelectorAll("input")].map((input) => input.value),
      chosen: box.querySelector("input:checked")?.value ?? box.querySelector("input[type=text]")?.value ?? null,
    })),
  };`);

/** Waits until the screen is another one, or `isThere` holds. */
async function until(page, what, isThere, seconds = 30) {
  for (let tries = 0; tries < seconds * 20; tries += 1) {
    const found = await look(page);
    if (isThere(found)) return found;
    await sleep(50);
  }
  throw new Error(`waited ${seconds} s for: ${what}; on the screen is ${JSON.stringify(await look(page))}`);
}

/** Goes to an element by the tabulator. */
async function tabTo(page, selector, { shift = false } = {}) {
  for (let tries = 0; tries < 80; tries += 1) {
    if (await page.run(`return document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`)) return;
    await page.key("Tab", { shift });
  }
  fault(page.where, `the tabulator doesn't get to ${selector}`);
}

const examined = new Set();
/** Examines and photographs a kind of screen once. */
async function examine(page, kind) {
  if (examined.has(kind) || (!axe && !shots)) return;
  examined.add(kind);
  // What is under way ends first; the line about it must be examined too.
  await sleep(1200);
  for (const [width, height] of [[1280, 800], [390, 844], [320, 640]]) {
    for (const theme of ["light", "dark"]) {
      await page.size(width, height, theme, !plain);
      page.where = `${kind} (${page.label})`;
      await sleep(100);
      if (axe && width > 320) {
        // axe needs scripts to run; the page's own have had their turn.
        await page.send("Emulation.setScriptExecutionDisabled", { value: false });
        await page.examine(axe);
        await page.send("Emulation.setScriptExecutionDisabled", { value: plain });
      }
      const wide = await page.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
      if (wide > 1) fault(page.where, `wider than the screen by ${wide} pixels`);
      if (shots) await page.shoot(join(shots, `${kind}-${width}-${theme}.png`));
    }
  }
  await page.size(1280, 800, "light", !plain);
  page.where = kind;
}

async function type(page, text) { for (const letter of text) await page.key(letter); }

/** Answers the questions of a screen and tells what was answered. */
async function answer(page, screen) {
  const answers = {};
  for (const question of screen.questions) {
    if (question.count === 0) {
      const text = ["zebra", "a red fruit", "don't know", "crème brûlée"][random(4)];
      await type(page, text);
      answers[question.name] = text;
      continue;
    }
    const digit = 1 + random(question.count);
    await page.key(String(digit));
    let chosen = digit - 1;
    // Now and then another answer by the arrow, as the browser does it.
    if (random(4) === 0) {
      await page.key("ArrowRight");
      chosen = (chosen + 1) % question.count;
    }
    answers[question.name] = question.values[chosen];
  }
  return answers;
}
const noteAll = (trial, answers) => { for (const [question, value] of Object.entries(answers)) note(trial, question, value); };

/** What happens on the way beside answering, each once, at the first trial that suits. */
const incidents = new Set(["incomplete", "reload", "back", "tab", "offline", ...(restart ? ["restart"] : [])]);
const isDue = (name, suits = true) => suits && incidents.delete(name);

async function reload(page) { await page.loading(() => page.send("Page.reload")); }
const offline = (page, isOffline) =>
  page.send("Network.emulateNetworkConditions", { offline: isOffline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });

async function trial(page, screen, { isDisturbed = true } = {}) {
  const mayDisturb = isDisturbed && !screen.isPractice;
  page.where = `trial ${screen.trial}`;
  if (!screen.hasFocus) fault(page.where, "the heading doesn't have the focus");
  if (screen.questions.some((question) => question.chosen)) fault(page.where, "an answer is chosen by default");
  await examine(page, screen.task + (screen.isPractice ? "-practice" : screen.questions.length > 0 && (await page.run(`return Boolean(document.querySelector(".references"))`)) ? "-references" : ""));
  if (isDue("incomplete", mayDisturb)) {
    await page.key("Enter");
    await page.expect("no way on without answers", `document.querySelector("[data-screen=trial] [data-say]").textContent.length > 0`);
    if ((await look(page)).trial !== screen.trial) fault(page.where, "went on without answers");
  }
  let from = 0, firsts = {};
  if (isDue("reload", mayDisturb)) {
    const first = screen.questions[0];
    firsts = await answer(page, { ...screen, questions: [first] });
    await reload(page);
    const again = await until(page, "the same trial after a reload", (found) => found.name === "trial");
    if (again.trial !== screen.trial || again.questions[0].chosen !== firsts[first.name]) fault(page.where, "a reload lost the place or the first answer");
    from = 1;
  }
  const answers = { ...firsts, ...(await answer(page, { ...screen, questions: screen.questions.slice(from) })) };
  if (screen.task === "rating") await examine(page, "rating-answered");
  noteAll(screen.trial, answers);
  await page.key("Enter");
  let next = await until(page, "the next screen", (found) => found.trial !== screen.trial || found.name !== "trial" || found.isJudged);
  if (next.isJudged) {
    const isWrong = await page.run(`return document.querySelector("[data-screen=trial]").dataset.judged === "again"`);
    await examine(page, `${screen.task}-feedback${isWrong ? "-again" : ""}`);
    await page.key("Enter");
    next = await until(page, "what follows the feedback", (found) => !found.isJudged);
  }
  if (isDue("back", mayDisturb && next.name === "trial" && next.canGoBack && next.trial !== screen.trial)) {
    await tabTo(page, "[data-back]");
    await page.key("Enter");
    const again = await until(page, "the trial before", (found) => found.trial === screen.trial);
    for (const { name, chosen } of again.questions) if (chosen !== answers[name]) fault(page.where, `shows ${chosen} for ${name} on going back instead of ${answers[name]}`);
    const { name, values, count } = again.questions[0];
    await tabTo(page, `[data-question="${name}"] input`);
    // The tabulator chooses all of a text, so that what is written takes its place.
    if (count === 0) await type(page, "something else"); else await page.key("ArrowRight");
    note(screen.trial, name, count === 0 ? "something else" : values[(values.indexOf(answers[name]) + 1) % count]);
    await page.key("Enter");
    next = await until(page, "the next trial again", (found) => found.trial === next.trial);
  }
  return next;
}

/** Answers while nothing can be sent, and sees that it is sent when the line is back. */
async function loseConnection(page, screen) {
  isLossMeant = true;
  await offline(page, true);
  for (let count = 0; count < 2 && screen.name === "trial" && !screen.isPractice; count += 1) screen = await trial(page, screen, { isDisturbed: false });
  const lost = await until(page, "to be told that answers wait", (found) => /\d/.test(found.kept) || found.name === "trouble", 10);
  await examine(page, lost.name === "trouble" ? "trouble" : "offline");
  await offline(page, false);
  if (lost.name === "trouble") await page.key("Enter");
  const back = await until(page, "all to be saved again", (found) => found.name !== "trouble" && found.kept && !/\d/.test(found.kept), 90);
  isLossMeant = false;
  return back;
}

/** A second tab must not answer beside the first. */
async function openSecond(browser, page) {
  const second = await Page.open(browser, { fault, asks: () => true });
  second.where = "second tab";
  await second.go(address);
  await until(second, "the second tab to say that another is open", (found) => found.name === "elsewhere");
  await examine(second, "elsewhere");
  await browser.send("Target.closeTarget", { targetId: second.target });
  await page.send("Page.bringToFront");
}

/** From the welcome to what follows on it, but not without consent. */
async function consent(page) {
  await until(page, "the welcome", (found) => found.name === "welcome");
  await examine(page, "welcome");
  await tabTo(page, "[name=consent]");
  await page.key("Enter");
  await page.expect("no way on without consent", `document.querySelector("[data-screen=welcome] [data-say]").textContent.length > 0`);
  await page.key(" ");
  await page.key("Enter");
  note("consent", "consent", await page.run(`return document.querySelector("[data-study]").dataset.consent`));
  return until(page, "what follows the welcome", (found) => found.name !== "welcome");
}

async function takePart(browser, page) {
  await page.go(address);
  let screen = await consent(page);
  const { policy, collect } = await page.run(`return { ...document.querySelector("[data-study]").dataset }`);
  const hasCollector = !isLocal && collect !== undefined;
  if (!hasCollector) for (const name of ["offline", "restart"]) incidents.delete(name);
  if (policy !== "resume") { incidents.delete("reload"); incidents.add("return"); }
  let checks = 0, trials = 0;
  for (;;) {
    page.where = screen.name;
    const before = JSON.stringify([screen.name, screen.heading]);
    const isOther = (found) => JSON.stringify([found.name, found.heading]) !== before;
    if (screen.name === "instructions" || screen.name === "part") {
      if (!screen.hasFocus) fault(page.where, "the heading doesn't have the focus");
      await examine(page, screen.name + (checks && screen.name === "instructions" ? "-again" : ""));
      await page.key("Enter");
      screen = await until(page, "what follows " + screen.name, isOther);
    } else if (screen.name === "comprehension") {
      await examine(page, screen.name);
      // Every combination in turn: the page knows which one is right.
      let number = checks;
      const answers = {};
      for (const question of screen.questions) {
        const choice = number % question.count;
        number = Math.floor(number / question.count);
        await page.key(String(choice + 1));
        answers[question.name] = question.values[choice];
      }
      checks += 1;
      noteAll("comprehension", answers);
      await page.key("Enter");
      screen = await until(page, "what follows the check", isOther);
    } else if (screen.name === "trial") {
      if (!screen.isPractice) trials += 1;
      if (isDue("return", trials > 2)) {
        await until(page, "all to be saved", (found) => found.kept && !/\d/.test(found.kept));
        await reload(page);
        if (policy === "block") {
          await until(page, "not to be let in again", (found) => found.name === "blocked");
          await examine(page, "blocked");
          return;
        }
        firstAttempt = 1 + Math.max(...pressed.map((line) => line.attempt));
        screen = await consent(page);
        continue;
      }
      if (isDue("tab", trials > 1)) await openSecond(browser, page);
      if (isDue("restart", trials > 1)) {
        isLossMeant = true;
        const { status } = spawnSync("sh", ["-c", restart], { stdio: "inherit" });
        if (status !== 0) fault("restart", `the command ended with ${status}`);
      }
      screen = isDue("offline", trials > 1 && !screen.isPractice) ? await loseConnection(page, screen) : await trial(page, screen);
    } else if (screen.name === "demographics") {
      await examine(page, screen.name);
      // The last question is left out: none of them must be answered.
      const some = { ...screen, questions: screen.questions.slice(0, -1) };
      noteAll("demographics", await answer(page, some));
      await page.key("Enter");
      screen = await until(page, "the end", isOther);
    } else break;
  }
  if (screen.name === "saving") screen = await until(page, "the thanks", (found) => found.name === "thanks", 120);
  if (screen.name !== "thanks") throw new Error(`ended at ${screen.name}`);
  await page.expect("a code for withdrawing", `/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/.test(document.querySelector("[data-screen=thanks] [data-withdrawal] dd").textContent)`);
  await examine(page, "thanks");
  if (!hasCollector) await download(browser, page);
  await reload(page);
  await until(page, "the thanks after a reload", (found) => found.name === "thanks");
  if (options.includes("--withdraw")) await withdraw(page);
  if (receiver && posted.length !== 1) fault(page.where, `posted ${posted.length} times`);
  for (const name of incidents) fault("the study", `has no trial at which to test: ${name}`);
}

/** Gives the code back, after another one that nobody has. */
async function withdraw(page) {
  const code = await page.run(`return document.querySelector("[data-screen=thanks] [data-withdrawal] dd").textContent`);
  await tabTo(page, "[data-other] button");
  await page.loading(() => page.key("Enter"));
  await until(page, "the welcome of someone else", (found) => found.name === "welcome");
  page.where = "withdrawing";
  await tabTo(page, ".withdraw summary");
  await page.key("Enter");
  isLossMeant = true;
  for (const text of ["0000-0000-0000", code.toLowerCase()]) {
    await tabTo(page, ".withdraw button");
    // The tabulator chooses all that is there.
    await tabTo(page, ".withdraw [name=code]", { shift: true });
    await type(page, text);
    await page.key("Enter");
    await sleep(1000);
    if (text !== code.toLowerCase()) await page.expect("to be told that nobody has the code", `document.querySelector(".withdraw [data-answer]").textContent`);
    if (text !== code.toLowerCase()) await examine(page, "withdrawing");
  }
  isLossMeant = false;
  await until(page, "to be told that the answers are deleted", (found) => found.name === "withdrawn");
  await examine(page, "withdrawn");
}

/** Saves the file as a participant does. */
async function download(browser, page) {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-answers-"));
  await browser.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder });
  await tabTo(page, "[data-screen=thanks] [data-file]");
  await page.key("Enter");
  let names = [];
  for (let tries = 0; tries < 100 && !names.some((name) => name.endsWith(".json")); tries += 1) { await sleep(50); names = readdirSync(folder); }
  const text = names.length ? readFileSync(join(folder, names[0]), "utf8") : "";
  rmSync(folder, { recursive: true });
  const saved = text ? JSON.parse(text) : fault(page.where, "no file was saved");
  if (saved?.events.length !== pressed.length) fault(page.where, `the file has ${saved?.events.length} answers, not the ${pressed.length} that were given`);
  if (receiver && posted[0] !== text) fault(page.where, "what was posted isn't what was saved");
  if (savedFile) writeFileSync(savedFile, text);
}

/** The same through plain forms: Tab to each group, Space and arrows to choose, Enter to send. */
async function takePartPlainly(page) {
  await page.go(address);
  await examine(page, "plain-welcome");
  await tabTo(page, "noscript form button, form[action$='form/begin'] button");
  await page.loading(() => page.key("Enter"));
  for (;;) {
    const form = await page.run(`
      const form = document.querySelector("form[action*='/form/answer']");
      if (!form) return null;
      const groups = new Map();
      for (const input of form.querySelectorAll("input:not([type=hidden])")) {
        if (!groups.has(input.name)) groups.set(input.name, { name: input.name, type: input.type, isRequired: input.required, values: [] });
        groups.get(input.name).values.push(input.value);
      }
      return { trial: form.elements.trial_id.value, groups: [...groups.values()], kind: document.querySelector(".consent") && "consent" || document.querySelector(".question") && "questions" || document.querySelector(".word") && "word" || document.querySelector(".queries") && "choice" || "rating" };`);
    if (!form) break;
    page.where = `plain ${form.trial}`;
    await examine(page, `plain-${form.kind}`);
    for (const group of form.groups) {
      await tabTo(page, `[name="${group.name}"]`);
      if (group.type === "text") {
        await type(page, "striped horse");
        note(form.trial, group.name, "striped horse");
        continue;
      }
      await page.key(" ");
      const chosen = group.type === "radio" ? random(group.values.length) : 0;
      for (let step = 0; step < chosen; step += 1) await page.key("ArrowRight");
      note(form.trial, group.name, group.values[chosen]);
    }
    await page.loading(() => page.key("Enter"));
    if (await page.run(`return location.pathname.includes("/form/")`)) throw new Error(await page.run("return document.body.innerText"));
  }
  await examine(page, "plain-last");
  await tabTo(page, "form[action*='/form/finish'] button");
  await page.loading(() => page.key("Enter"));
  page.where = "plain codes";
  await page.expect("a code for withdrawing", `/[0-9A-Z]{4}(-[0-9A-Z]{4}){2}/.test(document.body.innerText)`);
}

const browser = new Browser();
try {
  // A collector may be at an address of its own on this machine.
  const asks = (url) => new URL(url).origin === new URL(address).origin || new URL(url).hostname === "127.0.0.1";
  const page = await Page.open(browser, { fault, asks });
  await page.size(1280, 800, "light", !plain);
  await (plain ? takePartPlainly(page) : takePart(browser, page));
} catch (error) {
  fault("the test itself", error.stack);
} finally {
  await browser.close();
  if (receiver) receiver.close();
}
if (pressedFile) writeFileSync(pressedFile, pressed.map((line) => JSON.stringify(line) + "\n").join(""));
console.log(`${pressed.length} answers${examined.size ? `, ${examined.size} kinds of screens` : ""}; ${faults.length} faults`);
for (const line of [...new Set(faults)].slice(0, 60)) console.error(line);
process.exit(faults.length ? 1 : 0);
