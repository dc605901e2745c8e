// The document: elements from data. Text is always set as text, never as markup.
export const byId = (id) => document.getElementById(id);

export function el(name, given = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.flat(9).filter((child) => child != null && child !== false));
  return made;
}

export function show(place, ...children) {
  const holder = typeof place === "string" ? byId(place) : place;
  holder.replaceChildren(...children.flat(9).filter((child) => child != null && child !== false));
}

export function button(text, press, given = {}) {
  return el("button", { type: "button", onclick: press, ...given }, text);
}

export function list(items, made, given = {}) {
  return items.length ? el("ul", given, items.map((item) => el("li", {}, made(item)))) : null;
}

export function folded(title, ...children) {
  return el("details", {}, el("summary", {}, title), ...children);
}

export function choice(label, options, given = {}) {
  const picked = el("select", given, options.map(([value, text]) => el("option", { value }, text)));
  return { picked, field: el("label", {}, `${label} `, picked) };
}

export function tell(text) {
  show("news", text);
}

export function lower(text) {
  return /^[A-Z][a-z]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text;
}
