import { describe, expect, it } from "vitest";
import {
  diffReports,
  documentFrom,
  REPORTERS,
  readReport,
  type StreamEvent,
  terminalReport,
} from "../../src/index.js";
import { EVENTS, failure } from "./events.js";
import { spoilt } from "./spoilt.js";

const diagnosis = {
  verdict: "other_text" as const,
  summary: "joins with &",
  mistakes: [{ id: "joined", requirement: "SIG-003", says: "joins with &" }],
};
const events: readonly StreamEvent[] = [
  ...EVENTS.slice(0, -1).map((event) =>
    event.event === "requirement" && event.failure ? { ...event, failure: { ...failure, diagnosis } } : event,
  ),
  {
    event: "baseline",
    file: "known.yaml",
    known: [{ requirement: "RSP-002", reason: "being mended", issue: null, expires: null }],
    problems: [{ kind: "stale", entry: "SIG-001", says: "SIG-001 holds now.", mend: "Remove it." }],
  },
  EVENTS.at(-1)!,
];
const report = documentFrom(events);

/** Whatever reads a report. */
function useOf(text: string): void {
  const read = readReport(text, "x");
  for (const reporter of Object.values(REPORTERS)) reporter(read);
  terminalReport(read, { verbose: true });
  diffReports(read, report);
  diffReports(report, read);
}

/** The names of the errors that it came to, but for the ones that say what is wrong. */
function broken(texts: Iterable<string>): readonly string[] {
  const found = new Set<string>();
  let refused = 0;
  for (const text of texts) {
    try {
      useOf(text);
    } catch (error) {
      if ((error as Error).name === "UsageError") refused += 1;
      else found.add(`${(error as Error).message}: ${text.length}`);
    }
  }
  expect(refused).toBeGreaterThan(100);
  return [...found];
}

describe("a report that is not whole is told from one that is, and breaks nothing", () => {
  it("as JSON, with any one place spoilt", () => {
    useOf(JSON.stringify(report));
    const texts = function* (): Generator<string> {
      for (const other of spoilt(report)) yield JSON.stringify(other) ?? "";
    };
    expect(broken(texts())).toEqual([]);
  });

  it("as a stream, with any one line spoilt", () => {
    const lines = events.map((event) => JSON.stringify(event));
    const texts = function* (): Generator<string> {
      for (const [i, event] of events.entries())
        for (const other of spoilt(event))
          yield lines.map((line, k) => (k === i ? (JSON.stringify(other) ?? "") : line)).join("\n");
    };
    expect(broken(texts())).toEqual([]);
  });

  it("says what is missing, and where", () => {
    const { client: _, ...without } = report;
    expect(() => readReport(JSON.stringify(without), "old.json")).toThrow(
      "old.json is no whole report of ksherproof check: report.client: expected an object.",
    );
  });
});
