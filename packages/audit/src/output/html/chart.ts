import type { Bucket } from "./series.js";
import { escapeHtml, grouped } from "./text.js";

const WIDTH = 960;
const HEIGHT = 190;
const LEFT = 64;
const BOTTOM = 26;
const TOP = 10;

/** A chart of stacked bars, one for each bucket, as SVG; `from` and `names` choose the series, `label` names a bucket. */
export function barChart(
  buckets: readonly Bucket[],
  series: readonly { readonly index: number; readonly name: string; readonly colour: string }[],
  label: (bucket: Bucket) => string,
  title: string,
): string {
  const sum = ({ counts }: Bucket): number =>
    series.reduce((all, { index }) => all + (counts[index] ?? 0), 0);
  const top = niceTop(Math.max(1, ...buckets.map(sum)));
  const step = (WIDTH - LEFT) / Math.max(1, buckets.length);
  const y = (count: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - count / top);
  const bars = buckets.map((bucket, i) => {
    const total = sum(bucket);
    if (total === 0) return "";
    let below = 0;
    const parts = series.map(({ index, colour }) => {
      const count = bucket.counts[index] ?? 0;
      if (count === 0) return "";
      const height = Math.max(1, y(below) - y(below + count));
      below += count;
      const x = LEFT + i * step;
      return `<rect class="${colour}" x="${x.toFixed(1)}" y="${(y(below - count) - height).toFixed(1)}" width="${Math.max(1, Math.min(48, step - 1)).toFixed(1)}" height="${height.toFixed(1)}"/>`;
    });
    const says = series.flatMap(({ index, name }) =>
      bucket.counts[index] ? [`${name} ${grouped(bucket.counts[index] ?? 0)}`] : [],
    );
    return `<g><title>${escapeHtml(`${label(bucket)}: ${says.join(", ")}`)}</title>${parts.join("")}</g>`;
  });
  const lines = [0, top / 2, top].map(
    (count) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH}" y1="${y(count)}" y2="${y(count)}"/><text class="axis" x="${LEFT - 8}" y="${y(count) + 4}" text-anchor="end">${grouped(count)}</text>`,
  );
  const marks = Math.min(5, buckets.length);
  const labels = Array.from({ length: marks }, (_, i) => {
    const at = Math.floor((i * (buckets.length - 1)) / Math.max(1, marks - 1));
    const bucket = buckets[at];
    const anchor = marks > 1 && i === marks - 1 ? "end" : i === 0 ? "start" : "middle";
    const x = anchor === "end" ? WIDTH : LEFT + at * step;
    return `<text class="axis" x="${x.toFixed(1)}" y="${HEIGHT - 6}" text-anchor="${anchor}">${bucket ? escapeHtml(label(bucket)) : ""}</text>`;
  });
  const legend = series.map(({ name, colour, index }) => {
    const all = buckets.reduce((sofar, { counts }) => sofar + (counts[index] ?? 0), 0);
    return `<span><i class="dot ${colour}-dot"></i>${escapeHtml(name)} <b>${grouped(all)}</b></span>`;
  });
  return `<figure tabindex="0"><figcaption><b>${escapeHtml(title)}</b><span class="legend">${legend.join("")}</span></figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">${lines.join("")}${bars.join("")}${labels.join("")}</svg></figure>`;
}

/** The next even number of one or two significant digits. */
function niceTop(most: number): number {
  if (most <= 2) return 2;
  const ten = 10 ** Math.floor(Math.log10(most));
  for (const times of [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10]) {
    const top = times * ten;
    if (top >= most && Number.isInteger(top / 2)) return top;
  }
  return Math.ceil(most / 2) * 2;
}
