// The person: what was said, each change of it undoable, and the link that holds it.
export const LISTS = ["present", "absent", "unsure", "groups", "not_groups"];
export const AGES = ["age_years", "age_months", "age_days"];
const MOST_UNDONE = 100;

let subject = {};
const before = [];
const listeners = [];

export const current = () => structuredClone(subject);
export const canUndo = () => before.length > 0;
export const onChange = (listener) => listeners.push(listener);

export function become(next) {
  before.push(subject);
  if (before.length > MOST_UNDONE) before.shift();
  changed(next);
}

export function undo() {
  if (before.length) changed(before.pop());
}

function changed(next) {
  subject = tidy(next);
  for (const listener of listeners) listener();
}

function tidy(said) {
  const kept = {};
  for (const key of [...AGES, "sex"]) if (said[key] != null && said[key] !== "") kept[key] = said[key];
  for (const key of LISTS) if (said[key]?.length) kept[key] = [...new Set(said[key])];
  if (said.measurements?.length) kept.measurements = said.measurements;
  return kept;
}

export function isEmpty(said = subject) {
  return !Object.keys(said).length;
}

// An answer set by id, whatever was said of it before; null takes it back.
export function withAnswer(said, id, answer, kind = "finding") {
  const next = structuredClone(said);
  for (const key of LISTS) next[key] = (next[key] ?? []).filter((one) => one !== id);
  const group = { present: "groups", absent: "not_groups" };
  if (answer) next[kind === "group" ? (group[answer] ?? "unsure") : answer].push(id);
  return next;
}

// What was said later holds: it takes the place of what was said before.
export function merged(said, more) {
  let next = structuredClone(said);
  for (const key of LISTS) {
    for (const id of more[key] ?? []) {
      next = withAnswer(next, id, null);
      next[key] = [...(next[key] ?? []), id];
    }
  }
  const names = new Set((more.measurements ?? []).map((one) => one.name));
  const kept = (next.measurements ?? []).filter((one) => !names.has(one.name));
  next.measurements = [...kept, ...(more.measurements ?? [])];
  if (AGES.some((key) => more[key] != null)) for (const key of AGES) next[key] = more[key];
  if (more.sex) next.sex = more.sex;
  return next;
}

// --- the link ---------------------------------------------------------------------

export function linkTo(said) {
  const bytes = new TextEncoder().encode(JSON.stringify(said));
  const text = btoa(String.fromCharCode(...bytes));
  const held = text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `${location.href.split("#")[0]}#answers=${held}`;
}

export function heldInLink() {
  const held = new URLSearchParams(location.hash.slice(1)).get("answers");
  if (!held) return null;
  try {
    const text = atob(held.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const said = JSON.parse(new TextDecoder().decode(bytes));
    return typeof said === "object" && said && !Array.isArray(said) ? said : null;
  } catch {
    return null;
  }
}
