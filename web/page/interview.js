// The interview: one screen after the other, with everything that was said so far.
import { button, byId, el, folded, list, show, tell } from "./dom.js";
import { answerTo, known, nameOf } from "./known.js";
import { become, current } from "./person.js";
import { urgencyOf } from "./results.js";

const REPLIES = [["yes", "yes"], ["no", "no"], ["unsure", "not sure"], ["skip", "skip"]];
let replies = {};
let past = [];

export async function openInterview() {
  replies = {};
  past = [];
  await nextScreen();
}

async function nextScreen(ticked = null) {
  const request = { ask: "next", subject: current(), replies };
  const screen = await answerTo(ticked ? { ...request, ticked } : request);
  replies = screen.replies;
  drawScreen(screen);
}

function drawScreen(screen) {
  const urgency = screen.record.urgency;
  const emergency = urgency.level === "emergency";
  const calm = !urgency.reasons.length && urgency.judged;
  show("interview",
    calm ? null : urgencyOf(urgency, "h2"),
    emergency ? null : questions(screen),
    standing(screen),
    el("p", { class: "row actions" },
      button("Back", goBack, { disabled: !past.length }),
      button("Use these answers", () => takeOver(screen.subject))));
  const title = byId("interview").querySelector("h2, h3");
  title?.setAttribute("tabindex", "-1");
  title?.focus();
  tell(emergency ? urgency.sentence : screen.title);
}

function questions(screen) {
  if (!screen.asked.length) return el("h2", {}, "There is nothing more to ask.");
  const title = el("h2", {}, screen.title || "A question");
  const enough = screen.enough && el("p", { class: "note" }, "Nothing likely can change the first candidates any more. You can go on, or use these answers.");
  const fields = screen.kind === "list" ? ticks(screen) : screen.asked.map((one) => (one.units.length ? valueField(one) : replyField(one)));
  const form = el("form", { class: "questions" }, title, enough, fields, el("button", { class: "main" }, "Next"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    past.push(structuredClone(replies));
    if (screen.kind === "list") return nextScreen(tickedIn(form, screen));
    replies = { ...replies, ...repliesIn(form, screen) };
    return nextScreen();
  });
  return form;
}

function ticks(screen) {
  return el("fieldset", {}, el("legend", {}, "Tick what is there. What you leave open counts as no."),
    screen.asked.map((one) => el("div", { class: "tick" },
      el("label", {}, el("input", { type: "checkbox", name: one.name }), ` ${one.ask}`),
      one.more && el("p", { class: "help" }, one.more))));
}

function tickedIn(form, screen) {
  const asked = screen.asked.map((one) => one.name);
  const chosen = asked.filter((name) => form.elements[name].checked);
  return { asked, chosen: Object.fromEntries(chosen.map((name) => [name, "yes"])) };
}

function replyField(one) {
  return el("fieldset", {}, el("legend", {}, one.ask), one.more && el("p", { class: "help" }, one.more),
    el("div", { class: "row" }, REPLIES.map(([value, text]) =>
      el("label", {}, el("input", { type: "radio", name: one.name, value, checked: value === "skip" }), ` ${text}`))));
}

function valueField(one) {
  return el("fieldset", {}, el("legend", {}, one.ask), one.more && el("p", { class: "help" }, one.more),
    el("label", {}, "Value ", el("input", { name: one.name, inputmode: "decimal", size: 6, autocomplete: "off" })), " ",
    el("label", {}, "Unit ", el("select", { name: `${one.name}-unit` }, one.units.map((unit) => el("option", {}, unit)))));
}

function repliesIn(form, screen) {
  return Object.fromEntries(screen.asked.map((one) => {
    if (!one.units.length) return [one.name, form.elements[one.name].value];
    const value = Number(form.elements[one.name].value.replace(",", "."));
    return [one.name, value ? { value, unit: form.elements[`${one.name}-unit`].value } : "skip"];
  }));
}

function standing(screen) {
  const first = screen.first.filter((one) => one.level !== "no_pattern");
  if (!first.length) return null;
  return folded("How it stands so far", list(first, (one) => `${nameOf(one.mineral)}: ${known.level[one.level]}`),
    screen.enough ? null : el("p", {}, `About ${screen.to_enough} more screens.`));
}

function goBack() {
  replies = past.pop() ?? {};
  return nextScreen();
}

function takeOver(subject) {
  become(subject);
  document.querySelector("nav [data-view=person]").click();
}
