// Drawings: boxes in columns from left to right, and lines between what rests on what.
// A drawing is an image with a text in its place; over it lie the boxes that can be
// asked, one stop of the keyboard, within which the arrows go from box to box.
import { button, byId, el, show } from "./dom.js";

const FONT = 13;
const LINE = 16;
const PAD = 6;
const DOWN = 10;
const NARROW = { room: 420, gap: [10, 10], width: [94, 150] };
const WIDE = { gap: [26, 90], width: [112, 230] };
const INK = `svg{background:#fff}text{font:${FONT}px system-ui,sans-serif;fill:#1d2226}.head{font-weight:600;fill:#545b61}.box{fill:#fff;stroke:#545b61}.rule{fill:#e6f1f1;stroke:#0b5c63}.level{fill:#fff;stroke:#0b5c63;stroke-width:2.5}.no{stroke-dasharray:5 3}.line{fill:none;stroke:#545b61}`;
const INK_DARK = "svg{background:#16181a}text{fill:#e8e6e1}.head{fill:#b0b4b8}.box{fill:#1f2225;stroke:#b0b4b8}.rule{fill:#1e3134;stroke:#7fd0d6}.level{fill:#1f2225;stroke:#7fd0d6}.line{stroke:#b0b4b8}";

// `boxes` have id, column, says, look, and maybe `short`, which is drawn in place of what
// it says, and `asked`, which gives what to tell of it;
// `lines` are pairs of ids, with true where something must not be so; `heads` by column.
export function drawing({ title, alternative, boxes, lines, heads, name }, place) {
  const used = [...new Set(boxes.map((box) => box.column))].sort((one, other) => one - other);
  const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const room = (place.clientWidth || 600) / scale - 12;
  const gaps = used.length - 1;
  const size = room < NARROW.room ? NARROW : WIDE;
  const longest = Math.max(...boxes.flatMap((box) => partsOf(box.short ?? box.says).map(widthOf)));
  const width = between([Math.min(Math.max(size.width[0], longest + 2 * PAD + 1), size.width[1]), size.width[1]], (room - size.gap[0] * gaps) / used.length);
  const gap = between(size.gap, (room - width * used.length) / gaps);
  const columns = laidOut(boxes, lines, used, width);
  for (const box of columns.flat()) Object.assign(box, { x: 2 + box.at * (width + gap), width });
  const image = inked("g", { role: "img", "aria-label": alternative });
  const hands = inked("g", { role: "group", "aria-label": "Rules in the drawing; the arrow keys go from one to the next" });
  const titles = used.map((column) => linesOf(heads[column] ?? "", width));
  const tall = settle(columns, 10 + LINE * Math.max(...titles.map((one) => one.length)));
  const wide = used.length * width + gaps * gap + 4;
  const paper = inked("svg", { viewBox: `0 0 ${wide} ${tall}`, class: "paper" }, image, hands);
  paper.style.width = `${wide / 16}rem`;
  const told = el("div", { class: "told", tabindex: -1, "aria-live": "polite" });
  image.append(
    ...titles.map((one, at) => textDrawn(one, 2 + at * (width + gap), -1, "head")),
    ...columns.flat().flatMap((box) => box.out.map(([next, no, ends]) => lineBetween(box, next, no, ends))),
    ...columns.flat().filter((box) => box.lines).flatMap(boxDrawn));
  hands.append(...handles(columns.flat().filter((box) => box.asked), image, told));
  return el("figure", { class: "drawing" }, el("figcaption", {}, title),
    el("div", { class: "across", tabindex: hands.childElementCount ? null : 0 }, paper),
    el("p", { class: "help" }, wide > room + 6 ? el("span", { class: "goes-on" }, "It goes on to the right. ") : null, "A box of a rule tells its reason and source. The list says the same."),
    told,
    el("p", { class: "row" }, button("Show it large", (event) => showLarge(event.target.closest("figure")), { class: "large" }), button("Save the drawing", () => saveDrawing(paper, name)), button("Print the drawing", () => printDrawing(paper, title))));
}

