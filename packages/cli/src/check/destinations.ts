import { appendFileSync, closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { EnvironmentError, UsageError } from "@ksherproof/core";
import { nearest, REPORT_KINDS, REPORTERS, type ReportDocument, type StreamEvent } from "@ksherproof/harness";

/** Where one report goes: a file, or standard output. */
export interface Destination {
  readonly kind: string;
  readonly file: string | null;
}

/** Collects `--report kind=file`, `kind=-` or `kind`. Throws `UsageError` for an unknown kind. */
export function destination(text: string, before: readonly Destination[] = []): readonly Destination[] {
  const at = text.indexOf("=");
  const kind = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? "-" : text.slice(at + 1);
  if (!REPORT_KINDS.includes(kind)) {
    const near = nearest(kind, REPORT_KINDS);
    throw new UsageError(
      "report_kind",
      `There is no report kind ${JSON.stringify(kind)}${near ? `; did you mean ${near}?` : "."}`,
      { hint: `Kinds: ${REPORT_KINDS.join(", ")}. Example: --report junit=reports/ksherproof.xml` },
    );
  }
  if (file === "") throw new UsageError("report_file", `--report ${text}: expected a file name after the =.`);
  return [...before, { kind, file: file === "-" ? null : file }];
}

/** `--json [file]` as a destination. */
export function jsonDestination(value: string | true | undefined): readonly Destination[] {
  if (value === undefined) return [];
  return [{ kind: "json", file: value === true || value === "-" ? null : value }];
}

/** Whether standard output is taken by a report for programs; only one may have it. Throws `UsageError` where two want it. */
export function stdoutTaken(all: readonly Destination[]): boolean {
  const taken = all.filter(({ file }) => file === null);
  if (taken.length > 1) {
    throw new UsageError(
      "report_stdout",
      `${taken.map(({ kind }) => kind).join(" and ")} both want standard output; give all but one a file.`,
    );
  }
  return taken.length === 1;
}

/** Makes sure that each file can be written, before the long work begins. Throws `EnvironmentError` where one can't. */
export function prepare(all: readonly Destination[]): void {
  for (const { file } of all) {
    if (file !== null) write(file, () => closeSync(openSync(file, "w")));
  }
}

/** Writes the stream's lines as they come, to those destinations that take them. */
export function streamTo(all: readonly Destination[]): (event: StreamEvent) => void {
  const streams = all.filter(({ kind }) => kind === "ndjson");
  return (event) => {
    for (const { file } of streams) {
      const line = `${JSON.stringify(event)}\n`;
      if (file === null) process.stdout.write(line);
      else write(file, () => appendFileSync(file, line));
    }
  };
}

/** Writes the finished report to every destination but the streams. */
export function deliver(report: ReportDocument, all: readonly Destination[]): void {
  for (const { kind, file } of all) {
    const text = REPORTERS[kind]?.(report);
    if (text === undefined) continue;
    if (file === null) process.stdout.write(text);
    else write(file, () => writeFileSync(file, text));
  }
}

function write(file: string, act: () => void): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    act();
  } catch (cause) {
    throw new EnvironmentError("report_write", `${file} can't be written: ${(cause as Error).message}.`, {
      cause,
    });
  }
}
