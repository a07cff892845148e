import type { Day, LogReport } from "../worker/log.js";
import { type Child, el, svg } from "./dom.js";
import type { Words } from "./words/en.js";

const WIDTH = 640;
const HEIGHT = 180;
const BOTTOM = 24;
/** Where the bars of the results begin, beyond their names, and how long the longest is. */
const NAMES = 130;
const LONGEST = 400;

/** Records by day, good ones and others, as bars. Nothing where no record has a time. */
export function barsByDay(days: readonly Day[], words: Words): Child {
  if (days.length === 0) return null;
  const shown = days.slice(-120);
  const most = Math.max(...shown.map(({ valid, bad, other }) => valid + bad + other));
  const step = Math.min(WIDTH / shown.length, 80);
  const bars = shown.map(({ day, valid, bad, other }, i) => {
    let top = HEIGHT - BOTTOM;
    const bar = (kind: string, count: number): Child => {
      const height = (count / most) * (HEIGHT - BOTTOM - 20);
      top -= height;
      return count === 0
        ? null
        : svg("rect", { class: `bar-${kind}`, x: i * step + step * 0.1, y: top, width: step * 0.8, height });
    };
    const what = `${day}: ${words.log_valid} ${valid}, ${words.log_invalid} ${bad}, ${words.log_unsigned} ${other}`;
    return svg("g", {}, svg("title", {}, what), bar("good", valid), bar("none", other), bar("bad", bad));
  });
  const legend = [
    ["good", words.log_valid],
    ["none", words.log_unsigned],
    ["bad", words.log_invalid],
  ].map(([kind, name = ""]) => el("span", {}, el("i", { class: `bar-${kind}` }), name));
  const [first] = shown;
  const last = shown.at(-1);
  return el(
    "figure",
    { class: "chart" },
    el("figcaption", {}, words.log_by_day, el("span", { class: "legend" }, legend)),
    svg(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": words.log_by_day },
      bars,
      svg("text", { x: 0, y: 15 }, most.toLocaleString()),
      svg("text", { x: 0, y: HEIGHT - 6 }, first?.day ?? ""),
      svg(
        "text",
        { x: step * shown.length, y: HEIGHT - 6, "text-anchor": "end" },
        last === first ? "" : (last?.day ?? ""),
      ),
    ),
  );
}

/** Results by how often they came, as bars with their numbers. */
export function shares(results: LogReport["results"], words: Words): Child {
  const [, most = 0] = results[0] ?? [];
  if (most === 0) return null;
  const row = 22;
  return el(
    "figure",
    { class: "chart" },
    el("figcaption", {}, words.log_results),
    svg(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${results.length * row}`, role: "img", "aria-label": words.log_results },
      results.map(([result, count], i) => [
        svg("text", { x: 0, y: i * row + 15 }, result),
        svg("rect", {
          class: "bar-good",
          x: NAMES,
          y: i * row + 4,
          width: Math.max(1, (count / most) * LONGEST),
          height: row - 8,
        }),
        svg("text", { x: NAMES + 8 + (count / most) * LONGEST, y: i * row + 15 }, count.toLocaleString()),
      ]),
    ),
  );
}

/** The life of an order: what was said of it, in the order of time. */
export function lifeLine(
  life: readonly { readonly at: number | null; readonly says: string }[],
): HTMLElement {
  const shown = life.filter(({ says }) => says !== "nothing").slice(0, 12);
  return el(
    "ol",
    { class: "life" },
    shown.map(({ at, says }) =>
      el(
        "li",
        { class: says === "SUCCESS" ? "paid" : says === "CLOSED" || says === "cancel 0" ? "closed" : "" },
        el("b", {}, says),
        at === null ? "" : ` ${new Date(at).toISOString().slice(0, 19).replace("T", " ")}`,
      ),
    ),
  );
}
