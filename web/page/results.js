// Results: an assessment as people read it, urgency first, in the words of its record.
import { button, el, folded, list, lower, show } from "./dom.js";
import { cited, known, labelOf, nameOf } from "./known.js";
import { current, isEmpty } from "./person.js";
import { flipOf, whyOf } from "./why.js";

const FOLDED = "few_findings";
const MOST_ASKED = 8;

export function showRecord(place, record, set) {
  if (isEmpty(current())) {
    return show(place, el("p", {}, "Say what is wrong, and it is compared with the published pictures."));
  }
  show(place, theRest(record, set), el("p", { class: "limits" }, record.footer));
}

export function urgencyOf(urgency, heading = "h3") {
  const level = urgency.judged ? urgency.level : urgency.level === "emergency" ? "emergency" : "not-judged";
  const told = (reason) => [reason.message, cited(reason.grade, reason.sources)];
  return el("section", { class: `urgency ${level}`, "aria-label": "How soon" },
    el(heading, {}, urgency.sentence),
    list(urgency.reasons, told),
    list(urgency.at_some_age, (reason) => ["At some ages: ", told(reason)]),
    list(urgency.if_so, (reason) => ["If it is so: ", told(reason)]),
    urgency.at_some_age.length ? el("p", {}, "Say the age, and this is judged.") : null);
}

function theRest(record, set) {
  const ranking = candidatesOf(record, set);
  if (record.urgency.level !== "emergency") return ranking;
  return folded("The ranking can wait", ranking);
}

function candidatesOf(record, set) {
  const shown = record.candidates.filter(standsOut);
  const little = record.candidates.filter((one) => !shown.includes(one));
  return [
    shown.map((one) => card(one, record, set)),
    little.length ? folded(`Fits a little: ${little.map((one) => lower(one.name)).join(", ")}`, little.map((one) => card(one, record, set))) : null,
    record.candidates.length ? null : nothingFits(record),
    elseFits(record.look_alikes),
    list(record.notes, (note) => note, { class: "notes" }),
  ];
}

const standsOut = (one) => one.level !== FOLDED || one.reasons.some((reason) => reason.kind === "textbook");

// Nothing reassures where some words were not understood.
function nothingFits(record) {
  if (record.unrecognised.length) return null;
  const names = known.about.scored.map((id) => nameOf(id)).join(", ");
  return el("p", {}, `${names}: ${lower(known.level.no_pattern)}`);
}

function elseFits(states) {
  if (!states.length) return null;
  return el("section", {}, el("h3", {}, "What else fits"), list(states, (one) =>
    [el("strong", {}, `${one.name}. `), `${one.text} ${one.tell ?? ""}`, cited(one.grade, one.sources)]));
}

// --- one candidate ----------------------------------------------------------------

function card(one, record, set) {
  const more = el("div", { class: "more", "aria-live": "polite" });
  const id = `candidate-${one.mineral}`;
  return el("article", { class: `card ${one.level}`, "aria-labelledby": id },
    el("h3", { id }, `${one.rank}. ${one.name}`),
    el("p", { class: "level" }, scaleOf(one.level), one.sentence),
    part("What speaks for it", one.reasons.filter((reason) => reason.counted || reason.kind !== "supports"), (reason) => reasonOf(reason, record)),
    part("What speaks against it", [...one.against.map((reason) => reasonOf(reason, record)), ...one.brakes.map((brake) => brake.sentence)], (told) => told),
    part("Background", one.context, (reason) => reasonOf(reason, record)),
    el("p", {}, el("strong", {}, "Next: "), one.advice),
    one.tests.length ? folded("Tests that can tell", list(one.tests, (test) => test)) : null,
    one.look_alikes.length ? folded("What can look like it", list(one.look_alikes, (text) => text)) : null,
    set && one.missing.length ? asked(one, set) : null,
    el("p", { class: "row actions" },
      button("Why, and why not more?", () => whyOf(one.mineral, more), { "aria-label": `Why, and why not more? ${one.name}` }),
      button("What would change it?", () => flipOf(one.mineral, more), { "aria-label": `What would change it? ${one.name}` })),
    more);
}

function part(title, items, made) {
  return items.length ? [el("h4", {}, title), list(items, made)] : null;
}

export function scaleOf(level) {
  const at = known.levels.indexOf(level);
  const steps = known.levels.slice(1).map((_, step) => el("i", { class: step < at ? "on" : "" }));
  return el("span", { class: "scale", "aria-hidden": "true" }, steps);
}

export function reasonOf(reason, record) {
  const words = [...reason.matched.map((id) => spoken(id, record)), ...reason.matched_absent.map((id) => `no ${lower(spoken(id, record))}`)];
  return [el("em", {}, words.join(", ")), `: ${reason.because}`, cited(reason.grade, reason.sources),
    reason.points_to ? ` Points to: ${reason.points_to}.` : null];
}

function spoken(id, record) {
  const heard = record.recognised.find((one) => one.id === id);
  return heard && heard.text !== id && heard.text.length < 60 ? heard.text : labelOf(id);
}

function asked(one, set) {
  const answers = [["present", "yes"], ["absent", "no"], ["unsure", "not sure"]];
  return folded("Answers that could change most", list(one.missing.slice(0, MOST_ASKED), (id) => [
    el("span", {}, labelOf(id)), " ",
    el("span", { class: "row" }, answers.map(([answer, text]) =>
      button(text, () => set(id, answer), { "aria-label": `${labelOf(id)}: ${text}` })))], { class: "asked" }));
}

export function summaryOf(record) {
  const first = record.candidates.filter(standsOut).slice(0, 3);
  const told = first.map((one) => `${one.name}: ${one.sentence}`).join(" ");
  return `${record.urgency.sentence} ${record.urgency.level === "emergency" ? "" : told}`;
}

