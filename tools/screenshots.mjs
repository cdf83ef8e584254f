// The README's pictures: a class, a circuit and two pictures compared, as a visitor of the demo gallery sees them.
//
//   node tools/screenshots.mjs [SITE] [FOLDER]
//
// SITE is the built demo gallery (site), FOLDER takes gallery.png, circuit.png and compare.png (content).
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Browser, Page } from "./chromium.mjs";

const [site, folder] = [resolve(process.argv[2] ?? "site"), process.argv[3] ?? "content"];
let faults = 0;
const fault = (where, what) => { faults += 1; console.error(`${where}: ${what}`); };

/** Shoots a page from its head to the lower edge of something in it, or to a height. */
async function shoot(page, path, file, { theme = "light", until, height, prepare = "" }) {
  await page.size(1280, 900, theme, true);
  await page.go(pathToFileURL(join(site, path)).href);
  const end = await page.run(`
    ${prepare}
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    return ${until ? `document.querySelector(${JSON.stringify(until)})?.getBoundingClientRect().bottom + scrollY + 28` : height};`);
  if (!(end > 0)) return fault(path, `there is no ${until} in it`);
  const { data } = await page.send("Page.captureScreenshot", {
    captureBeyondViewport: true, clip: { x: 0, y: 0, width: 1280, height: Math.min(end, height ?? end), scale: 1 },
  });
  writeFileSync(join(folder, file), Buffer.from(data, "base64"));
}

const browser = new Browser();
try {
  const page = await Page.open(browser, { fault });
  await shoot(page, "classes/mushroom/index.html", "gallery.png", { until: "section.row" });
  await shoot(page, "circuits/what-makes-a-tiger/index.html", "circuit.png", { theme: "dark", until: ".drawing" });
  // Two pictures of the same class by two methods, at one zoom.
  await shoot(page, "compare/index.html", "compare.png", {
    until: ".panes, #panes, .pane", prepare: `
      const boxes = [...document.querySelectorAll(".choices input")];
      const named = (words) => boxes.find((box) => words.every((word) => box.closest("li").textContent.includes(word)));
      named(["tiger", "VITAL", "ResNet"]).click();
      named(["tiger", "Activation maximization", "ResNet"]).click();
      const zoom = document.querySelector("#zoom"); zoom.value = 2; zoom.dispatchEvent(new Event("input"));` });
} finally {
  await browser.close();
}
process.exit(faults ? 1 : 0);
