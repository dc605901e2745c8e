// The quiz: a case, questions to ask it, and which minerals fit.
import { button, byId, el, list, show, tell } from "./dom.js";
import { answerTo, known, nameOf } from "./known.js";

const CASES = 5;
let cases = [];
let at = 0;
let right = 0;
let seed = 0;

export async function openQuiz() {
  if (!known.about.lessons) return show("quiz", el("p", {}, "There are no cases with these rules."));
  seed = crypto.getRandomValues(new Uint32Array(1))[0];
  cases = (await answerTo({ ask: "lessons", seed, count: CASES })).lessons;
  at = right = 0;
  drawCase();
}

function drawCase() {
  const shown = cases[at];
  const asked = new Set();
  const years = shown.age_days == null ? "of unknown age" : `${Math.floor(shown.age_days / 365.25)} years old`;
  const ask = (one) => (event) => {
    asked.add(one.id);
    event.target.replaceWith(el("span", {}, el("strong", {}, one.answer)));
    tell(`${one.text}: ${one.answer}`);
  };
  const form = el("form", {},
    el("fieldset", {}, el("legend", {}, "Which lacks fit? Tick none if none does."), el("div", { class: "ticks" }, known.about.scored.map((id) =>
      el("label", {}, el("input", { type: "checkbox", name: "named", value: id }), ` ${nameOf(id)}`)))),
    el("button", { class: "main" }, "Answer"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    return judge(shown, [...asked], [...form.querySelectorAll(":checked")].map((box) => box.value));
  });
  show("quiz",
    el("h2", { tabindex: "-1" }, `Case ${at + 1} of ${cases.length}: ${shown.complaint}`),
    el("p", {}, [shown.sex, years].filter(Boolean).join(", ")),
    list(shown.questions, (one) => [el("span", {}, one.text), button("Ask", ask(one), { "aria-label": `Ask: ${one.text}` })], { class: "asked" }),
    form);
  byId("quiz").querySelector("h2").focus();
}

async function judge(shown, asked, named) {
  const verdict = await answerTo({ ask: "verdict", case: shown.case, seed, asked, named });
  right += verdict.is_right;
  const names = (ids) => ids.map(nameOf).join(", ") || "none";
  const last = at + 1 === cases.length;
  show("quiz",
    el("h2", { tabindex: "-1" }, verdict.is_right ? "Right" : "Not quite"),
    el("p", {}, `What fits: ${names(verdict.fits)}. You named: ${names(named)}.`),
    verdict.unasked.length ? [el("p", {}, "Worth asking:"), list(verdict.unasked, (one) => one.label)] : null,
    el("p", { class: "help" }, `The case: ${verdict.source}.`),
    last ? el("p", {}, `${right} of ${cases.length} right.`) : null,
    button(last ? "Another quiz" : "Next case", () => (last ? openQuiz() : (at++, drawCase())), { class: "main" }));
  byId("quiz").querySelector("h2").focus();
}
