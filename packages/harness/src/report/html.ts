import { diffTexts } from "@ksherproof/core";
import { type ReportDocument, type RequirementDocument, sparedWords, verdictWords } from "./document.js";
import type { FailureDocument } from "./failure.js";
import { PAGE_SCRIPT, PAGE_STYLE } from "./html-page.js";

/** The report as one HTML file that needs nothing else and opens from `file://`. */
export function htmlReport(report: ReportDocument): string {
  const { client, summary } = report;
  const verdict = verdictWords(report);
  const spared = sparedWords(report);
  const bad = summary.fail + summary.not_exercised > 0;
  const counts = `${summary.pass} passed, ${summary.fail} failed, ${summary.not_exercised} not exercised, ${summary.not_supported} not supported`;
  const groups = [...new Set(report.requirements.map(({ id }) => id.slice(0, 3)))];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${text(client.name)} ${verdict}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header class="${report.accepted ? "good" : "bad"}">
<h1>${text(client.name)} <small>${text(client.version)}, ${text(client.language)}${report.raw_client ? ", raw client" : ""}</small></h1>
<p class="verdict">${verdict}</p>
<p>${counts}. Level ${text(report.level)}, profile ${text(report.profile)}, seed ${report.seed}, ${report.exchanges} exchanges in ${(report.elapsed_ms / 1000).toFixed(1)} s.${spared === null ? "" : ` ${text(spared)}`}</p>
</header>
<main>
${baselineHtml(report)}
<section aria-labelledby="matrix"><h2 id="matrix">Requirements</h2>
<div class="matrix">${groups.map((group) => groupHtml(group, report.requirements)).join("\n")}</div>
<form class="filters" aria-label="Filter">
<label><input type="checkbox" value="fail" checked> failed</label>
<label><input type="checkbox" value="not_exercised" checked> not exercised</label>
<label><input type="checkbox" value="pass"${bad ? "" : " checked"}> passed</label>
<label><input type="checkbox" value="not_supported"> not supported</label>
<label>search <input type="search" placeholder="CXL-007, nonce, ..."></label>
</form></section>
<section aria-labelledby="details"><h2 id="details">Details</h2>
${[...report.requirements]
  .sort(byVerdict)
  .map((one) => requirementHtml(one, report))
  .join("\n")}
<p class="none" hidden>Nothing matches the filter.</p>
</section>
${cellsHtml(report)}
</main>
<footer>Made by ksherproof ${text(report.tool.version)} for <code>${text(report.adapter)}</code></footer>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

const ORDER = ["fail", "not_exercised", "pass", "not_supported"];

function byVerdict(a: RequirementDocument, b: RequirementDocument): number {
  return ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || (a.id < b.id ? -1 : 1);
}

function baselineHtml({ baseline }: ReportDocument): string {
  if (!baseline) return "";
  const known = baseline.known.map(
    ({ requirement, reason, issue }) =>
      `<li><a href="#${requirement}">${requirement}</a> ${text(reason)}${issue === null ? "" : ` (${text(issue)})`}</li>`,
  );
  const wrong = baseline.problems.map(
    ({ kind, entry, says, mend }) =>
      `<li><b>${kind} ${text(entry)}</b> ${text(says)} <code>${text(mend)}</code></li>`,
  );
  return `<section aria-labelledby="baseline"><h2 id="baseline">Baseline ${text(baseline.file)}</h2><ul>${[...wrong, ...known].join("")}</ul></section>`;
}

function groupHtml(group: string, all: readonly RequirementDocument[]): string {
  const cells = all
    .filter(({ id }) => id.startsWith(group))
    .map(
      ({ id, verdict, text: what }) =>
        `<a class="cell ${verdict}" href="#${id}" title="${text(`${id}: ${what} (${verdict.replace("_", " ")})`)}">${id.slice(4)}</a>`,
    );
  return `<div class="group"><b>${group}</b><div>${cells.join("")}</div></div>`;
}

function requirementHtml(one: RequirementDocument, report: ReportDocument): string {
  const effects = report.requirements
    .filter(({ cause }) => cause === one.id)
    .map(({ id }) => `<a href="#${id}">${id}</a>`);
  const cause = one.cause === null ? "" : ` It waits for <a href="#${one.cause}">${one.cause}</a>.`;
  return `<article id="${one.id}" data-verdict="${one.verdict}">
<h3><span class="tag ${one.verdict}">${one.verdict.replace("_", " ")}</span> ${one.id} ${prose(one.text)}</h3>
<p class="why">${one.level}, ${one.basis}. ${prose(one.why)}${one.doubt === null ? "" : ` <i>Doubt: ${prose(one.doubt)}</i>`}</p>
<p>${prose(one.reason)}${cause}${effects.length > 0 ? ` It also keeps ${effects.join(", ")} from being judged.` : ""}</p>
${one.failure ? failureHtml(one.failure) : ""}
</article>`;
}

function failureHtml(failure: FailureDocument): string {
  const story = failure.story.map(({ who, what }) => `<li><b class="${who}">${who}</b> ${text(what)}</li>`);
  const wire = failure.wire.map(
    (line) =>
      `<tr><td class="n">+${line.at_ms} ms</td><td>${text(line.method)} ${text(line.path)}<pre>${text(line.request)}</pre></td><td>${line.status ?? "no answer"}${line.ending === "complete" ? "" : ` (${line.ending})`}<pre>${text(line.answer)}</pre>${line.faults.length > 0 ? `<p>fault: <code>${text(JSON.stringify(line.faults))}</code></p>` : ""}</td></tr>`,
  );
  const sides = [
    ["expected", failure.expected],
    ["got", failure.got],
  ].flatMap(([name, value]) =>
    value === null ? [] : [`<dt>${name}</dt><dd><code>${text(value ?? "")}</code></dd>`],
  );
  return `<ol class="story">${story.join("")}</ol>
<dl>${sides.join("")}${failure.diagnosis ? `<dt>doctor</dt><dd>${text(failure.diagnosis.summary)}</dd>` : ""}</dl>
${failure.canonical ? diffHtml(failure.canonical.right, failure.canonical.other) : ""}
${wire.length > 0 ? `<details><summary>wire log, ${wire.length} ${wire.length === 1 ? "exchange" : "exchanges"}</summary><table class="wire"><thead><tr><th>time</th><th>request</th><th>answer</th></tr></thead><tbody>${wire.join("")}</tbody></table></details>` : ""}
${failure.stderr.trim() === "" ? "" : `<details><summary>stderr</summary><pre>${text(failure.stderr)}</pre></details>`}
<p>Again: <code>${text(failure.reproduce)}</code></p>`;
}

function diffHtml(right: string, other: string): string {
  const parts = diffTexts(right, other);
  const side = (kind: "right" | "other", tag: "ins" | "del"): string =>
    parts
      .filter((part) => part.kind === "same" || part.kind === kind)
      .map((part) => (part.kind === "same" ? text(part.text) : `<${tag}>${text(part.text)}</${tag}>`))
      .join("");
  return `<div class="diff"><div><b>right</b><pre>${side("right", "ins")}</pre></div><div><b>client</b><pre>${side("other", "del")}</pre></div></div>`;
}

function cellsHtml({ cells }: ReportDocument): string {
  const met = Object.entries(cells.touched).map(
    ([cell, times]) => `<tr><td>${text(cell)}</td><td class="n">${times}</td></tr>`,
  );
  const gaps = cells.gaps.map((cell) => `<li>${text(cell)}</li>`);
  return `<section aria-labelledby="cells"><h2 id="cells">State, endpoint, fault</h2>
<details><summary>${cellsOf(met.length)} met</summary><table><tbody>${met.join("")}</tbody></table></details>
<details><summary>${cellsOf(gaps.length)} not met</summary><ul class="gaps">${gaps.join("")}</ul></details></section>`;
}

const cellsOf = (count: number): string => `${count} ${count === 1 ? "cell" : "cells"}`;

/** A sentence of ours, what stands between backticks as code. */
function prose(sentence: string): string {
  return text(sentence).replace(/`([^`]+)`/g, "<code>$1</code>");
}

function text(value: string): string {
  return value
    .toWellFormed()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(
      /[\u0000-\u0008\u000b-\u001f\u007f]/g,
      (unit) => `<span class="control">U+${unit.charCodeAt(0).toString(16).padStart(4, "0")}</span>`,
    );
}
