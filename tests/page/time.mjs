// Time the page: node time.mjs CHROMIUM PACKAGES PAGE ROUNDS REQUESTS. Prints JSON:
// how long each opening took, and each request by its name, in milliseconds.
import { pathToFileURL } from "node:url";
import { openBrowser, openPage } from "./browser.mjs";

const [, , chromium, packages, file, rounds, requests] = process.argv;
const { browser } = await openBrowser(chromium, packages);
const ready = [];
const took = {};
try {
  for (let round = 0; round < Number(rounds); round++) {
    const { page, context } = await openPage(browser, String(pathToFileURL(file)));
    ready.push(await page.evaluate(() => Number(document.documentElement.dataset.ready)));
    for (const [name, request] of JSON.parse(requests)) {
      const spent = await page.evaluate(async (asked) => {
        const start = performance.now();
        await minsight.answer(asked);
        return performance.now() - start;
      }, request);
      (took[name] ??= []).push(spent);
    }
    await context.close();
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify({ ready, took }));
