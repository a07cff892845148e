import type { Examined, ShownPair } from "../worker/ask.js";
import { grouped, visible } from "./bytes.js";
import { type Child, el } from "./dom.js";
import { type Context, copyable } from "./parts.js";
import type { Words } from "./words/en.js";

/** The walk from params to signature, each step with its bytes. */
export function drawWalk(found: Examined, context: Context): HTMLElement {
  const { words } = context;
  const { steps } = found;
  const step = (title: string, body: Child): HTMLElement => el("li", {}, el("h4", {}, title), body);
  const carries =
    steps.recovered === null
      ? el("p", { class: "warn" }, words.carries_nothing)
      : [copyable(steps.recovered, context, grouped(steps.recovered)), sameness(found, words)];
  return el(
    "section",
    {},
    el("h3", {}, words.walk),
    el(
      "ol",
      { class: "walk" },
      step(words.step_pairs, pairsTable(found.pairs, words)),
      step(words.step_canonical, copyable(found.canonical, context)),
      step(words.step_bytes, copyable(steps.canonicalHex, context, grouped(steps.canonicalHex))),
      step(words.step_digest, copyable(steps.digest, context, grouped(steps.digest))),
      step(words.step_info, copyable(steps.digestInfo, context, grouped(steps.digestInfo))),
      step(words.step_encoded, copyable(steps.encodedMessage, context, grouped(steps.encodedMessage))),
      step(words.step_carries, carries),
    ),
  );
}

function sameness({ steps }: Examined, words: Words): HTMLElement {
  const same = steps.recovered === steps.encodedMessage;
  return el("p", { class: same ? "same" : "warn" }, same ? words.same_bytes : words.other_bytes);
}

/** Names and values, in the order in which they are signed. */
export function pairsTable(pairs: readonly ShownPair[], words: Words): HTMLElement {
  return el(
    "div",
    { class: "scroll", tabindex: 0 },
    el(
      "table",
      {},
      el(
        "thead",
        {},
        el("tr", {}, el("th", { scope: "col" }, words.field), el("th", { scope: "col" }, words.value)),
      ),
      el(
        "tbody",
        {},
        pairs.map(({ name, value }) =>
          el(
            "tr",
            {},
            el("th", { scope: "row" }, el("code", {}, visible(name))),
            el(
              "td",
              {},
              value === "" ? el("i", { class: "hint" }, words.empty) : el("code", {}, visible(value)),
            ),
          ),
        ),
      ),
    ),
  );
}
