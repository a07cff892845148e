import type { LogReport, ShownFinding } from "../worker/log.js";
import { visible } from "./bytes.js";
import { barsByDay, lifeLine, shares } from "./chart.js";
import { csvOf } from "./csv.js";
import { type Child, el } from "./dom.js";
import { type Context, save } from "./parts.js";
import { type Sentences, writeFinding } from "./sentences/sentences.js";
import type { Words } from "./words/en.js";

/** So many findings of one kind are in the table; the saved files have all. */
const MOST_OF_A_KIND = 20;

/** The audit of a log: totals, charts, findings, and the lives of the orders that have some. */
export function drawLog(report: LogReport, { words, sentences }: Context): HTMLElement {
  const { findings, name } = report;
  const base = name.replace(/\.[^.]*$/, "") || "log";
  return el(
    "div",
    { "data-report": "log" },
    el("h2", {}, name),
    totals(report, words),
    el("div", { class: "charts" }, barsByDay(report.days, words), shares(report.results, words)),
    el("h3", {}, words.log_findings),
    findings.length === 0 ? el("p", { class: "same" }, words.log_no_findings) : null,
    kindTable(report, sentences),
    findingTable(report, words, sentences),
    el(
      "p",
      { class: "row" },
      el(
        "button",
        {
          type: "button",
          onclick: () =>
            save(`${base}-audit.json`, "application/json", `${JSON.stringify(report, null, 2)}\n`),
        },
        words.save_json,
      ),
      findings.length === 0
        ? null
        : el(
            "button",
            { type: "button", onclick: () => save(`${base}-findings.csv`, "text/csv", csvOf(findings)) },
            words.save_csv,
          ),
    ),
  );
}

function totals({ records, orders, milliseconds }: LogReport, words: Words): HTMLElement {
  const speed = Math.round(records.total / Math.max(0.001, milliseconds / 1000));
  const box = (label: string, value: number, kind = ""): Child =>
    el("div", { class: kind }, el("b", {}, value.toLocaleString()), label);
  const bad = (value: number): string => (value > 0 ? "bad" : "");
  return el(
    "div",
    { class: "numbers" },
    box(words.log_records, records.total),
    box(words.log_valid, records.valid, "good"),
    box(words.log_invalid, records.invalid, bad(records.invalid)),
    box(words.log_missing, records.missing, bad(records.missing)),
    box(words.log_unreadable, records.unreadable, bad(records.unreadable)),
    box(words.log_unsigned, records.unsigned),
    box(words.log_orders, orders),
    box(words.log_speed, speed),
  );
}

function kindTable({ kinds }: LogReport, sentences: Sentences | null): Child {
  if (kinds.length === 0) return null;
  const rows = kinds.map(([kind, says, count]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, el("code", {}, kind)),
      el("td", {}, sentences?.findings[kind as keyof Sentences["findings"]] ?? says),
      el("td", { class: "number" }, count.toLocaleString()),
    ),
  );
  return el("table", { class: "kinds" }, el("tbody", {}, rows));
}

function findingTable({ findings, lives }: LogReport, words: Words, sentences: Sentences | null): Child {
  if (findings.length === 0) return null;
  const drawn = new Map<string, number>();
  const worst = [...findings]
    .sort((a, b) => rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0))
    .filter(({ kind }) => {
      const before = drawn.get(kind) ?? 0;
      drawn.set(kind, before + 1);
      return before < MOST_OF_A_KIND;
    });
  const head = [words.log_line, words.log_order, words.log_what];
  const left = findings.length - worst.length;
  return [
    el(
      "div",
      { class: "scroll", tabindex: 0 },
      el(
        "table",
        { class: "findings" },
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            head.map((text) => el("th", { scope: "col" }, text)),
          ),
        ),
        el(
          "tbody",
          {},
          worst.map((one) => row(one, lives, sentences)),
        ),
      ),
    ),
    left > 0 ? el("p", { class: "hint" }, `${left.toLocaleString()} ${words.log_more}`) : null,
  ];
}

const LEVELS = ["error", "warning", "note"];

function rank({ level, kind }: ShownFinding): number {
  return kind === "cancelled_then_paid" ? -1 : LEVELS.indexOf(level);
}

function row(one: ShownFinding, lives: LogReport["lives"], sentences: Sentences | null): HTMLElement {
  const { line, mch_order_no, kind, requirement, level } = one;
  const life = mch_order_no === null ? undefined : lives[mch_order_no];
  return el(
    "tr",
    { class: level },
    el("td", { class: "number" }, line === null ? "" : line.toLocaleString()),
    el("td", {}, el("code", {}, visible(mch_order_no ?? ""))),
    el(
      "td",
      {},
      sentences === null ? one.detail : inWords(one, sentences),
      " ",
      el("code", {}, kind),
      requirement === null ? "" : ` ${requirement}`,
      life && life.length > 1 ? lifeLine(life) : null,
    ),
  );
}

/** A finding in the page's language: its kind, its reason, and the money that it is about. */
function inWords({ kind, reason, total_fee, fee_type }: ShownFinding, sentences: Sentences): string {
  const amount = total_fee === null ? "" : ` (${total_fee} ${fee_type ?? ""})`.replace(" )", ")");
  return `${writeFinding(kind, reason, sentences)}${amount}`;
}
