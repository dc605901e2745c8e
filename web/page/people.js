// Many people: a small table or records, assessed one after the other; whom to see
// comes first, and the records can be saved as the command line writes them.
import { button, byId, el, list, show, tell } from "./dom.js";
import { answerTo, bytesOf, cited, known } from "./known.js";

const MOST_PEOPLE = 5000;
const MOST_SHOWN = 200;
const SOON = ["emergency", "same_day", "soon"];
let stopped = false;

export function openPeople() {
  const picked = el("input", { type: "file", id: "people-file", accept: ".csv,.tsv,.txt,.jsonl,.ndjson", onchange: (event) => take(event.target.files[0]) });
  const place = el("div", { class: "drop" },
    el("label", { for: "people-file" }, "A file of people, to choose or to drop here"), picked,
    el("p", { class: "help" }, `Up to ${MOST_PEOPLE} people: a table (.csv) with a column for each question, named in words of the vocabulary, and yes, no or nothing in its cells, such as `,
      el("code", {}, "id,age,sex,fatigue,fever"), "; or records, one on each line (.jsonl)."),
    el("p", { class: "help" }, "Other tables and forms, and larger ones, are screened by the command minsight screen."));
  place.addEventListener("dragover", (event) => event.preventDefault());
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    return take(event.dataTransfer.files[0]);
  });
  show("people", place, el("div", { id: "people-done" }));
}

async function take(file) {
  if (!file) return;
  show("people-done", el("p", {}, "Reading the file."));
  let read;
  try {
    read = await answerTo({ ask: "table", text: await file.text() });
  } catch (error) {
    show("people-done");
    throw error;
  }
  stopped = false;
  const bar = el("progress", { max: read.people.length, value: 0, "aria-label": "People assessed" });
  show("people-done", bar, button("Stop", () => (stopped = true)));
  const found = { assessed: [], rejected: [...read.rejects], left: read.columns.filter((one) => one.role === "left_out"), notes: read.notes };
  for (const person of read.people) {
    if (stopped) break;
    await assessOne(person, found);
    bar.value += 1;
  }
  drawPeople(found, read.people.length + read.rejects.length);
}

async function assessOne({ row, subject }, found) {
  const answer = await bytesOf({ ask: "assess", subject, keep_going: true });
  const { ask, record, what, what_to_do } = JSON.parse(answer);
  if (ask === "problem") return found.rejected.push({ row, reason: `${what}; ${what_to_do}` });
  const raw = answer.slice(answer.indexOf('"record":') + 9, -1);
  return found.assessed.push({ id: record.subject_id || `row ${row}`, urgency: record.urgency, raw });
}

// --- what became of them ----------------------------------------------------------

function drawPeople({ assessed, rejected, left, notes }, all) {
  const soon = assessed.filter((one) => SOON.includes(one.urgency.level));
  soon.sort((one, other) => SOON.indexOf(one.urgency.level) - SOON.indexOf(other.urgency.level));
  const unjudged = assessed.filter((one) => !one.urgency.judged);
  const counts = `${assessed.length} of ${all} assessed, ${rejected.length} rejected; ${soon.length} to see soon, ${unjudged.length} not judged.`;
  show("people-done",
    el("h2", { tabindex: "-1" }, counts),
    button("Save all records", () => save(assessed)),
    soon.length ? seeTable("Whom to see soon, the most urgent first", soon) : null,
    unjudged.length ? seeTable("Not judged, because not everything is known", unjudged) : null,
    rejected.length ? [el("h3", {}, "Rejected"), list(rejected.slice(0, MOST_SHOWN), rejectInWords)] : null,
    left.length ? el("p", {}, `Not understood, and left out: ${left.map((one) => one.name).join(", ")}.`) : null,
    list(notes, (note) => note),
    el("p", { class: "limits" }, known.about.footer));
  byId("people-done").querySelector("h2").focus();
  tell(counts);
}

function rejectInWords(one) {
  const where = one.column ? `, ${one.column}` : "";
  return `Row ${one.row}${where}: ${one.reason}`;
}

function seeTable(title, people) {
  const heads = ["Who", "How soon", "Why"];
  const row = (one) => el("tr", {}, el("th", { scope: "row" }, one.id), el("td", {}, one.urgency.sentence),
    el("td", {}, list(one.urgency.reasons, (reason) => [reason.message, cited(reason.grade, reason.sources)])));
  const more = people.length - MOST_SHOWN;
  return [
    el("table", {}, el("caption", {}, title), el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, people.slice(0, MOST_SHOWN).map(row))),
    more > 0 ? el("p", {}, `${more} more are in the saved records.`) : null,
  ];
}

function save(assessed) {
  const text = assessed.map((one) => `${one.raw}\n`).join("");
  const address = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
  el("a", { href: address, download: "results.jsonl" }).click();
  URL.revokeObjectURL(address);
}
