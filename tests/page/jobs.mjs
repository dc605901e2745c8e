// The jobs that the page is for, each done with the keyboard alone. Each gives what
// a test looks at.
const SAID = "28-year-old woman, always tired, craving ice, no fever, vegetarian";

export async function textOf(download) {
  let text = "";
  for await (const part of await download.createReadStream()) text += part;
  return text;
}

// Boxes of the drawing that lie over each other, or whose text does not fit in them.
function crossing(page) {
  return page.evaluate(() => {
    const boxes = [...document.querySelectorAll(".paper .box")].map((box) => [box.getBBox(), box.nextSibling.getBBox(), box.nextSibling.textContent]);
    const within = ([box, text]) => text.x >= box.x && text.x + text.width <= box.x + box.width && text.y >= box.y && text.y + text.height <= box.y + box.height;
    const over = ([one], [other]) => one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
    return boxes.filter((box, at) => !within(box) || boxes.some((other, next) => next > at && over(box, other))).map(([, , text]) => text);
  });
}

export const JOBS = {
  async "say what is wrong"({ page, keys }) {
    await keys.reach("#text");
    await keys.type(SAID);
    await keys.press("#words button[type=submit]");
    await page.waitForSelector(".card");
    return {
      chips: await page.locator("#chips .chip > span").allTextContents(),
      first: await page.locator(".card h3").first().textContent(),
      age: await page.inputValue("#age"),
      urgency: await page.locator("#urgent h2").textContent(),
      told: await page.locator("#news").textContent(),
      links: await page.locator(".card a").first().getAttribute("rel"),
    };
  },
  async "correct what was read, and undo it"({ page, keys }) {
    await keys.reach('[aria-label="Answer for Fatigue"]');
    await keys.key("ArrowDown");
    await page.waitForSelector(".chip.absent >> text=Fatigue");
    await keys.press("#undo");
    await page.waitForSelector(".chip.present >> text=Fatigue");
    return true;
  },
  async "take back an answer"({ page, keys }) {
    await keys.press('[aria-label="Take back Fever"]');
    await page.waitForFunction(() => !document.querySelector('[aria-label="Take back Fever"]'));
    return page.locator("#chips .chip > span").allTextContents();
  },
  async "ask why and why not more"({ page, keys }) {
    await keys.press('[aria-label^="Why, and why not more? Iron"]');
    await page.waitForSelector(".proof");
    return page.locator(".more").first().textContent();
  },
  async "ask a box of the drawing"({ page, keys }) {
    await keys.reach(".drawing .hand");
    const first = await page.locator(".drawing .told strong").textContent();
    await keys.key("End");
    const last = await page.locator(".drawing .told strong").textContent();
    await keys.key("Home");
    await keys.key("Enter");
    const held = await page.evaluate(() => document.activeElement.className);
    await keys.press(".drawing .large");
    await page.waitForSelector("dialog[open] .drawing");
    await keys.key("Escape");
    await page.waitForSelector(".drawn > .drawing");
    const saved = page.waitForEvent("download");
    await keys.press(".drawing .large + button");
    return {
      first, last, held,
      lit: await page.locator(".paper .lit").count(),
      told: await page.locator(".drawing .told").textContent(),
      instead: await page.locator(".paper [role=img]").getAttribute("aria-label"),
      heads: await page.locator(".paper .head").allTextContents(),
      texts: await page.locator(".paper .box + text").evaluateAll((all) => all.map((one) => [...one.children].map((line) => line.textContent).join(" "))),
      crossing: await crossing(page),
      saved: await textOf(await saved),
    };
  },
  async "ask what would change it"({ page, keys }) {
    await keys.press('[aria-label^="What would change it? Iron"]');
    await page.waitForSelector(".more summary");
    return page.locator(".more summary").allTextContents();
  },
  async "leave out what was not understood"({ page, keys }) {
    await keys.reach("#text", true);
    await keys.type("zork blobb");
    await keys.press("#words button[type=submit]");
    await page.waitForSelector("#unread section", { timeout: 30_000 });
    await page.waitForSelector("#urgent .not-judged");
    const shown = await page.locator("main").innerText();
    await keys.press('[aria-label^="Leave it out"]');
    await page.waitForFunction(() => !document.querySelector("#unread section, #urgent .not-judged"));
    return { shown, after: await page.locator("#urgent h2").textContent() };
  },
  async "add a group behind its gate"({ page, keys }) {
    await keys.press("#groups > summary");
    await keys.press("[data-gate=diet] > summary");
    await keys.press("#group-vegan_diet", "Space");
    await page.waitForSelector(".chip >> text=Vegan diet");
    return page.locator("[data-gate]").evaluateAll((gates) => gates.map((gate) => gate.dataset.gate));
  },
  async "take the answers along in a link"({ page, keys }) {
    await keys.press("#share");
    await page.waitForSelector("#share-link");
    return page.inputValue("#share-link");
  },
  async "see before and after"({ page, keys }) {
    await keys.press("nav [data-view=whatif]");
    await keys.reach("#whatif fieldset.answer input");
    await keys.key("ArrowRight");
    await page.waitForSelector("#compared table");
    return {
      heads: await page.locator("#compared th[scope=col]").allTextContents(),
      moved: await page.locator("#compared tr.moved th").count(),
    };
  },
  async "keep a snapshot, and compare with now"({ page, keys }) {
    await keys.reach("#snapshot-name");
    await keys.key("Enter");
    await page.waitForSelector("#snapshots >> text=Snapshot 1");
    await keys.reach("#whatif fieldset.answer:first-of-type input", true);
    await keys.key("ArrowLeft");
    await page.waitForFunction(() => !document.querySelector("#changes li"));
    await keys.reach("#snapshot-name");
    await keys.type("As it was");
    await keys.key("Enter");
    await page.waitForSelector("#snapshots >> text=As it was");
    await keys.press('[aria-label="Compare with now: Snapshot 1"]');
    await page.waitForSelector("caption >> text=Snapshot 1 and now");
    return {
      kept: await page.locator("#snapshots li > span").allTextContents(),
      heads: await page.locator("#compared th[scope=col]").allTextContents(),
      soon: await page.locator("#compared tbody tr").first().locator("td").allTextContents(),
      moved: await page.locator("#compared tr.moved th").count(),
    };
  },
  async "go back to a snapshot, and undo that"({ page, keys }) {
    const answered = () => page.locator("#whatif fieldset.answer input:checked").evaluateAll((all) => all.map((one) => one.name + one.parentElement.textContent));
    const before = await answered();
    await keys.press('[aria-label="Go back to this: Snapshot 1"]');
    await page.waitForFunction(() => document.activeElement.id === "undo-here");
    const back = await answered();
    await keys.key("Enter");
    await page.waitForFunction(() => document.activeElement.id !== "undo-here");
    await page.waitForSelector("#snapshots");
    const undone = await answered();
    await keys.press('[aria-label="Forget As it was"]');
    return { before, back, undone, kept: await page.locator("#snapshots li > span").allTextContents() };
  },
  async "ask how far each can go"({ page, keys }) {
    await keys.press("[data-asks=bounds]");
    await page.waitForSelector("#asked-rules table");
    return page.locator("#asked-rules tbody tr").count();
  },
  async "be interviewed"({ page, keys }) {
    await keys.press("nav [data-view=interview]");
    await page.waitForSelector("form.questions");
    const asked = await page.locator("form.questions legend").allTextContents();
    await keys.press("form.questions button.main");
    await page.waitForFunction((before) => document.querySelector("form.questions legend")?.textContent !== before, asked[0]);
    return { asked, next: await page.locator("form.questions h2").textContent() };
  },
  async "read about a mineral"({ page, keys }) {
    await keys.press("nav [data-view=minerals]");
    await keys.press(".tiles button");
    await page.waitForSelector("#minerals h2");
    return page.locator("#minerals h2").textContent();
  },
  async "look at its rules as a drawing"({ page, keys }) {
    await keys.press(".rules-drawn > summary");
    await page.waitForSelector("#minerals .paper");
    await keys.reach("#rules-sort");
    await keys.key("ArrowDown");
    const sort = await page.locator("#minerals figcaption").textContent();
    await keys.reach("#minerals .hand");
    await keys.key("ArrowDown");
    return {
      sort,
      sorts: await page.locator("#rules-sort option").allTextContents(),
      rules: await page.locator("#minerals .hand").count(),
      told: await page.locator("#minerals .told").textContent(),
      instead: await page.locator("#minerals [role=img]").getAttribute("aria-label"),
      crossing: await crossing(page),
    };
  },
  async "assess a file of people"({ page, keys }) {
    await keys.press("nav [data-view=people]");
    await keys.reach("#people-file");
    const people = ["id,age,fatigue,chest pain,shoe size", "a1,28,yes,,43", "b2,60,no,yes,40", "c3,28,often,,"];
    await page.setInputFiles("#people-file", { name: "people.csv", mimeType: "", buffer: Buffer.from(people.join("\n")) });
    await page.waitForSelector("#people-done h2");
    const saved = page.waitForEvent("download");
    await keys.press("#people-done > button");
    const text = await textOf(await saved);
    return {
      told: await page.locator("#people-done h2").textContent(),
      first: await page.locator("#people-done tbody th").first().textContent(),
      shown: await page.locator("#people-done").innerText(),
      saved: text,
    };
  },
  async "take the quiz"({ page, keys }) {
    await keys.press("nav [data-view=quiz]");
    await page.waitForSelector("#quiz form");
    await keys.press("#quiz .asked button");
    await keys.press("#quiz form button.main");
    await page.waitForSelector("#quiz .help");
    return page.locator("#quiz h2").textContent();
  },
};
