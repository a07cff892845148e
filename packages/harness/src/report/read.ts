import { UsageError } from "@ksherproof/core";
import type { ReportDocument } from "./document.js";
import { documentFrom, type StreamEvent } from "./events.js";
import { EVENTS_LIKE, REPORT_LIKE, unlike } from "./likeness.js";

/** Reads a report: the JSON of `--json`, or the NDJSON stream. Throws `UsageError` where it is neither. */
export function readReport(text: string, name: string): ReportDocument {
  const trimmed = text.trim();
  if (trimmed === "") throw new UsageError("report_empty", `${name} is empty: expected a report.`);
  const whole = parsed(trimmed);
  if (isReport(whole)) return like(whole, REPORT_LIKE, name, "report");
  const lines = trimmed.split("\n");
  const first = parsed(lines[0] ?? "");
  if ((first as { event?: unknown } | null)?.event === "begin") {
    const events = lines.map((line, i) => {
      const event = parsed(line);
      const kind = (event as { event?: unknown } | null)?.event;
      if (typeof kind === "string" && Object.hasOwn(EVENTS_LIKE, kind))
        return like(
          event as StreamEvent,
          EVENTS_LIKE[kind as StreamEvent["event"]],
          `${name}:${i + 1}`,
          kind,
        );
      if (typeof kind === "string") return event as StreamEvent;
      // An interrupted run may leave its last line half written.
      if (i === lines.length - 1) return null;
      throw new UsageError("report_line", `${name}:${i + 1}: expected an event of ksherproof check.`);
    });
    return documentFrom(events.filter((event) => event !== null));
  }
  throw new UsageError("report_unknown", `${name} is no report of ksherproof check.`, {
    hint: "Make one with --json FILE or --report ndjson=FILE.",
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isReport(value: unknown): value is ReportDocument {
  const found = (value ?? {}) as Partial<ReportDocument>;
  return found.report === 1 && Array.isArray(found.requirements);
}

/** The value, if it is like the example. Throws `UsageError` that says where it is not. */
function like<T>(value: T, example: unknown, name: string, what: string): T {
  const found = unlike(value, example, what);
  if (found === null) return value;
  throw new UsageError("report_shape", `${name} is no whole report of ksherproof check: ${found}.`, {
    hint: "Make one with --json FILE or --report ndjson=FILE.",
  });
}
