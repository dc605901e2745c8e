// Draw the pictures of the walk in docs/classroom.md, by the page itself, each saved by
// its button: node pictures.mjs CHROMIUM PACKAGES PAGE FOLDER
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { openBrowser, openPage } from "./browser.mjs";
import { textOf } from "./jobs.mjs";

const [, , chromium, packages, file, folder] = process.argv;
const SAID = "always tired, craving ice, no fever, 28-year-old woman";
const { browser } = await openBrowser(chromium, packages);
try {
  const { page } = await openPage(browser, String(pathToFileURL(file)), { viewport: { width: 1600, height: 900 } });
  const keep = async (name, where) => {
    const saved = page.waitForEvent("download");
    await page.click(`${where} >> text=Save the drawing`);
    writeFileSync(`${folder}/${name}.svg`, `${await textOf(await saved)}\n`);
  };
  await page.fill("#text", SAID);
  await page.click("#words button[type=submit]");
  await page.click('[aria-label^="Why, and why not more? Iron"]');
  await page.waitForSelector(".drawn .paper");
  await keep("why-iron", ".drawn");
  await page.click('[aria-label="Take back Craving and chewing ice"]');
  await page.waitForFunction(() => !document.querySelector(".drawn"));
  for (const folded of await page.locator("#record summary").all()) await folded.click();
  await page.click('[aria-label^="Why, and why not more? Iron"]');
  await page.waitForSelector(".drawn .paper");
  await keep("why-iron-without-ice", ".drawn");
  await page.click("nav [data-view=minerals]");
  await page.click(".tiles button >> text=Iron");
  await page.click(".rules-drawn > summary");
  await keep("rules-iron", "#minerals");
} finally {
  await browser.close();
}
