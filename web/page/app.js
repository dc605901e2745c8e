// The page: what it shows follows from the person, and changes when the person does.
import { byId, button, el, show, tell } from "./dom.js";
import { printHandout } from "./handout.js";
import { openInterview } from "./interview.js";
import { Problem, answerTo, bytesOf, known, learn } from "./known.js";
import { openMinerals } from "./minerals.js";
import { openPeople } from "./people.js";
import { become, canUndo, current, heldInLink, isEmpty, linkTo, onChange, undo, withAnswer } from "./person.js";
import { openQuiz } from "./quiz.js";
import { showRecord, summaryOf, urgencyOf } from "./results.js";
import { changePerson, readWords, search, showChips, showGates, showPerson, showUnread } from "./say.js";
import { openWhatIf } from "./whatif.js";

const OPEN = { person: () => {}, interview: openInterview, whatif: openWhatIf, minerals: openMinerals, quiz: openQuiz, people: openPeople };
let turn = 0;

async function refresh() {
  const mine = ++turn;
  const said = current();
  show("problem");
  show("link");
  showPerson(said);
  showChips(said);
  showGates(said);
  byId("undo").disabled = !canUndo();
  const working = setTimeout(() => show("status", "Working it out."), 300);
  try {
    const { unread, at_odds, notes } = await answerTo({ ask: "read", subject: said });
    if (mine !== turn) return;
    if (unread.length || at_odds) showUnread(unread, at_odds, notes);
    const { record } = await answerTo({ ask: "assess", subject: said });
    if (mine !== turn) return;
    showUnread(unread, at_odds, notes);
    show("urgent", isEmpty(said) ? null : urgencyOf(record.urgency, "h2"));
    showRecord("record", record, (id, answer) => become(withAnswer(current(), id, answer, known.entry[id]?.kind)));
    if (!isEmpty(said)) tell(summaryOf(record));
  } catch (error) {
    if (mine !== turn) return;
    show("urgent");
    show("record");
    throw error;
  } finally {
    clearTimeout(working);
    if (mine === turn) show("status");
  }
}

function open(view) {
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== `view-${view}`;
  for (const one of document.querySelectorAll("nav [data-view]")) {
    if (one.dataset.view === view) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
  }
  show("problem");
  byId(`${view}-title`).focus();
  return OPEN[view]();
}

function share() {
  const link = el("input", { type: "text", readonly: true, id: "share-link", value: linkTo(current()) });
  show("link", el("label", { for: "share-link" }, "This link holds the answers. Whoever has it can read them."), link);
  link.focus();
  link.select();
}

// Whatever goes wrong is told, with what to do; the page stays as it was.
function told(error) {
  const text = error instanceof Problem ? error.message : "This could not be answered; load the page again.";
  show("problem", el("p", {}, text));
  if (!(error instanceof Problem)) console.error(error);
}

function listen() {
  const does = (id, event, act) => byId(id).addEventListener(event, act);
  does("words", "submit", readWords);
  for (const id of ["age", "age-unit"]) does(id, "change", changePerson);
  for (const radio of document.querySelectorAll("input[name=sex]")) radio.addEventListener("change", changePerson);
  does("search", "input", search);
  does("undo", "click", undo);
  does("clear", "click", () => become({}));
  does("print", "click", printHandout);
  does("share", "click", share);
  for (const one of document.querySelectorAll("nav [data-view]")) one.addEventListener("click", () => open(one.dataset.view));
  addEventListener("hashchange", () => heldInLink() && become(heldInLink()));
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    told(event.reason);
  });
}

function describeItself() {
  const { version, fingerprint, footer } = known.about;
  show("limits", footer);
  show("identity", `Rules ${version}, fingerprint ${fingerprint}.`);
  show("made-of", "minsight (Apache 2.0). In the one-file page also Pyodide (MPL 2.0) with CPython (PSF licence), msgspec (BSD) and Snowball (BSD).");
}

async function begin() {
  listen();
  try {
    await learn();
  } catch (error) {
    show("status", `The page could not be made ready: ${error.message}`, button("Try again", () => location.reload()));
    return;
  }
  describeItself();
  onChange(() => refresh().catch(told));
  show("status");
  document.querySelector("#words button").disabled = false;
  become(heldInLink() ?? {});
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

globalThis.minsight = { answer: bytesOf };
begin();
