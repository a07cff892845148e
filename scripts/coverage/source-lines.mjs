// Which line of which source stands at which offset of a compiled file, by its source map.
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

const DIGITS = new Map(
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].map((digit, value) => [
    digit,
    value,
  ]),
);

/** The numbers of one segment of a source map: base 64, six bits a digit, the lowest bit the sign. */
function numbers(segment) {
  const found = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = DIGITS.get(digit);
    value += (bits & 31) << shift;
    if (bits & 32) shift += 5;
    else {
      found.push(value & 1 ? -(value >> 1) : value >> 1);
      value = 0;
      shift = 0;
    }
  }
  return found;
}

/** The places `{ offset, file, line }` of a compiled file in the order of their offsets; lines count from 1. Empty without a map. */
export function sourceLines(compiled) {
  if (!existsSync(`${compiled}.map`)) return [];
  const { mappings, sources } = JSON.parse(readFileSync(`${compiled}.map`, "utf8"));
  const files = sources.map((source) => resolve(dirname(compiled), source));
  const text = readFileSync(compiled, "utf8").split("\n");
  const places = [];
  let start = 0;
  let source = 0;
  let line = 0;
  for (const [row, segments] of mappings.split(";").entries()) {
    let column = 0;
    for (const segment of segments === "" ? [] : segments.split(",")) {
      const [across, toSource, toLine] = numbers(segment);
      column += across;
      if (toSource === undefined) continue;
      source += toSource;
      line += toLine;
      places.push({ offset: start + column, file: files[source], line: line + 1 });
    }
    start += (text[row]?.length ?? 0) + 1;
  }
  return places;
}
