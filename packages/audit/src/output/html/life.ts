import type { Fact, Saying } from "../../record/fact.js";
import { isoTime } from "../../record/time.js";
import type { Life } from "./sample.js";
import { escapeHtml, grouped, span } from "./text.js";

const STEP = 148;
const ROW = 104;
const ACROSS = 7;
/** Events that are drawn: the first and the last ones where there are more. */
const MOST = 28;

const COLOUR: Readonly<Record<string, string>> = {
  SUCCESS: "paid", REFUND: "refunded", CLOSED: "closed", "cancel 0": "cancelled", "cancel -5": "cancelled",
  "cancel -4": "cancel-refused", "cancel -6": "cancel-refused", "cancel -1": "failed", "cancel -2": "failed",
  "cancel -3": "failed", FAIL: "failed", nothing: "none",
}; // biome-ignore format: a table

/** The life of an order: one circle for each thing that the log says of it, in the order of time. */
export function lifePicture({ facts, findings }: Life): string {
  const places = new Set(
    findings.flatMap(({ evidence }) => evidence.map(({ file, offset }) => `${file}\u0000${offset}`)),
  );
  const sorted = [...facts].sort(
    (a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || a.place.offset - b.place.offset,
  );
  const shown = sorted.length > MOST ? [...sorted.slice(0, MOST / 2), ...sorted.slice(-MOST / 2)] : sorted;
  const parts = shown.map((fact, i) => {
    const x = 70 + (i % ACROSS) * STEP;
    const y = 40 + Math.floor(i / ACROSS) * ROW;
    const before = shown[i - 1];
    const left = sorted.length > MOST && i === MOST / 2 ? sorted.length - MOST : 0;
    return `${before ? link(before, fact, i, x, y, left) : ""}${event(fact, x, y, places.has(`${fact.place.file}\u0000${fact.place.offset}`))}`;
  });
  const rows = Math.ceil(shown.length / ACROSS);
  const width = Math.min(shown.length, ACROSS) * STEP;
  const [first] = facts;
  return `<svg class="life" viewBox="0 0 ${width} ${rows * ROW}" width="${width}" role="img" aria-label="${escapeHtml(`The life of order ${first?.id ?? ""}`)}">${parts.join("")}</svg>`;
}

function link(before: Fact, fact: Fact, i: number, x: number, y: number, left: number): string {
  const gap = before.at !== null && fact.at !== null ? `+${span(fact.at - before.at)}` : "";
  const text = left > 0 ? `\u2026 ${left} more \u2026` : gap;
  if (i % ACROSS === 0)
    return `<text class="gap" x="${x}" y="${y - 18}" text-anchor="middle">\u21b5 ${escapeHtml(text)}</text>`;
  return `<line class="link" x1="${x - STEP + 12}" x2="${x - 12}" y1="${y}" y2="${y}"/><text class="gap" x="${x - STEP / 2}" y="${y - 7}" text-anchor="middle">${escapeHtml(text)}</text>`;
}

function event(fact: Fact, x: number, y: number, evidence: boolean): string {
  const time = isoTime(fact.at);
  const amount = fact.total_fee === "" ? "" : ` ${fact.total_fee} ${fact.fee_type}`;
  const where = `${fact.place.file}:${fact.place.line}`;
  const ring = evidence ? `<circle class="ring" cx="${x}" cy="${y}" r="14"/>` : "";
  const lines = [
    wordOf(fact.says, fact.form),
    time ? time.slice(0, 10) : "no time",
    time ? time.slice(11, 19) : "",
  ];
  const texts = lines.map(
    (line, i) =>
      `<text class="${i === 0 ? "says" : "when"}" x="${x}" y="${y + 28 + 13 * i}" text-anchor="middle">${escapeHtml(line)}</text>`,
  );
  return `<g><title>${escapeHtml(`${wordOf(fact.says, fact.form)}${amount}, ${time ?? "no time"}, ${where}`)}</title>${ring}<circle class="${COLOUR[fact.says] ?? "open"}" cx="${x}" cy="${y}" r="9"/>${texts.join("")}</g>`;
}

function wordOf(says: Saying, form: Fact["form"]): string {
  if (says === "nothing") return "request";
  if (says.startsWith("cancel")) return `cancel \u2192 ${says.slice(7)}`;
  return form === "webhook" ? `webhook ${says}` : says;
}

/** What an order is called in the page: its number, and what is at stake. */
export function lifeTitle({ facts, findings }: Life): string {
  const [first] = facts;
  const amount = findings.find(({ total_fee }) => total_fee !== null);
  const stake = amount?.total_fee
    ? ` <span class="stake">${escapeHtml(`${/^\d+$/.test(amount.total_fee) ? grouped(BigInt(amount.total_fee)) : amount.total_fee} ${amount.fee_type ?? ""}`)}</span>`
    : "";
  return `<h3>${escapeHtml(first?.id ?? "")}${stake} <small>${escapeHtml(first?.appid ?? "")}</small></h3>`;
}
