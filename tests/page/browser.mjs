// A browser for the page: Chromium without a network, and a keyboard.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];
const READY_MS = 60_000;

export async function openBrowser(chromium, packages) {
  const needed = createRequire(`${packages}/package.json`);
  const { chromium: driver } = needed("playwright-core");
  const browser = await driver.launch({ executablePath: chromium, args: FLAGS });
  const axe = readFileSync(needed.resolve("axe-core/axe.min.js"), "utf8");
  return { browser, axe };
}

// The page once it is ready, and what it asked for and complained of meanwhile.
export async function openPage(browser, address, given = {}) {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, ...given });
  const page = await context.newPage();
  const seen = { requests: [], errors: [] };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));
  await page.goto(address);
  await page.waitForSelector("html[data-ready]", { timeout: READY_MS });
  return { page, seen, context };
}

// Whoever uses the keyboard alone: goes on by Tab until a place is reached.
export function keyboardOf(page) {
  const at = (selector) => page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
  const reach = async (selector, back = false) => {
    await page.waitForSelector(selector);
    for (let step = 0; step < 300; step++) {
      if (await at(selector)) return;
      await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    }
    throw new Error(`the keyboard does not reach ${selector}`);
  };
  const press = async (selector, key = "Enter") => {
    await reach(selector);
    await page.keyboard.press(key);
  };
  return { reach, press, type: (text) => page.keyboard.type(text), key: (name) => page.keyboard.press(name) };
}

export async function broken(page, axe) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const found = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ").slice(0, 300)}`);
  });
}
