import { describe, expect, it } from "vitest";
import { compareBaseline, documentFrom, readBaseline, updatedBaseline, writeBaseline } from "../src/index.js";
import { EVENTS, failure } from "./report/events.js";

const report = documentFrom(EVENTS);
const TODAY = "2026-11-25";
const own = { requirement: "RSP-002", reason: "being mended", fingerprint: failure.fingerprint };
const compare = (entries: Parameters<typeof compareBaseline>[1]) =>
  compareBaseline(report, entries, "known.yaml", TODAY);

describe("a baseline against a run", () => {
  it("accepts the failure that it knows, and what waits for it", () => {
    const { known, problems } = compare([own]);
    expect(known.map(({ requirement }) => requirement)).toEqual(["RSP-002", "CXL-003"]);
    expect(problems).toEqual([]);
  });

  it.each([
    ["stale", { requirement: "SIG-001", reason: "x" }],
    ["unmatched", { requirement: "WHK-001", reason: "x" }],
    ["unmatched", { check: "webhooks", reason: "x" }],
    ["expired", { ...own, expires: "2026-11-24" }],
    ["different", { ...own, fingerprint: "ffffffffffff" }],
  ] as const)("an entry that is %s is a problem, and says what mends it", (kind, entry) => {
    const { known, problems } = compare([entry]);
    expect(known).toEqual([]);
    expect(problems).toMatchObject([
      { kind, entry: "requirement" in entry ? entry.requirement : "webhooks" },
    ]);
    expect(problems[0]?.mend).toMatch(/known\.yaml/);
  });

  it("an entry is good on its last day, and one about what was not asked is left alone", () => {
    expect(compare([{ ...own, expires: TODAY }]).problems).toEqual([]);
    expect(compare([own, { requirement: "SEC-001", reason: "x" }]).problems).toEqual([]);
  });

  it("an update keeps reasons, drops what holds, adds what is new, and is read back as it was written", () => {
    const before = [
      { requirement: "SIG-001", reason: "old" },
      { requirement: "SEC-003", reason: "elsewhere" },
    ];
    const entries = updatedBaseline(
      report,
      before,
      { reason: 'new: "quoted" # not a comment', issue: "https://x/1" },
      TODAY,
    );
    expect(entries.map(({ requirement }) => requirement)).toEqual(["RSP-002", "SEC-003"]);
    expect(readBaseline(writeBaseline(entries), "known.yaml")).toEqual(entries);
    expect(updatedBaseline(report, [own], { reason: "other" }, TODAY)).toEqual([own]);
  });
});

describe("a baseline file that makes no sense", () => {
  it.each([
    ["", /Expected known_failures/],
    ["known_failures: x", /Expected known_failures/],
    ["known_failures:\n  - requirement: CXL-07\n    reason: x", /known\.yaml:2:\d+: .*did you mean CXL-007/],
    ["known_failures:\n  - requirement: CXL-007", /Expected a reason/],
    ["known_failures:\n  - reason: x", /either requirement or check/],
    [
      "known_failures:\n  - requirement: CXL-007\n    reasn: x",
      /There is no field reasn; did you mean reason/,
    ],
    ["known_failures:\n  - requirement: CXL-007\n    reason: x\n    expires: 2027-02-30", /Expected a day/],
    ["known_failures:\n  - check: webhoks\n    reason: x", /did you mean webhooks/],
    ["known_failures: [", /known\.yaml:1:/],
  ])("%j", (text, says) => {
    expect(() => readBaseline(text, "known.yaml")).toThrow(
      expect.objectContaining({ name: "UsageError", message: expect.stringMatching(says) }),
    );
  });
});
