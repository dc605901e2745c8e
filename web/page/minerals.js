// Minerals: a page for each, as far as it concerns what a lack looks like.
import { button, byId, el, folded, list, show } from "./dom.js";
import { answerTo, cited, known } from "./known.js";

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
    folded(`The ${rules.length} rules`, list(rules, (rule) => [el("strong", {}, `${rule.id} (${rule.strength}). `), rule.because, cited(rule.grade, rule.sources)])),
    profile.doubts.length ? folded("What is in doubt", list(profile.doubts, (text) => text)) : null,
    el("p", { class: "limits" }, footer));
  byId("minerals").querySelector("h2").focus();
}
