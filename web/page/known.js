// What the rules know, asked for once: labels, sources, minerals, levels.
import { el } from "./dom.js";
import { opened } from "./transport.js";

export const known = { entry: {}, source: {}, mineral: {}, level: {}, levels: [], about: null };
const transport = opened();

export async function answerTo(request) {
  const answer = JSON.parse(await transport.ask(request));
  if (answer.ask === "problem") throw new Problem(answer);
  return answer;
}

export const bytesOf = (request) => transport.ask(request);

export class Problem extends Error {
  constructor(answer) {
    super(`${answer.what}; ${answer.what_to_do}`);
    this.answer = answer;
  }
}

export async function learn() {
  await transport.ready;
  known.about = await answerTo({ ask: "about" });
  known.levels = known.about.levels.map((level) => level.id);
  for (const { id, sentence } of known.about.levels) known.level[id] = sentence;
  for (const one of (await answerTo({ ask: "minerals" })).minerals) known.mineral[one.id] = one;
  for (const one of (await answerTo({ ask: "vocabulary" })).entries) known.entry[one.id] = one;
  for (const one of (await answerTo({ ask: "sources" })).sources) known.source[one.id] = one;
}

export const labelOf = (id) => known.entry[id]?.label ?? id;
export const nameOf = (mineral) => known.mineral[mineral]?.name ?? mineral;
export const levelInWords = (level) => level.replaceAll("_", " ");

// A grade and the works behind it; a link leads away only when it is followed.
export function cited(grade, keys) {
  const works = keys.map((key) => known.source[key]).filter(Boolean).map(workLink);
  const parts = works.flatMap((work, at) => (at ? ["; ", work] : [work]));
  return el("span", { class: "cited" }, ` [grade ${grade}: `, parts, "]");
}

export function workLink(work) {
  const told = [work.publisher, work.year].filter(Boolean).join(" ");
  const name = told || work.title;
  if (!/^https?:/.test(work.url ?? "")) return el("span", { title: work.title }, name);
  const away = { href: work.url, rel: "noreferrer noopener", target: "_blank", title: work.title };
  return el("a", away, name);
}
