// The handout: the library's page for a visit, on one printed sheet.
import { byId } from "./dom.js";
import { answerTo } from "./known.js";
import { current } from "./person.js";

export async function printHandout() {
  const { html } = await answerTo({ ask: "handout", subject: current() });
  const [, inside] = html.split(/<.?main>/);
  const sheet = new DOMParser().parseFromString(inside, "text/html");
  byId("handout").replaceChildren(...sheet.body.childNodes);
  window.print();
}
