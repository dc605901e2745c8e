// The jobs that the page is for, each done with the keyboard alone. Each gives what
// a test looks at.
const SAID = "28-year-old woman, always tired, craving ice, no fever, vegetarian";

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
  async "assess a file of people"({ page, keys }) {
    await keys.press("nav [data-view=people]");
    await keys.reach("#people-file");
    const people = ["id,age,fatigue,chest pain,shoe size", "a1,28,yes,,43", "b2,60,no,yes,40", "c3,28,often,,"];
    await page.setInputFiles("#people-file", { name: "people.csv", mimeType: "", buffer: Buffer.from(people.join("\n")) });
    await page.waitForSelector("#people-done h2");
    const saved = page.waitForEvent("download");
    await keys.press("#people-done > button");
    const stream = await (await saved).createReadStream();
    let text = "";
    for await (const part of stream) text += part;
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
