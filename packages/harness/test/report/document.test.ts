import { describe, expect, it } from "vitest";
import { sparedWords, streamOf, verdictWords } from "../../src/report/document.js";
import { documentFrom } from "../../src/report/events.js";
import { requirementOf } from "../../src/requirements.js";
import type { RunEvent } from "../../src/run-events.js";
import { report } from "./plain.js";

const client = {
  protocol: 1,
  name: "shop",
  version: "2.1",
  language: "Go",
  ops: ["cancel"],
  concurrent: false,
  tls: false,
} as const;
const begin: RunEvent = {
  event: "begin",
  client,
  level: "must",
  profile: "documented",
  only: [],
  seed: 7,
  runs: 12,
  checks: 1,
};
const broken: Extract<RunEvent, { event: "requirement" }> = {
  event: "requirement",
  redact: (value) => value,
  verdict: {
    requirement: requirementOf("CXL-004"),
    verdict: "fail",
    why: "It said cancelled.",
    passes: 2,
    fails: 3,
    cause: null,
    checks: ["cxl-004"],
    failure: {
      requirement: "CXL-004",
      check: "cxl-004",
      verdict: "fail",
      detail: "It said cancelled.",
      story: [],
      exchanges: [],
    },
  },
};
const end: RunEvent = {
  event: "end",
  conforms: false,
  interrupted: false,
  raw_client: true,
  not_run: ["sequences"],
  cells: { touched: { a: 1 }, gaps: [] },
  exchanges: 9,
  elapsed_ms: 5,
};

/** The report of a run that told these events. */
function told(asked: Parameters<typeof streamOf>[0], ...events: readonly RunEvent[]) {
  return documentFrom(events.map(streamOf(asked)));
}
const again = (asked: Parameters<typeof streamOf>[0], more: Partial<typeof begin>) =>
  told(asked, { ...begin, ...more }, broken).requirements[0]?.failure?.reproduce;

describe("the report of a run", () => {
  it("holds who was held to what, each requirement with its sentence and verdict, and what it came to", () => {
    const found = told({ adapter: "./a", version: "0.1.0" }, begin, broken, end);
    const { protocol: _, ...who } = client;
    expect(found).toMatchObject({
      report: 1,
      tool: { name: "ksherproof", version: "0.1.0" },
      client: who,
      adapter: "./a",
      level: "must",
      profile: "documented",
      only: [],
      seed: 7,
      runs: 12,
      conforms: false,
      accepted: false,
      interrupted: false,
      raw_client: true,
      summary: { pass: 0, fail: 1, not_exercised: 0, not_supported: 0 },
      causes: ["CXL-004"],
      not_run: ["sequences"],
      cells: { touched: { a: 1 }, gaps: [] },
      exchanges: 9,
      elapsed_ms: 5,
    });
    const { level, basis, text, why } = requirementOf("CXL-004");
    expect(found.requirements).toMatchObject([
      {
        ...{ id: "CXL-004", level, basis, text, why, doubt: null },
        ...{
          verdict: "fail",
          reason: "It said cancelled.",
          observations: 5,
          cause: null,
          checks: ["cxl-004"],
        },
      },
    ]);
    expect(found).not.toHaveProperty("samples");
  });

  it("a requirement's doubt is told, and one that does not fail has no failure", () => {
    const doubted = { ...broken.verdict, requirement: requirementOf("CXL-005"), failure: null };
    const [line] = told({ adapter: "x", version: "1" }, begin, { ...broken, verdict: doubted }).requirements;
    expect(line?.doubt).toBe(requirementOf("CXL-005").doubt);
    expect(line?.doubt).not.toBeNull();
    expect(line?.failure).toBeNull();
  });

  it("no key gets into it: what is secret is taken out of each line", () => {
    const redact = (value: object) => JSON.parse(JSON.stringify(value).replaceAll("cancelled", "(secret)"));
    const found = told({ adapter: "x", version: "1" }, begin, { ...broken, redact } as RunEvent);
    expect(found.requirements[0]?.reason).toBe("It said (secret).");
  });

  it("a requirement before the run began is a mistake of ours", () => {
    expect(() => told({ adapter: "x", version: "1" }, broken)).toThrow(RangeError);
  });
});

describe("the command that shows a failure again", () => {
  it("names the requirement and the seed, and what was asked for otherwise than by default", () => {
    const asked = { adapter: "node shop.mjs", version: "1" };
    expect(again(asked, {})).toBe("ksherproof check --adapter 'node shop.mjs' --only CXL-004 --seed 7");
    expect(
      again({ ...asked, adapter: "./a" }, { level: "hardening", profile: "observed", runs: 3, seed: 9 }),
    ).toBe(
      "ksherproof check --adapter ./a --level hardening --profile observed --only CXL-004 --seed 9 --runs 3",
    );
  });

  it("is the whole command where it was no run of an adapter", () => {
    expect(again({ adapter: "x", version: "1", command: "ksherproof check --gateway y" }, {})).toBe(
      "ksherproof check --gateway y",
    );
  });
});

describe("a report in words", () => {
  it.each([
    ["conforms", { conforms: true, accepted: true }],
    ["conforms, but the baseline does not fit", { conforms: true, accepted: false }],
    ["has no new failure", { conforms: false, accepted: true }],
    ["does not conform", { conforms: false, accepted: false }],
    ["was interrupted", { conforms: true, accepted: true, interrupted: true }],
  ])("%s", (words, more) => {
    expect(verdictWords(report([], more))).toBe(words);
  });

  it("only of a slow client is it said what it was spared", () => {
    expect(sparedWords(report([]))).toBeNull();
    expect(sparedWords(report([], { samples: { shown: 10, spared: 90 } }))).toBe(
      "A slow client: it was shown 10 of 100 samples, the first of each kind and every nth after it.",
    );
  });
});
