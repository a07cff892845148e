// Draws docs/assets/failing-report.svg, the README's picture, from a real run of check over a client with one fault:
// node scripts/picture.mjs
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./steps.mjs";

const COLUMNS = 112;
const WIDTH = 8.4;
const HEIGHT = 20;
const COLOURS = { 31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 36: "#79c0ff" };
const words = ["check", "--adapter", "node test/e2e/check/wrong.mjs paid-is-cancelled", "--only", "CXL"];

const failures = mkdtempSync(join(tmpdir(), "ksherproof-picture-"));
const { stdout, stderr } = spawnSync(
  process.execPath,
  ["packages/cli/bin/ksherproof.mjs", ...words, "--failures", failures],
  { cwd: root, encoding: "utf8", env: { ...process.env, FORCE_COLOR: "1" } },
);
rmSync(failures, { recursive: true });
if (!stdout.includes("DOES NOT CONFORM")) throw new Error(`The run shows no failure: ${stdout}${stderr}`);

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const ESCAPE = new RegExp(`${String.fromCharCode(27)}\\[([0-9;]*)m`);

/** Pieces of a line with their style, cut into rows of so many columns. */
function rows(line) {
  const found = [[]];
  let style = {};
  let column = 0;
  line.split(ESCAPE).forEach((part, index) => {
    if (index % 2 === 1) {
      for (const code of part.split(";").map(Number)) style = styled(style, code);
      return;
    }
    for (const character of part) {
      if (column === COLUMNS) {
        found.push([{ text: "      ", style: {} }]);
        column = 6;
      }
      const last = found.at(-1).at(-1);
      if (last?.style === style) last.text += character;
      else found.at(-1).push({ text: character, style });
      column += /[\u3000-\uffef]/.test(character) ? 2 : 1;
    }
  });
  return found;
}

function styled(style, code) {
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 39) return { ...style, fill: undefined };
  return COLOURS[code] ? { ...style, fill: COLOURS[code] } : style;
}

const shown = [
  `\u001b[2m$\u001b[22m ksherproof ${words.map((word) => (word.includes(" ") ? `"${word}"` : word)).join(" ")}`,
  ...stdout.trimEnd().split("\n"),
].flatMap(rows);
const lines = shown.map((pieces, index) => {
  const spans = pieces.map(({ text, style }) => {
    const marks = [
      style.fill ? ` fill="${style.fill}"` : "",
      style.bold ? ' font-weight="bold"' : "",
      style.dim ? ' opacity="0.65"' : "",
    ].join("");
    return `<tspan${marks}>${escaped(text)}</tspan>`;
  });
  return `<text x="20" y="${(index + 2) * HEIGHT}">${spans.join("")}</text>`;
});
const width = Math.ceil(COLUMNS * WIDTH + 40);
const height = (shown.length + 2) * HEIGHT;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="A report of ksherproof check: requirement CXL-003 fails, with its story, what was expected and the wire log">
<style>text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #e6edf3; white-space: pre }</style>
<rect width="100%" height="100%" rx="10" fill="#0d1117"/>
${lines.join("\n")}
</svg>
`;
mkdirSync(`${root}docs/assets`, { recursive: true });
writeFileSync(`${root}docs/assets/failing-report.svg`, svg);
process.stdout.write(`docs/assets/failing-report.svg, ${shown.length} lines\n`);
