// Drive the page through all that the tests look at, and print what was seen as JSON.
// node drive.mjs CHROMIUM PACKAGES PAGE REQUESTS SERVED
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { broken, keyboardOf, openBrowser, openPage } from "./browser.mjs";
import { JOBS } from "./jobs.mjs";

const [, , chromium, packages, file, requests, served] = process.argv;
const SERVED = 40;
const PASSING = new Set(["correct what was read, and undo it", "take back an answer", "ask a box of the drawing", "ask what would change it"]);
const address = String(pathToFileURL(file));
const { browser, axe } = await openBrowser(chromium, packages);
const seen = { jobs: {}, broken: {}, wider: {}, answers: [] };
try {
  await everyJob();
  await overHttp();
  await narrowAndDark();
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(seen));

async function everyJob() {
  const { page, seen: noticed, context } = await openPage(browser, address);
  const keys = keyboardOf(page);
  seen.broken.start = await broken(page, axe);
  for (const [name, job] of Object.entries(JOBS)) {
    try {
      seen.jobs[name] = await job({ page, keys });
    } catch (error) {
      seen.jobs[name] = { failed: String(error) };
    }
    if (!PASSING.has(name)) seen.broken[name] = await broken(page, axe);
  }
  await everyAnswer(page);
  await page.evaluate(() => {
    window.print = () => (document.body.dataset.printed = "yes");
  });
  await page.click("nav [data-view=person]");
  await page.click("#print");
  await page.waitForSelector("body[data-printed]");
  await page.emulateMedia({ media: "print" });
  seen.handout = await page.locator("#handout").innerText();
  const printed = await page.pdf({ format: "A4" });
  seen.pages = printed.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  Object.assign(seen, noticed);
  await context.close();
}

async function everyAnswer(page) {
  for (const line of readFileSync(requests, "utf8").split("\n")) {
    seen.answers.push(await page.evaluate((text) => minsight.answer(JSON.parse(text)), line));
  }
}

async function overHttp() {
  const { page, seen: noticed, context } = await openPage(browser, served);
  const said = await JOBS["say what is wrong"]({ page, keys: keyboardOf(page) });
  const answers = [];
  for (const line of readFileSync(requests, "utf8").split("\n").slice(0, SERVED)) {
    answers.push(await page.evaluate((text) => minsight.answer(JSON.parse(text)), line));
  }
  seen.served = { said, answers, ...noticed };
  await context.close();
}

async function narrowAndDark() {
  const dark = { viewport: { width: 375, height: 700 }, colorScheme: "dark" };
  const { page, context } = await openPage(browser, seen.jobs["take the answers along in a link"], dark);
  await page.waitForSelector(".card");
  seen.held = await page.locator("#chips .chip > span").allTextContents();
  for (const view of ["person", "interview", "whatif", "minerals", "quiz", "people"]) {
    await page.click(`nav [data-view=${view}]`);
    await page.waitForTimeout(300);
    seen.wider[view] = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    seen.broken[`dark ${view}`] = await broken(page, axe);
  }
  await context.close();
}
