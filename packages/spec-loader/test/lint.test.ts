import { loadSpecs } from "@ksherproof/spec-loader";
import { describe, expect, it } from "vitest";
import { changed, compiled, errorsOf, source } from "../../../test/spec/folder.js";

/** The errors after replacing a text in a file, as `file:line:column: detail`. */
function errorsAfter(path: string, from: string, to: string): readonly string[] {
  const text = source.read(path);
  expect(text).toContain(from);
  const errors = errorsOf(() => loadSpecs(changed(path, text.replace(from, to)), compiled));
  return (errors ?? []).map(({ message }) => message.split("\n")[0] ?? "");
}

/** The line, from 1, where a text stands first in a file. */
const lineOf = (path: string, text: string) => source.read(path).split(text)[0]?.split("\n").length;

describe("lints across the files of specs/", () => {
  it.each([
    [
      "codes.yaml",
      "outcome: already_paid",
      "outcome: payed_already",
      "There is no outcome payed_already of cancel in outcomes.yaml.",
    ],
    ["codes.yaml", "code: -4", "code: -5", "The code -5 of cancel_order stands twice."],
    ["codes.yaml", "[RSP-002, CXL-003]", "[RSP-002, CXL-903]", "There is no requirement CXL-903."],
    ["codes.yaml", "source: seed", "source: hearsay", "There is no source hearsay."],
    ["states.yaml", "to: paid_late", "to: paid", "The state paid_late can never be reached."],
    ["states.yaml", "cancel: -4", "cancel: -9", "cancel_order has no code -9 in codes.yaml."],
    ["states.yaml", "from: [paid, paid_late]", "from: [paid, payed]", "There is no state payed."],
    [
      "outcomes.yaml",
      "outcome: refunded",
      "outcome: given_back",
      "There is no outcome refunded of query in outcomes.yaml.",
    ],
    [
      "doubts.yaml",
      "schemas: [cancel-order.request]",
      "schemas: [cancel-order.response]",
      "The schema cancel-order.response says nothing of DBT-001 in x-doubts.",
    ],
    [
      "doubts.yaml",
      "schemas: [cancel-order.request]",
      "schemas: [cancel-order.wish]",
      "There is no schema cancel-order.wish.",
    ],
    [
      "requirements/cancel.yaml",
      "id: CXL-002",
      "id: CXL-001",
      "The requirement CXL-001 stands twice; ids are never reused.",
    ],
    [
      "requirements/cancel.yaml",
      "sources: [seed]",
      "sources: []",
      "`sources` must NOT have fewer than 1 items; found [].",
    ],
    ["protocol.yaml", "host: gateway\n", "host: nowhere\n", "There is no host nowhere for cancel_order."],
  ])("%s: %s as %s", (path, from, to, detail) => {
    const errors = errorsAfter(path, from, to);
    expect(errors.map((line) => line.replace(/^\S+:\d+:\d+: /, ""))).toContain(detail);
  });

  it("an error gives the file, line and column, the line itself and a caret under the place", () => {
    const text = source.read("codes.yaml").replace("outcome: already_paid", "outcome: payed");
    const [error] = errorsOf(() => loadSpecs(changed("codes.yaml", text), compiled)) ?? [];
    const line = lineOf("codes.yaml", "outcome: already_paid");
    expect(error?.message).toBe(
      `specs/codes.yaml:${line}:7: There is no outcome payed of cancel in outcomes.yaml.\n        outcome: payed\n        ^`,
    );
  });

  it("every error is reported, not the first alone", () => {
    const text = source
      .read("states.yaml")
      .replace("cancel: -4", "cancel: -9")
      .replace("result: CLOSED", "result: SHUT");
    const errors = errorsOf(() => loadSpecs(changed("states.yaml", text), compiled));
    expect(errors?.map(({ line }) => line)).toEqual([
      lineOf("states.yaml", "cancel: -4"),
      lineOf("states.yaml", "result: CLOSED"),
    ]);
  });

  it("a duplicated member and a bad indentation are named with their line", () => {
    const twice = source
      .read("codes.yaml")
      .replace("      final: false\n", "      final: false\n      final: true\n");
    const [error] = errorsOf(() => loadSpecs(changed("codes.yaml", twice), compiled)) ?? [];
    expect(error?.line).toBe((lineOf("codes.yaml", "      final: false") ?? 0) + 1);
    expect(error?.detail).toMatch(/unique/);
  });
});
