import type { Answer, Examined, ShownMistake } from "../worker/ask.js";
import { visible } from "./bytes.js";
import { type Child, el } from "./dom.js";
import { type Context, save } from "./parts.js";
import { type Sentences, write, writeRejection } from "./sentences/sentences.js";
import { drawWalk, pairsTable } from "./walk.js";
import type { Words } from "./words/en.js";

/** Everything that is known of one message, the verdict first. */
export function drawExamined(found: Examined, context: Context): HTMLElement {
  const { words, sentences } = context;
  const summary = sentences === null ? found.summary : write(found.sentences.summary, sentences);
  const headline = words[`v_${found.verdict}` as keyof Words] ?? summary;
  context.announce(`${found.valid ? words.valid : words.not_valid}. ${headline}`);
  return el(
    "div",
    {},
    el(
      "section",
      { class: `verdict ${found.valid ? "good" : "bad"}`, "data-verdict": found.verdict },
      el(
        "h2",
        {},
        el("span", { class: "mark", "aria-hidden": "true" }, found.valid ? "✓" : "✗"),
        found.valid ? words.valid : words.not_valid,
      ),
      el("p", { class: "headline" }, headline),
      drawRejection(found, context),
      found.verdict === "valid" ? null : el("p", {}, summary),
      found.known === null
        ? null
        : el("p", {}, sentences?.known[found.known.id as keyof typeof sentences.known] ?? found.known.says),
      found.valid && found.readings.length > 0
        ? el("p", { class: "warn" }, `${words.ambiguity}: ${found.readings.length}`)
        : null,
      facts(found, context),
    ),
    drawDiagnosis(found, context),
    drawWalk(found, context),
    drawReadings(found, words),
    el(
      "p",
      {},
      el(
        "button",
        {
          type: "button",
          onclick: () =>
            save("ksherproof-verdict.json", "application/json", `${JSON.stringify(found, null, 2)}\n`),
        },
        words.save_json,
      ),
    ),
  );
}

/** What stood in the way of looking at the message at all. */
export function drawSorry(answer: Sorry, context: Context): HTMLElement {
  context.announce(context.words.sorry);
  return el(
    "section",
    { class: "verdict sorry", "data-verdict": "sorry" },
    el("h2", {}, el("span", { class: "mark", "aria-hidden": "true" }, "!"), context.words.sorry),
    el("p", {}, sorryText(answer, context)),
  );
}

function sorryText({ code, detail, field, place }: Sorry, { sentences }: Context): string {
  const english =
    place === null || /line \d/.test(detail)
      ? detail
      : `${detail} (line ${place.line}, column ${place.column})`;
  const text = sentences && writeRejection({ code, field }, sentences);
  if (!sentences || text === null) return english;
  if (place === null) return text;
  const { line, column } = place;
  const terms = { line: String(line), column: String(column) };
  return `${text} (${sentences.place.replace(/\{(\w+)\}/g, (_, name: keyof typeof terms) => terms[name])})`;
}

type Sorry = Answer & { readonly say: "sorry" };

function drawRejection({ valid, rejection }: Examined, { sentences }: Context): Child {
  if (valid || rejection === null) return null;
  const text = (sentences && writeRejection(rejection, sentences)) ?? rejection.detail;
  return el("p", {}, text, rejection.requirement === null ? "" : ` (${rejection.requirement})`);
}

function facts({ what, sentences: told, covers, key }: Examined, { words, sentences }: Context): HTMLElement {
  const fact = (name: string, value: Child): Child => [el("dt", {}, name), el("dd", {}, value)];
  return el(
    "dl",
    { class: "facts" },
    fact(words.recognised, sentences === null ? what : write(told.what, sentences)),
    fact(words.covers, covers === "all" ? words.covers_all : covers.join(", ")),
    fact(
      words.key_worth,
      `${sentences?.keys[key.name as keyof typeof sentences.keys] ?? key.name}: RSA ${key.bits}, e = ${key.exponent}, ${key.form}, SHA-256 ${key.fingerprint.slice(0, 16)}…`,
    ),
    key.bits < 600 ? fact("", el("span", { class: "warn" }, words.weak_512)) : fact("", words.md5_note),
  );
}

function drawDiagnosis({ mistakes, diff, verdict }: Examined, { words, sentences }: Context): Child {
  if (verdict === "valid" || (mistakes.length === 0 && diff === null)) return null;
  return el(
    "section",
    {},
    el("h3", {}, words.diagnosis),
    mistakes.length === 0 ? null : el("p", {}, words.mistakes),
    el(
      "ul",
      { class: "mistakes" },
      mistakes.map((one) => mistakeItem(one, sentences)),
    ),
    diff === null ? null : drawDiff(diff, words),
  );
}

function mistakeItem(
  { id, requirement, says, sentence }: ShownMistake,
  sentences: Sentences | null,
): HTMLElement {
  return el(
    "li",
    {},
    `${sentences === null ? says : write(sentence, sentences)} `,
    el("code", {}, id),
    ` ${requirement}`,
  );
}

function drawDiff(diff: NonNullable<Examined["diff"]>, words: Words): HTMLElement {
  const side = (kind: "right" | "other", tag: "ins" | "del"): Child =>
    diff
      .filter((part) => part.kind === "same" || part.kind === kind)
      .map((part) => (part.kind === "same" ? visible(part.text) : el(tag, {}, visible(part.text))));
  return el(
    "div",
    { class: "diff" },
    el("div", {}, el("b", {}, words.diff_right), el("pre", { tabindex: 0 }, side("right", "ins"))),
    el("div", {}, el("b", {}, words.diff_other), el("pre", { tabindex: 0 }, side("other", "del"))),
  );
}

/** So many readings are drawn; the saved file has all. */
const MOST_READINGS = 20;

/** The other messages under a signature that fits: of each, the fields that differ. */
function drawReadings({ readings, verdict, pairs }: Examined, words: Words): Child {
  if (verdict !== "valid" && verdict !== "bad_shape") return null;
  const own = new Map(pairs.map(({ name, value }) => [name, value]));
  return el(
    "section",
    {},
    el("h3", {}, words.ambiguity),
    el("p", {}, readings.length === 0 ? words.ambiguity_none : words.ambiguity_some),
    readings.slice(0, MOST_READINGS).map((reading) =>
      pairsTable(
        reading.filter(({ name, value }) => own.get(name) !== value),
        words,
      ),
    ),
    readings.length > MOST_READINGS
      ? el("p", { class: "hint" }, `${readings.length - MOST_READINGS} ${words.log_more}`)
      : null,
  );
}
