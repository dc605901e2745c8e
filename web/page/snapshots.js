// Snapshots: the person as they were, under a name, to go back to and to compare with.
// They are kept while the page is open, and nowhere else.
import { beforeAndAfter } from "./comparing.js";
import { button, byId, el, show, tell } from "./dom.js";
import { answerTo } from "./known.js";
import { become, canUndo, undo } from "./person.js";

const kept = [];
let taken = 0;

// `now` gives the person as shown, `again` draws the view anew.
export function snapshotsOf(now, again) {
  const input = el("input", { id: "snapshot-name", autocomplete: "off", maxlength: 60, placeholder: `Snapshot ${taken + 1}` });
  const form = el("form", { class: "row" }, el("label", { for: "snapshot-name" }, "Name"), input, el("button", {}, "Keep a snapshot"));
  const held = el("ul", { class: "asked", id: "snapshots" });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    taken += 1;
    kept.push({ name: input.value.trim() || `Snapshot ${taken}`, subject: structuredClone(now()) });
    input.value = "";
    input.placeholder = `Snapshot ${taken + 1}`;
    listKept(held, now, again);
    tell(`Kept: ${kept.at(-1).name}`);
  });
  listKept(held, now, again);
  return el("fieldset", {}, el("legend", {}, "Snapshots"), form, held,
    button("Undo the last change", () => {
      undo();
      return again();
    }, { id: "undo-here", disabled: !canUndo() }));
}

function listKept(held, now, again) {
  show(held, kept.map((one) => el("li", {}, el("span", {}, one.name),
    button("Go back to this", async () => {
      become(structuredClone(one.subject));
      await again();
      byId("undo-here").focus();
      tell(`Back at ${one.name}`);
    }, { "aria-label": `Go back to this: ${one.name}` }),
    button("Compare with now", () => compareWithNow(one, now()), { "aria-label": `Compare with now: ${one.name}` }),
    button("×", () => {
      kept.splice(kept.indexOf(one), 1);
      listKept(held, now, again);
      byId("snapshot-name").focus();
    }, { "aria-label": `Forget ${one.name}` }))));
}

async function compareWithNow({ name, subject }, present) {
  const records = [];
  for (const one of [subject, present]) records.push((await answerTo({ ask: "assess", subject: one })).record);
  const [before, after] = records.map((record) => new Map(record.candidates.map((one) => [one.mineral, one])));
  const minerals = [...new Set([...after.keys(), ...before.keys()])].map((id) => ({
    name: (after.get(id) ?? before.get(id)).name, before: before.get(id), after: after.get(id), reasons: gained(before.get(id), after.get(id)),
  }));
  const urgency = { before: records[0].urgency.sentence, after: records[1].urgency.sentence };
  show("compared", beforeAndAfter(`${name} and now`, [name, "Now"], urgency, minerals));
  byId("compared").scrollIntoView({ block: "nearest" });
  tell(`${name} and now stand side by side.`);
}

function gained(before, after) {
  const [were, are] = [before, after].map((one) => one?.reasons ?? []);
  const without = (some, others) => some.filter((one) => !others.some((other) => other.rule === one.rule));
  return { came: without(are, were), went: without(were, are) };
}
