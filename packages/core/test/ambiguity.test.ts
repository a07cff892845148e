import { QUERY_DATA_FIELDS } from "@ksherproof/spec";
import { describe, expect, it } from "vitest";
import { couldBeQueryAnswer, MOST_READINGS, readingsOf } from "../src/index.js";

const names = QUERY_DATA_FIELDS.map(({ name }) => name).toSorted();

/** The canonical text of a query answer with these values; the others are empty. */
function answer(values: Readonly<Record<string, string>>): string {
  return names.map((name) => `${name}=${values[name] ?? (name === "total_fee" ? "2000" : "")}`).join("");
}

describe("QRY-007 other messages under the same signature", () => {
  it("lists every split of a text in which a value holds the next name", () => {
    expect(readingsOf("a=1b=2b=3", ["a", "b"], () => true)).toEqual([
      [
        ["a", "1"],
        ["b", "2b=3"],
      ],
      [
        ["a", "1b=2"],
        ["b", "3"],
      ],
    ]);
  });

  it("has one split where there is no such value, none where the text begins otherwise or lacks a name", () => {
    expect(readingsOf("a=1b=2", ["a", "b"], () => true)).toHaveLength(1);
    expect(readingsOf("xa=1b=2", ["a", "b"], () => true)).toEqual([]);
    expect(readingsOf("a=1b=2", ["a", "b", "c"], () => true)).toEqual([]);
    expect(readingsOf("a=1", [], () => true)).toEqual([]);
  });

  it("leaves out splits whose values do not fit, the last one too", () => {
    const digits = (_: string, value: string): boolean => /^\d$/.test(value);
    expect(readingsOf("a=1b=2b=3", ["a", "b"], digits)).toEqual([]);
    expect(readingsOf("a=1b=2", ["a", "b"], digits)).toHaveLength(1);
    expect(readingsOf("a=1b=23", ["a", "b"], digits)).toEqual([]);
  });

  it("stops at the most that it lists", () => {
    expect(readingsOf(`a=${"b=".repeat(MOST_READINGS + 5)}`, ["a", "b"], () => true)).toHaveLength(
      MOST_READINGS,
    );
  });

  it("reads a query answer with the documented names: an attach can swallow the field behind it", () => {
    const [first = "", second = ""] = names.slice(names.indexOf("attach"), names.indexOf("attach") + 2);
    expect(readingsOf(answer({}))).toHaveLength(1);
    const found = readingsOf(answer({ [first]: `table 7${second}=5` }));
    expect(found.map((reading) => Object.fromEntries(reading)[first]).toSorted()).toEqual([
      "table 7",
      `table 7${second}=5`,
    ]);
  });

  it.each([
    ["2000", 1],
    ["0", 1],
    ["-5", 1],
    ["007", 0],
    ["20.5", 0],
    ["", 0],
    ["2000 ", 0],
    ["x2000", 0],
  ])("takes total_fee=%s for an amount or not", (total_fee, count) => {
    expect(readingsOf(answer({ total_fee }))).toHaveLength(count);
  });

  it("could be a query answer: every documented name, in order, from the first character", () => {
    expect(couldBeQueryAnswer(answer({ result: "CLOSED" }))).toBe(true);
    expect(couldBeQueryAnswer(`x${answer({})}`)).toBe(false);
    for (const name of names)
      expect(couldBeQueryAnswer(answer({}).replace(`${name}=`, "")), name).toBe(false);
    expect(couldBeQueryAnswer(`total_fee=1${answer({}).replace("total_fee=2000", "")}`)).toBe(false);
  });
});
