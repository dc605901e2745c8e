// Saying: words in, chips out. Whatever was read can be corrected, and what was not
// understood stays until it is said in other words or taken out.
import { button, byId, el, show, tell } from "./dom.js";
import { answerTo, known, labelOf } from "./known.js";
import { AGES, LISTS, become, current, merged, withAnswer } from "./person.js";

const ANSWERS = [["present", "yes"], ["absent", "no"], ["unsure", "not sure"]];
const GATES = {
  pregnancy_lactation: "Pregnancy and breastfeeding",
  infant_feeding: "How a baby is fed",
  birth: "Birth",
  diet: "Food",
  physiology: "Life and body",
  substance: "Alcohol and other substances",
  drug: "Medicines",
  disease: "Illnesses",
  surgery: "Operations",
  exposure: "Work and surroundings",
  geography: "Where people live",
};
const INFANCY_YEARS = 3;
const saidAs = {};

export async function readWords(event) {
  event.preventDefault();
  const text = byId("text").value.trim();
  const said = withPerson(current());
  if (!text) return become(said);
  const { subject, read } = await answerTo({ ask: "read", subject: { present: [text] } });
  for (const part of read) saidAs[part.id] = part.text;
  become(merged(said, subject));
  byId("text").value = "";
  byId("read-title").focus();
}

function withPerson(said) {
  const age = byId("age").value.trim().replace(",", ".");
  for (const key of AGES) delete said[key];
  if (age && Number(age) >= 0) said[byId("age-unit").value] = Number(age);
  said.sex = document.querySelector("input[name=sex]:checked").value;
  return said;
}

export function changePerson() {
  become(withPerson(current()));
}

export function showPerson(said) {
  const unit = AGES.find((key) => said[key] != null);
  byId("age").value = unit ? said[unit] : "";
  if (unit) byId("age-unit").value = unit;
  for (const radio of document.querySelectorAll("input[name=sex]")) {
    radio.checked = radio.value === (said.sex ?? "");
  }
}

// --- chips ------------------------------------------------------------------------

export function showChips(said) {
  const chips = LISTS.flatMap((key) => (said[key] ?? []).filter(isKnown).map((id) => chip(id, key)));
  const values = (said.measurements ?? []).map((one, at) => valueChip(one, at));
  show("chips", chips, values);
}

const isKnown = (id) => id in known.entry;

function chip(id, key) {
  const { label, kind } = known.entry[id];
  const answer = { groups: "present", not_groups: "absent" }[key] ?? key;
  const options = ANSWERS.map(([value, text]) => el("option", { value, selected: value === answer }, text));
  const words = saidAs[id];
  const told = words && words.toLowerCase() !== label.toLowerCase() && el("q", {}, words);
  const set = (value) => become(withAnswer(current(), id, value, kind));
  return el("li", { class: `chip ${answer}` },
    el("span", {}, label), told,
    el("select", { "aria-label": `Answer for ${label}`, onchange: (e) => set(e.target.value) }, options),
    button("×", () => set(null), { "aria-label": `Take back ${label}` }));
}

function valueChip(one, at) {
  const text = `${labelOf(one.name)} ${one.comparator ?? ""}${one.value} ${one.unit}`;
  const drop = () => {
    const said = current();
    said.measurements.splice(at, 1);
    become(said);
  };
  return el("li", { class: "chip present" }, el("span", {}, text), button("×", drop, { "aria-label": `Take back ${text}` }));
}

// --- what was not understood ------------------------------------------------------

export function showUnread(unread, atOdds, notes) {
  const parts = unread.map((part) => el("li", {},
    el("q", {}, part.text), part.because ? ` (${part.because})` : null,
    el("span", { class: "row" },
      part.suggestions.map((one) => button(one.label, () => meant(part.text, one.id))),
      button("Leave it out", () => meant(part.text, null), { "aria-label": `Leave it out: ${part.text}` }))));
  const told = parts.length && el("section", { class: "unread", "aria-label": "Not understood" },
    el("h3", {}, "Not understood"),
    el("p", {}, "Choose what was meant, say it in other words, or leave it out."),
    el("ul", {}, parts));
  const odds = atOdds && el("p", { class: "unread" }, atOdds);
  show("unread", told || null, odds || null, notes.map((note) => el("p", { class: "note" }, note)));
  if (parts.length) tell(`${parts.length} not understood: ${unread.map((part) => part.text).join("; ")}`);
}

function meant(text, id) {
  let said = current();
  const holds = (one) => one === text || (!isKnown(one) && one.includes(text));
  for (const key of LISTS) said[key] = (said[key] ?? []).filter((one) => !holds(one));
  if (id) {
    said = withAnswer(said, id, "present", known.entry[id]?.kind);
    saidAs[id] = text;
  }
  become(said);
  byId("read-title").focus();
}

// --- lists to choose from ---------------------------------------------------------

export async function search() {
  const words = byId("search").value.trim();
  if (words.length < 2) return show("found");
  const { entries } = await answerTo({ ask: "vocabulary", words });
  if (byId("search").value.trim() !== words) return;
  const few = entries.filter((one) => one.kind !== "measurement").slice(0, 12);
  show("found", few.map((one) => el("li", {}, el("span", {}, one.label), ANSWERS.map(([answer, text]) =>
    button(text, () => become(withAnswer(current(), one.id, answer, one.kind)), { "aria-label": `${one.label}: ${text}` })))));
  tell(`${few.length} found`);
}

// Groups stand behind gates: who cannot be in one is not asked about it.
export function showGates(said) {
  const entries = Object.values(known.entry).filter((one) => one.kind === "group");
  const opened = new Set([...document.querySelectorAll("#gates details[open]")].map((one) => one.dataset.gate));
  show("gates", Object.entries(GATES).filter(([gate]) => isOpen(gate, said)).map(([gate, title]) =>
    el("details", { "data-gate": gate, open: opened.has(gate) }, el("summary", {}, title),
      el("ul", { class: "ticks" }, entries.filter((one) => one.category === gate).map((one) => tick(one, said))))));
}

function isOpen(gate, said) {
  const years = said.age_years ?? (said.age_months != null ? said.age_months / 12 : said.age_days != null ? 0 : null);
  const small = years != null && years < INFANCY_YEARS;
  if (gate === "infant_feeding" || gate === "birth") return years == null || small;
  if (gate === "pregnancy_lactation") return said.sex !== "male" && (years == null || (years >= 10 && years < 60));
  return !(small && (gate === "substance" || gate === "physiology"));
}

function tick(one, said) {
  const set = (event) => become(withAnswer(current(), one.id, event.target.checked ? "present" : null, "group"));
  const box = el("input", { type: "checkbox", id: `group-${one.id}`, checked: said.groups?.includes(one.id), onchange: set });
  return el("li", {}, el("label", {}, box, ` ${one.label}`));
}
