// Minerals: a page for each, as far as it concerns what a lack looks like.
import { button, byId, choice, el, folded, list, show } from "./dom.js";
import { drawing } from "./draw.js";
import { answerTo, cited, known, labelOf } from "./known.js";

const SECTIONS = [
  ["What it does", "functions"],
  ["Where it is", "foods"],
  ["A lack of it", "lack_facts"],
  ["Through life", "life_stage_facts"],
  ["What can look like it", "look_alikes"],
  ["With other minerals", "interactions"],
];

export function openMinerals() {
  show("minerals", el("ul", { class: "tiles" }, Object.values(known.mineral).map((one) => el("li", {},
    button([el("strong", {}, `${one.name} (${one.symbol})`), el("span", {}, one.summary)], () => openMineral(one.id))))));
}

async function openMineral(id) {
  const { profile, rules, footer } = await answerTo({ ask: "mineral", mineral: id });
  const fact = (one) => [one.text, cited(one.grade, one.sources)];
  show("minerals",
    button("All minerals", openMinerals),
    el("h2", { tabindex: "-1" }, `${profile.name} (${profile.symbol})`), el("p", {}, profile.summary),
    SECTIONS.map(([title, key]) => (profile[key].length ? folded(title, list(profile[key], fact)) : null)),
    folded("Tests", list(profile.tests, (test) => [el("strong", {}, `${test.name}. `), test.reads, cited(test.grade, test.sources)])),
    rules.length ? rulesDrawn(profile, rules) : null,
    folded(`The ${rules.length} rules`, list(rules, (rule) => [el("strong", {}, `${rule.id} (${rule.strength}). `), rule.because, cited(rule.grade, rule.sources)])),
    profile.doubts.length ? folded("What is in doubt", list(profile.doubts, (text) => text)) : null,
    el("p", { class: "limits" }, footer));
  byId("minerals").querySelector("h2").focus();
}

// --- its rules as a drawing -----------------------------------------------------------

const KINDS_OF_RULE = {
  supports: "Signs and complaints",
  risk: "Risk factors",
  combination: "Combinations",
  measured: "Measured values",
  textbook: "Textbook combinations",
  context: "Background",
  against: "Against it",
};

const STRONGEST_FIRST = ["characteristic", "supportive", "very_strong", "strong", "moderate", "weak", "nonspecific"];

function rulesDrawn(profile, rules) {
  const place = el("div", { id: "rules-drawn" });
  const sorts = new Map();
  for (const rule of [...rules].sort((one, other) => orderOf(one) - orderOf(other))) {
    const sort = `${KINDS_OF_RULE[rule.kind] ?? rule.kind}: ${rule.strength.replaceAll("_", " ")}`;
    sorts.set(sort, [...(sorts.get(sort) ?? []), rule]);
  }
  const { picked, field } = choice("Draw", [...sorts].map(([sort, some]) => [sort, `${sort} (${some.length})`]), { id: "rules-sort" });
  const draw = () => show(place, rulesDrawing(profile, picked.value, sorts.get(picked.value), place));
  picked.addEventListener("change", draw);
  const whole = folded("Its rules as a drawing", field, place);
  whole.className = "rules-drawn";
  whole.addEventListener("toggle", () => whole.open && !place.childElementCount && draw());
  return whole;
}

const orderOf = (rule) => 9 * Object.keys(KINDS_OF_RULE).indexOf(rule.kind) + STRONGEST_FIRST.indexOf(rule.strength);

function rulesDrawing(profile, sort, rules, place) {
  const read = new Set(rules.flatMap((rule) => [...rule.reads, ...rule.reads_absent]));
  const told = (rule) => [rule.because, cited(rule.grade, rule.sources)];
  return drawing({
    title: `${profile.name}. ${sort}`,
    alternative: `Drawing of rules (${rules.length}): what was found, or who somebody is (${read.size}), leads over them to ${profile.lack}.`,
    boxes: [
      ...[...read].map((id) => ({ id, column: 0, says: labelOf(id), look: "finding" })),
      ...rules.map((rule) => ({ id: `rule ${rule.id}`, column: 1, says: `${rule.id} (${rule.strength})`, short: rule.id.slice(rule.id.indexOf(".") + 1).replaceAll("_", " "), look: "rule", asked: () => told(rule) })),
      { id: "mineral", column: 2, says: profile.lack, look: "level" },
    ],
    lines: rules.flatMap((rule) => [
      ...rule.reads.map((id) => [id, `rule ${rule.id}`, false]),
      ...rule.reads_absent.map((id) => [id, `rule ${rule.id}`, true]),
      [`rule ${rule.id}`, "mineral", rule.kind === "against"],
    ]),
    heads: ["Findings and groups", "Rules", "Mineral"],
    name: `rules-${profile.id}`,
  }, place);
}