export const inked = (name, given, ...children) => {
  const made = document.createElementNS(byId("ink").namespaceURI, name);
  for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const between = ([least, most], wanted) => Math.floor(Math.min(most, Math.max(least, wanted)));

// --- where everything stands ------------------------------------------------------

// The boxes of each column, with places in between that long lines go through.
function laidOut(boxes, lines, used, width) {
  const made = Object.fromEntries(boxes.map((box) => [box.id, placed(box, used.indexOf(box.column), width)]));
  const columns = used.map(() => []);
  for (const box of Object.values(made)) columns[box.at].push(box);
  for (const [from, to, no] of lines) {
    let before = made[from];
    const ends = [from, to];
    for (let at = before.at + 1; at < made[to].at; at++) {
      const through = { at, tall: 4, out: [], near: [[], []] };
      columns[at].push(through);
      joined(before, through, no, ends);
      before = through;
    }
    joined(before, made[to], no, ends);
  }
  return columns;
}

function placed(box, at, width) {
  const wrapped = linesOf(box.short ?? box.says, width - 2 * PAD);
  return { ...box, at, lines: wrapped, tall: wrapped.length * LINE + 2 * PAD, out: [], near: [[], []] };
}

function joined(from, to, no, ends) {
  from.out.push([to, no, ends]);
  from.near[1].push(to);
  to.near[0].push(from);
}

const partsOf = (text) => text.split(/(?<=[ /-])/);

function widthOf(text) {
  const ruler = (widthOf.ruler ??= document.createElement("canvas").getContext("2d"));
  ruler.font = `${FONT}px ${getComputedStyle(document.body).fontFamily}`;
  return ruler.measureText(text.trimEnd()).width * 1.03;
}

function linesOf(text, width) {
  const fits = (some) => widthOf(some) <= width;
  const parts = partsOf(text).flatMap((part) => (fits(part) ? [part] : [...part]));
  const found = [""];
  for (const part of parts) {
    const longer = found.at(-1) + part;
    if (fits(longer)) found[found.length - 1] = longer;
    else found.push(part);
  }
  return found;
}

// Boxes stand near those that they are joined with; says how tall it all is.
function settle(columns, head) {
  for (const column of columns) stack(column, (box, at) => at);
  for (let sweep = 0; sweep < 6; sweep++) {
    const side = sweep % 2;
    for (const column of side ? columns.toReversed() : columns) {
      stack(column, (box) => {
        const near = box.near[side].length ? box.near[side] : box.near[1 - side];
        return near.length ? near.reduce((sum, one) => sum + one.y + one.tall / 2, 0) / near.length : box.y;
      });
    }
  }
  const every = columns.flat();
  const top = Math.min(...every.map((box) => box.y));
  for (const box of every) box.y += head - top;
  return Math.max(...every.map((box) => box.y + box.tall)) + 3;
}

function stack(column, wanted) {
  for (const [at, box] of column.entries()) box.wanted = wanted(box, at);
  column.sort((one, other) => one.wanted - other.wanted);
  let y = -Infinity;
  for (const box of column) {
    box.y = Math.max(y, box.wanted - box.tall / 2);
    y = box.y + box.tall + DOWN;
  }
  const off = column.reduce((sum, box) => sum + box.wanted - box.tall / 2 - box.y, 0) / column.length;
  for (const box of column) box.y += off;
}

// --- what is drawn ----------------------------------------------------------------

function lineBetween(from, to, no, ends) {
  const [y, then] = [from, to].map((box) => (box.y + box.tall / 2).toFixed(1));
  const right = from.x + from.width;
  const bend = (right + to.x) / 2;
  const path = `M${from.lines ? right : from.x} ${y}H${right}C${bend} ${y} ${bend} ${then} ${to.x} ${then}`;
  return Object.assign(inked("path", { class: no ? "line no" : "line", d: path }), { ends });
}

function boxDrawn(box) {
  return [inked("rect", { class: `box ${box.look}`, ...placeOf(box) }), textDrawn(box.lines, box.x + PAD, box.y + 1, "")];
}

function textDrawn(lines, x, y, look) {
  return inked("text", { class: look, x, y: y.toFixed(1) }, ...lines.map((text) => inked("tspan", { x, dy: LINE }, text.trimEnd())));
}

const placeOf = (box) => ({ x: box.x, y: box.y.toFixed(1), width: box.width, height: box.tall, rx: 6 });

// --- boxes that tell more ---------------------------------------------------------

function handles(boxes, image, told) {
  const made = boxes.map((box) => {
    const handle = inked("rect", { class: "hand", role: "button", tabindex: -1, "aria-label": box.says, ...placeOf(box) });
    const tellIt = () => {
      for (const one of made) one.setAttribute("tabindex", one === handle ? 0 : -1);
      for (const line of image.querySelectorAll("path")) line.classList.toggle("lit", line.ends.includes(box.id));
      show(told, el("p", {}, el("strong", {}, box.says), ": ", box.asked()));
    };
    handle.addEventListener("focus", tellIt);
    handle.addEventListener("click", () => handle.focus());
    handle.addEventListener("keydown", (event) => {
      const at = made.indexOf(handle);
      const next = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: made.length - 1 }[event.key];
      if (event.key === "Enter" || event.key === " ") told.focus();
      else if (next == null) return;
      else made[Math.min(Math.max(next, 0), made.length - 1)].focus();
      event.preventDefault();
    });
    return handle;
  });
  made[0]?.setAttribute("tabindex", 0);
  return made;
}

// --- large, and taken along ------------------------------------------------------------------

// The drawing alone, with its colours for light and dark.
export function drawingAsText(paper) {
  const alone = paper.cloneNode(true);
  const [, , wide, tall] = paper.getAttribute("viewBox").split(" ");
  for (const [key, value] of [["width", wide], ["height", tall]]) alone.setAttribute(key, value);
  alone.removeAttribute("style");
  alone.lastChild.remove();
  for (const line of alone.querySelectorAll("path")) line.classList.remove("lit");
  alone.prepend(inked("style", {}, `${INK}@media (prefers-color-scheme:dark){${INK_DARK}}`));
  return new XMLSerializer().serializeToString(alone);
}

// Over the whole page, until Escape; then it is where it was.
function showLarge(figure) {
  const dialog = el("dialog", { "aria-label": figure.querySelector("figcaption").textContent }, el("p", {}, button("Close", () => dialog.close())));
  const home = figure.parentElement;
  const asked = document.activeElement;
  asked.hidden = true;
  dialog.addEventListener("close", () => {
    home.append(figure);
    dialog.remove();
    asked.hidden = false;
    asked.focus();
  });
  document.body.append(dialog);
  dialog.append(figure);
  dialog.showModal();
}

function saveDrawing(paper, name) {
  const address = URL.createObjectURL(new Blob([drawingAsText(paper)], { type: "image/svg+xml" }));
  el("a", { href: address, download: `${name}.svg` }).click();
  URL.revokeObjectURL(address);
}

function printDrawing(paper, title) {
  const alone = paper.cloneNode(true);
  alone.lastChild.remove();
  show("handout", el("h1", {}, title), el("div", { class: "drawing" }, alone));
  window.print();
}
