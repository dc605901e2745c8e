// What if: tick an answer, see before and after side by side; ask the rules what moves.
import { beforeAndAfter } from "./comparing.js";
import { button, byId, choice, el, folded, list, show, tell } from "./dom.js";
import { answerTo, known, labelOf, levelInWords, nameOf } from "./known.js";
import { LISTS, become, current } from "./person.js";
import { snapshotsOf } from "./snapshots.js";
import { changeInWords, patternsOf } from "./why.js";

const KINDS = [["add", "yes"], ["deny", "no"], ["remove", "not said"]];
const MOST_EFFECTS = 20;
let changes = [];
let shown = null; // the person with the changes, where there are any

export function openWhatIf() {
  changes = [];
  const said = current();
  const ids = LISTS.flatMap((key) => said[key] ?? []).filter((id) => id in known.entry);
  const ticks = ids.length
    ? el("fieldset", {}, el("legend", {}, "What was said; change an answer"), ids.map((id) => answerField(id, said)))
    : el("p", {}, "Nothing was said yet; say it under “A person”, or add something here.");
  show("whatif", el("div", { class: "columns" },
    el("div", {}, ticks, adder(), el("ul", { class: "chips", id: "changes" }), snapshotsOf(() => shown ?? current(), openWhatIf), questionsToRules()),
    el("div", {}, el("div", { id: "compared", "aria-live": "polite" }), el("div", { id: "asked-rules", "aria-live": "polite" }))));
  return compare();
}

function answerField(id, said) {
  const now = ["present", "groups"].some((key) => said[key]?.includes(id)) ? "add" : ["absent", "not_groups"].some((key) => said[key]?.includes(id)) ? "deny" : "";
  const name = `whatif-${id}`;
  const options = KINDS.map(([kind, text]) => el("label", {},
    el("input", { type: "radio", name, checked: kind === now, onchange: () => put(id, kind === now ? null : kind) }), ` ${text}`));
  return el("fieldset", { class: "row answer" }, el("legend", {}, labelOf(id)), options);
}

function adder() {
  const names = Object.values(known.entry).filter((one) => one.kind !== "measurement");
  const input = el("input", { list: "entries", id: "whatif-add", autocomplete: "off" });
  const add = (kind) => () => {
    const typed = input.value.trim().toLowerCase();
    const entry = names.find((one) => one.label.toLowerCase() === typed || one.id === typed || one.synonyms.includes(typed));
    if (!entry) return tell("Choose an entry of the list.");
    input.value = "";
    return put(entry.id, kind);
  };
  return el("div", { class: "row" }, el("label", { for: "whatif-add" }, "Another answer"), input,
    el("datalist", { id: "entries" }, names.map((one) => el("option", { value: one.label }))),
    button("What if yes", add("add")), button("What if no", add("deny")));
}

async function put(id, kind) {
  const was = changes;
  changes = changes.filter((one) => one.text !== id);
  if (kind) changes.push({ kind, text: id });
  try {
    await compare();
  } catch (error) {
    changes = was;
    throw error;
  }
}

async function compare() {
  const drop = (one) => button("×", () => put(one.text, null), { "aria-label": `Take back ${labelOf(one.text)}` });
  const word = Object.fromEntries(KINDS);
  show("changes", changes.map((one) => el("li", { class: "chip" }, `${labelOf(one.text)}: ${word[one.kind]}`, drop(one))));
  shown = null;
  if (!changes.length) return show("compared", el("p", {}, "Change an answer, and before and after stand here side by side."));
  const found = await answerTo({ ask: "whatif", subject: current(), changes });
  const { urgency, minerals } = found.record;
  shown = found.subject;
  show("compared",
    beforeAndAfter("Before and after", ["Before", "After"], urgency.sentence, minerals),
    list([...found.unmoved, ...found.notes], (text) => text),
    button("Keep these changes", () => keep(found.subject)));
  tell(found.settings.map((one) => `${one.label}: ${one.after}`).join(", "));
}

function keep(subject) {
  become(subject);
  return openWhatIf();
}

// --- questions to the rules -------------------------------------------------------

function questionsToRules() {
  const minerals = known.about.scored.map((id) => [id, nameOf(id)]);
  const levels = known.levels.slice(1).map((id) => [id, levelInWords(id)]);
  const one = choice("Mineral", minerals);
  const other = choice("Other mineral", [...minerals.slice(1), minerals[0]]);
  const level = choice("Level", levels);
  const asks = (text, made) => button(text, async () => {
    show("asked-rules", el("p", {}, "Working it out."));
    const answer = await answerTo({ subject: current(), ...made() });
    show("asked-rules", shownAs[answer.ask](answer.record));
  }, { "data-asks": made().ask });
  return el("fieldset", {}, el("legend", {}, "Ask the rules"),
    el("div", { class: "row" }, one.field, other.field, level.field),
    el("div", { class: "row" },
      asks("What moves the mineral?", () => ({ ask: "flip", mineral: one.picked.value })),
      asks("What leads to the level?", () => ({ ask: "reach", mineral: one.picked.value, level: level.picked.value })),
      asks("What separates the two?", () => ({ ask: "duel", one: one.picked.value, other: other.picked.value })),
      asks("How far can each still go?", () => ({ ask: "bounds" })),
      asks("What does each answer move?", () => ({ ask: "sensitivity" }))));
}

const shownAs = {
  flip: (found) => [el("h2", {}, `What moves ${nameOf(found.mineral)}, now ${levelInWords(found.level)}`), found.flips.map((flip) =>
    folded(`${levelInWords(flip.target)}: ${flip.count ? `${flip.least} answers changed, ${flip.count} ways` : "nothing found"}`, patternsOf(flip.patterns)))],
  reach: (found) => [el("h2", {}, `What leads ${nameOf(found.mineral)} to ${levelInWords(found.level)}`), el("p", {}, `${found.count} ways, with up to ${found.most} answers.`), patternsOf(found.patterns)],
  duel: (found) => [el("h2", {}, `What separates ${nameOf(found.one)} and ${nameOf(found.other)}`), list(found.questions.slice(0, MOST_EFFECTS), (one) =>
    `${labelOf(one.id)}: ${[["yes", one.yes], ["no", one.no]].filter(([, side]) => side).map(([word, side]) => `${word}, then ${side.ahead ? `${nameOf(side.ahead)} is ahead` : "they are level"}`).join("; ")}`)],
  bounds: (found) => el("table", {}, el("caption", {}, `How far each can still go; ${found.open} answers are open`),
    el("thead", {}, el("tr", {}, ["Mineral", "Now", "Lowest", "Highest"].map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, found.rooms.map((room) => el("tr", {}, el("th", { scope: "row" }, nameOf(room.mineral)),
      [room.level, room.lowest.level, room.highest.level].map((level) => el("td", {}, levelInWords(level))))))),
  sensitivity: (found) => [el("h2", {}, "What each answer moves"), list(found.effects.slice(0, MOST_EFFECTS), (effect) =>
    [el("em", {}, changeInWords(effect.change)), `: ${effect.moves.filter((move) => move.level !== move.level_after).map((move) => `${nameOf(move.mineral)} to ${levelInWords(move.level_after)}`).join(", ") || "the order alone"}`])],
};

export const whatIfHolds = () => byId("whatif").childElementCount > 0;
