import { createHash } from "node:crypto";
import { FINDING_KINDS, type Finding, type FindingKind } from "../../record/finding.js";
import type { AuditReport } from "../report.js";
import { barChart } from "./chart.js";
import { lifePicture, lifeTitle } from "./life.js";
import { OUTCOMES, type PageSample, VERDICTS } from "./sample.js";
import type { Bucket } from "./series.js";
import { PAGE_SCRIPT, PAGE_STYLE } from "./style.js";
import { escapeHtml, grouped } from "./text.js";

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * The report of an audit as one HTML page that needs nothing else: it opens from `file://`, its policy lets it load
 * nothing, and all of it is there without the script, which only filters.
 */
export function htmlReport(
  report: AuditReport,
  sample: PageSample,
  tool: { readonly version: string; readonly finishedAt: Date },
): string {
  const policy = `default-src 'none'; style-src ${hash(PAGE_STYLE)}; script-src ${hash(PAGE_SCRIPT)}; base-uri 'none'; form-action 'none'`;
  const { level, sentence } = verdictOf(report);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Ksherproof audit</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header class="${level}"><h1>Ksherproof audit</h1><p class="verdict">${sentence}</p></header>
<main>
${tiles(report, sample)}
${charts(sample)}
${kinds(report)}
${lives(sample)}
${list(report, sample)}
${sources(report)}
</main>
<footer>Made by ksherproof ${escapeHtml(tool.version)}, ${tool.finishedAt.toISOString()}. This page loads nothing and sends nothing.</footer>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function kindsIn(report: AuditReport): readonly (readonly [FindingKind, number])[] {
  return Object.entries(report.findings) as [FindingKind, number][];
}

function verdictOf(report: AuditReport): { readonly level: string; readonly sentence: string } {
  const sums = { error: 0, warning: 0, note: 0 };
  for (const [kind, count] of kindsIn(report)) sums[FINDING_KINDS[kind].level] += count;
  const { error, warning } = sums;
  const plural = (count: number, word: string): string =>
    `${grouped(count)} ${word}${count === 1 ? "" : "s"}`;
  const of = report.orders ? ` of ${plural(report.orders.total, "order")}` : "; orders were not judged";
  const about = `in ${plural(report.records.total, "record")}${of}`;
  if (error > 0)
    return {
      level: "error",
      sentence: `${plural(error, "error")}${warning > 0 ? ` and ${plural(warning, "warning")}` : ""} ${about}`,
    };
  if (warning > 0)
    return { level: "warning", sentence: `${plural(warning, "warning")} and no error ${about}` };
  return { level: "clean", sentence: `Nothing wrong ${about}` };
}

function tiles({ records, orders }: AuditReport, { money }: PageSample): string {
  const unsigned = records.total - records.valid - records.invalid - records.missing - records.unreadable;
  const tile = (value: string, label: string, tone = ""): string =>
    `<div class="tile ${tone}"><b>${value}</b><span>${label}</span></div>`;
  const bad = (count: number, label: string): string => tile(grouped(count), label, count > 0 ? "bad" : "");
  const owed = [...money].map(([currency, sum]) =>
    tile(`${grouped(sum)} ${escapeHtml(currency)}`, "to give back, in the smallest unit", "bad money"),
  );
  return `<section class="tiles">${[
    ...owed,
    tile(grouped(records.total), "records"),
    tile(grouped(records.valid), "signed and valid", "good"),
    bad(records.invalid, "invalid"),
    bad(records.missing, "signature missing"),
    bad(records.unreadable, "unreadable"),
    tile(grouped(unsigned), "unsigned by design, or no answer"),
    ...(orders
      ? [tile(grouped(orders.total), "orders"), bad(orders.with_findings, "orders with findings")]
      : []),
  ].join("")}</section>`;
}

function charts(sample: PageSample): string {
  const verdicts = sample.verdicts.list();
  const outcomes = sample.outcomes.list();
  const series = (names: readonly string[], only: (name: string) => boolean) =>
    names
      .map((name, index) => ({ index, name, colour: name.replace(" ", "-") }))
      .filter(({ name }) => only(name));
  const timed = verdicts.length + outcomes.length > 0;
  const place = (bucket: Bucket): string => `part ${bucket.at + 1}`;
  const label =
    (width: number) =>
    (bucket: Bucket): string =>
      new Date(bucket.at)
        .toISOString()
        .slice(0, width >= 86_400_000 ? 10 : 16)
        .replace("T", " ");
  const list = timed ? verdicts : sample.places.list();
  if (list.length + outcomes.length === 0) return "";
  const name = timed ? label(sample.verdicts.width) : place;
  const along = timed ? "over time (UTC)" : "along the log, whose records carry no time";
  const bad = list.some(({ counts }) => (counts[1] ?? 0) + (counts[2] ?? 0) > 0);
  return `<section><h2>${timed ? "Over time" : "Along the log"}</h2>
${barChart(
  list,
  series(VERDICTS, (one) => one === "valid"),
  name,
  `Valid answers${timed ? " that carry a time," : ""} ${along}`,
)}
${
  bad
    ? barChart(
        list,
        series(VERDICTS, (one) => one !== "valid"),
        name,
        `Answers that do not hold, ${along}`,
      )
    : ""
}
${
  outcomes.length > 0
    ? barChart(
        outcomes,
        series(OUTCOMES, () => true),
        label(sample.outcomes.width),
        "What answers said of their orders, over time (UTC)",
      )
    : ""
}
</section>`;
}

function kinds(report: AuditReport): string {
  const all = kindsIn(report);
  if (all.length === 0) return "";
  const most = Math.max(...all.map(([, count]) => count));
  const rows = [...all]
    .sort((a, b) => b[1] - a[1])
    .map(([kind, count]) => {
      const { level, says, requirement } = FINDING_KINDS[kind];
      return `<tr><td class="n">${grouped(count)}</td><td><svg viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true"><rect class="fill-${level}" width="${Math.max(1, (200 * count) / most).toFixed(1)}" height="14"/></svg></td><td><span class="tag ${level}">${level}</span></td><td>${escapeHtml(says)} <span class="soft">${kind}${requirement ? `, ${requirement}` : ""}</span></td></tr>`;
    });
  return `<section><h2>Findings by kind</h2><table class="kinds"><tbody>${rows.join("")}</tbody></table></section>`;
}

function lives(sample: PageSample): string {
  const drawn = sample.drawn();
  if (drawn.length === 0) return "";
  const items = drawn.map((life) => {
    const says = life.findings.map(
      ({ kind, level, detail }) => `<p><span class="tag ${level}">${kind}</span> ${escapeHtml(detail)}</p>`,
    );
    return `<article>${lifeTitle(life)}${says.join("")}<div class="scroll" tabindex="0">${lifePicture(life)}</div></article>`;
  });
  return `<section><h2>Lives of orders with findings</h2><p class="soft">All that the log says of an order, in the order of time; a dashed ring marks what a finding rests on. Money first, at most a few orders of each kind.</p>${items.join("")}</section>`;
}

function list(report: AuditReport, sample: PageSample): string {
  const listed = sample.listed();
  if (listed.length === 0) return "";
  const total = kindsIn(report).reduce((sum, [, count]) => sum + count, 0);
  const left =
    total > listed.length
      ? ` The first ${grouped(listed.length)} of ${grouped(total)}, at most 50 of each kind; <code>audit --findings</code> writes all.`
      : "";
  const options = kindsIn(report).map(([kind]) => `<option>${kind}</option>`);
  const boxes = (["error", "warning", "note"] as const).map(
    (level) => `<label><input type="checkbox" value="${level}" checked> ${level}</label>`,
  );
  return `<section><h2>The findings</h2><p class="soft">Each with its place.${left}</p>
<form class="filters" hidden><input type="search" name="word" placeholder="Order, file, reason" aria-label="Search"><select name="kind" aria-label="Kind"><option value="">every kind</option>${options.join("")}</select>${boxes.join("")}</form>
<div class="scroll"><table class="listed"><thead><tr><th>Kind</th><th>Order</th><th>Where</th><th>What</th></tr></thead><tbody>${listed.map(row).join("")}</tbody></table></div><p class="nothing" hidden>No finding fits the filters.</p></section>`;
}

function row({ kind, level, place, evidence, at, mch_order_no, detail, reason }: Finding): string {
  const places = place ? [{ ...place, at }] : evidence.slice(0, 3);
  const where = places.map(
    (one) =>
      `<code>${escapeHtml(one.file)}:${one.line}</code>${one.at ? `<br><span class="soft">${one.at}</span>` : ""}`,
  );
  return `<tr data-kind="${kind}" data-level="${level}"><td><span class="tag ${level}">${kind}</span></td><td class="order">${escapeHtml(mch_order_no ?? "")}</td><td class="where">${where.join("<br>")}</td><td>${escapeHtml(detail)} <span class="soft">${escapeHtml(reason)}</span></td></tr>`;
}

function sources({ keys, inputs }: AuditReport): string {
  const keyRows = keys.map(({ name, bits, fingerprint_sha256, records, weak }) => [
    escapeHtml(name),
    `<span>${bits} bits${weak ? ' <span class="tag warning">weak</span>' : ""}</span>`,
    grouped(records),
    `<code>${fingerprint_sha256}</code>`,
  ]);
  const inputRows = inputs.map(({ file, format, compression, bytes, records, sha256 }) => [
    `<span>${escapeHtml(file)}</span>`,
    `${format}${compression === "none" ? "" : `, ${compression}`}`,
    grouped(bytes),
    grouped(records),
    sha256 ? `<code>${sha256}</code>` : "",
  ]);
  return `<section><h2>Keys</h2>${namedTable(["Key", "Size", "Verified", "SHA-256"], keyRows)}
<h2>Inputs</h2>${namedTable(["File", "Format", "Bytes", "Records", "SHA-256"], inputRows)}</section>`;
}

const NUMBERS = ["Verified", "Bytes", "Records"];

/** A table whose cells carry their column's name, which a phone shows in place of the head. */
function namedTable(names: readonly string[], rows: readonly (readonly string[])[]): string {
  const kind = (name: string): string => (NUMBERS.includes(name) ? ' class="n"' : "");
  const cells = (row: readonly string[]): string =>
    names.map((name, i) => `<td data-name="${name}"${kind(name)}>${row[i]}</td>`).join("");
  const head = names.map((name) => `<th${kind(name)}>${name}</th>`).join("");
  const body = rows.map((row) => `<tr>${cells(row)}</tr>`).join("");
  return `<div class="scroll"><table class="named"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
