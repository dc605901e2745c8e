// Before and after side by side: how soon, and the level and place of each mineral.
import { el, folded, list } from "./dom.js";
import { levelInWords } from "./known.js";
import { scaleOf } from "./results.js";

export function beforeAndAfter(caption, heads, urgency, minerals) {
  return el("table", {}, el("caption", {}, caption),
    el("thead", {}, el("tr", {}, ["What", ...heads].map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {},
      el("tr", {}, el("th", { scope: "row" }, "How soon"), el("td", {}, urgency.before), el("td", {}, urgency.after)),
      minerals.map(mineralRow)));
}

function mineralRow(one) {
  const cell = (side) => el("td", {}, side ? [scaleOf(side.level), `${side.rank ? `${side.rank}. ` : ""}${side.sentence}`] : levelInWords("no_pattern"));
  const moved = one.before?.level !== one.after?.level;
  const came = one.reasons.came.map((reason) => `Now also: ${reason.because}`);
  const went = one.reasons.went.map((reason) => `No longer: ${reason.because}`);
  const why = [...came, ...went];
  return el("tr", { class: moved ? "moved" : "" }, el("th", { scope: "row" }, one.name, why.length ? folded("why", list(why, (text) => text)) : null), cell(one.before), cell(one.after));
}
