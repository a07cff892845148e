import type { CallExpectation, EndMatch, Outcome, TextMatch } from "./script.js";
import type { Node } from "./shape.js";

/** Reads what is expected of a call: an outcome in one word, or a mapping. */
export function parseExpectation(node: Node, outcomes: readonly Outcome[]): CallExpectation {
  if (typeof node.value === "string" || Array.isArray(node.value)) {
    return { outcome: node.oneOrMany().map((one) => one.one(outcomes)) };
  }
  const members = node.members(["outcome", "exit", "stdout", "stderr", "requests"]);
  const expected: CallExpectation = {
    ...(members.outcome === undefined ? {} : { outcome: parseOutcome(members.outcome, outcomes) }),
    ...(members.requests === undefined ? {} : { requests: parseRange(members.requests) }),
    ...parseEnd(members),
  };
  if (Object.keys(expected).length === 0) throw node.fail("The expectation is empty.");
  return expected;
}

function parseOutcome(node: Node, outcomes: readonly Outcome[]): NonNullable<CallExpectation["outcome"]> {
  if (typeof node.value !== "object" || Array.isArray(node.value)) {
    return node.oneOrMany().map((one) => one.one(outcomes));
  }
  return Object.fromEntries(
    node.entries().map(([name, count]) => {
      if (!outcomes.includes(name as Outcome)) throw count.fail(`There is no outcome ${name}.`);
      return [name, count.whole(0, 64)];
    }),
  );
}

/** `1`, or `{ least: 1, most: 3 }`. */
function parseRange(node: Node): readonly [number, number] {
  if (typeof node.value === "number") {
    const number = node.whole(0, 10_000);
    return [number, number];
  }
  const { least, most } = node.members(["least", "most"]);
  return [least?.whole(0, 10_000) ?? 0, most?.whole(0, 10_000) ?? Number.POSITIVE_INFINITY];
}

/** Reads how a process must have ended. */
export function parseEnd(members: Readonly<Partial<Record<"exit" | "stdout" | "stderr", Node>>>): EndMatch {
  const { exit, stdout, stderr } = members;
  return {
    ...(exit === undefined ? {} : { exit: parseExit(exit) }),
    ...(stdout === undefined ? {} : { stdout: parseText(stdout) }),
    ...(stderr === undefined ? {} : { stderr: parseText(stderr) }),
  };
}

function parseExit(node: Node): readonly number[] | "nonzero" {
  if (node.value === "nonzero") return "nonzero";
  return node.oneOrMany().map((one) => one.whole(0, 255));
}

function parseText(node: Node): TextMatch {
  if (typeof node.value === "string") return { contains: [node.text()] };
  const { contains, lacks, matches, equals, json } = node.members([
    "contains",
    "lacks",
    "matches",
    "equals",
    "json",
  ]);
  if (matches) {
    try {
      new RegExp(matches.text(), "su");
    } catch (thrown) {
      throw matches.fail(`That is no regular expression: ${(thrown as Error).message}.`);
    }
  }
  return {
    ...(contains === undefined ? {} : { contains: contains.oneOrMany().map((one) => one.text()) }),
    ...(lacks === undefined ? {} : { lacks: lacks.oneOrMany().map((one) => one.text()) }),
    ...(matches === undefined ? {} : { matches: matches.text() }),
    ...(equals === undefined ? {} : { equals: String(equals.value) }),
    ...(json === undefined
      ? {}
      : { json: Object.fromEntries(json.entries().map(([name, { value }]) => [name, value])) }),
  };
}
