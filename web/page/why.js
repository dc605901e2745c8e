// Why: the steps of a proof, what is lacking for more, and what would move a level.
import { drawing } from "./draw.js";
import { el, folded, list, lower, show } from "./dom.js";
import { answerTo, cited, known, labelOf, levelInWords } from "./known.js";
import { current } from "./person.js";

const NEAREST = 6;
const MOST_CHOICES = 12;
const TARGETS = {
  higher: "A higher level",
  lower: "A lower level",
  into_first: "Into the first three",
  out_of_first: "Out of the first three",
};

export async function whyOf(mineral, place) {
  show(place, el("p", {}, "Working it out."));
  const { record } = await answerTo({ ask: "explain", subject: current(), minerals: [mineral] });
  const [proof] = record.proofs;
  show(place, el("h4", {}, `Why: ${proof.sentence}`), el("div", { class: "drawn" }), proofTree(proof), whyNot(proof.why_not));
  const drawn = place.querySelector(".drawn");
  show(drawn, proofDrawing(proof, drawn));
}

// --- the proof as a drawing ---------------------------------------------------------

const COLUMNS = { answer: 0, finding: 1, group: 1, range: 1, absence: 1, picture: 2, rule: 3, cluster: 4, gate: 5, brake: 5, level: 6 };
const HEADS = ["Said", "Findings", "Combined", "Rules", "Counted once", "Taken together", "Level"];

function proofDrawing(proof, place) {
  const step = Object.fromEntries(proof.steps.map((one) => [one.id, one]));
  const column = {};
  const columnOf = (id) => (column[id] ??= Math.max(COLUMNS[step[id].kind] ?? 1, ...below(step[id]).map((one) => columnOf(one) + 1)));
  const below = (one) => one.rests_on.filter((id) => step[id]);
  const count = (kind) => {
    const many = proof.steps.filter((one) => one.kind === kind).length;
    return `${many} ${kind}${many === 1 ? "" : "s"}`;
  };
  return drawing({
    title: `The proof for ${proof.name}`,
    alternative: `Drawing of the proof: ${count("answer")} and ${count("rule")} lead to ${proof.name}: ${proof.sentence}`,
    boxes: proof.steps.map((one) => ({
      id: one.id, column: columnOf(one.id), says: one.says,
      short: shortly(one, proof.mineral),
      look: `${one.kind}${one.present ? "" : " no"}`,
      asked: one.reason && (() => [one.reason.because, cited(one.reason.grade, one.reason.sources)]),
    })),
    lines: proof.steps.flatMap((one) => below(one).map((id) => [id, one.id, !step[id].present])),
    heads: HEADS,
    name: `why-${proof.mineral}`,
  }, place);
}

function proofTree(proof) {
  const step = Object.fromEntries(proof.steps.map((one) => [one.id, one]));
  const seen = new Set();
  const branch = (id) => {
    const one = step[id];
    if (!one || seen.has(id)) return null;
    seen.add(id);
    const below = one.rests_on.map(branch).filter(Boolean);
    const because = one.reason && [" ", one.reason.because, cited(one.reason.grade, one.reason.sources)];
    const texts = one.texts.filter((text) => !(text in known.entry)).map((text) => `“${text}”`);
    const words = texts.length ? ` (${texts.join(", ")})` : "";
    return el("li", {}, el("strong", {}, one.says), words, because, below.length ? el("ul", {}, below) : null);
  };
  return el("ul", { class: "proof" }, branch(proof.conclusion));
}

const shortly = (step, mineral) => (["rule", "cluster"].includes(step.kind) ? step.says.replaceAll(`${mineral}.`, "").replaceAll("_", " ") : step.says);

function whyNot(found) {
  if (!found?.next_level) return null;
  const rules = found.rules.filter((rule) => rule.least).slice(0, NEAREST);
  return [
    el("h4", {}, `Why not more: ${found.next_sentence}`),
    list(found.held_back, (brake) => brake.sentence ?? brake.says ?? ""),
    list(found.gates, (gate) => ["It takes ", gate.parts.map((part) => `${part.says} (${part.met ? "there" : "not there"})`).join("; ")]),
    folded("The nearest pieces that are not there", list(rules, (rule) =>
      [el("em", {}, rule.least.answers.map((one) => (one.present ? one.says : `no ${lower(one.says)}`)).join(", ")), `: ${rule.because}`, cited(rule.grade, rule.sources)])),
  ];
}

export async function flipOf(mineral, place) {
  show(place, el("p", {}, "Working it out."));
  const { record } = await answerTo({ ask: "flip", subject: current(), mineral });
  show(place, el("h4", {}, `What would change it, from ${levelInWords(record.level)}`), record.flips.map(flipPart));
}

function flipPart(flip) {
  const title = TARGETS[flip.target] ?? levelInWords(flip.target);
  if (!flip.count) return el("p", {}, `${title}: no change of up to ${flip.searched} answers.`);
  const many = flip.least === 1 ? "one answer" : `${flip.least} answers`;
  return folded(`${title}: ${many}, ${flip.count} ways`, patternsOf(flip.patterns));
}

export function patternsOf(patterns) {
  return list(patterns, (pattern) => pattern.choices.map((choice, at) => [
    at ? " and " : "",
    choice.of.length > 1 ? `${choice.take} of: ` : "",
    choicesOf(choice.of),
  ]));
}

function choicesOf(changes) {
  const told = changes.slice(0, MOST_CHOICES).map(changeInWords).join(" / ");
  return changes.length > MOST_CHOICES ? `${told} and ${changes.length - MOST_CHOICES} more` : told;
}

export function changeInWords(change) {
  const label = labelOf(change.id);
  if (change.to === "unknown") return `${label}: taken back`;
  return `${label}: ${change.to}`;
}
