import { existsSync, writeFileSync } from "node:fs";
import { EnvironmentError, UsageError } from "@ksherproof/core";
import {
  type BaselineEntry,
  type BaselineResult,
  compareBaseline,
  isDay,
  type ReportDocument,
  readBaseline,
  updatedBaseline,
  writeBaseline,
} from "@ksherproof/harness";
import { textOf } from "./text-file.js";

/** The options of `check` that are about the baseline. */
export interface BaselineOptions {
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly reason?: string;
  readonly issue?: string;
  readonly expires?: string;
}

/** The baseline of a run: read before the work begins, so that a mistake in it costs no time. */
export class BaselineFile {
  private readonly file: string;
  private readonly entries: readonly BaselineEntry[];
  private readonly options: BaselineOptions;

  private constructor(file: string, entries: readonly BaselineEntry[], options: BaselineOptions) {
    this.file = file;
    this.entries = entries;
    this.options = options;
  }

  /** Reads it; null where none is asked for. Throws `UsageError` for options or a file that make no sense. */
  static open(options: BaselineOptions): BaselineFile | null {
    const { baseline, updateBaseline, reason, issue, expires } = options;
    if (baseline === undefined) {
      if (updateBaseline || reason !== undefined || issue !== undefined || expires !== undefined)
        throw new UsageError("baseline_missing", "Expected --baseline with the file's name.");
      return null;
    }
    if (updateBaseline && (reason === undefined || reason.trim() === ""))
      throw new UsageError(
        "baseline_reason",
        "--update-baseline needs --reason: why are new failures accepted?",
      );
    if (expires !== undefined && !isDay(expires))
      throw new UsageError(
        "baseline_expires",
        `--expires: expected a day such as 2027-01-31, found ${expires}.`,
      );
    if (!existsSync(baseline)) {
      if (updateBaseline) return new BaselineFile(baseline, [], options);
      throw new EnvironmentError("baseline_file", `There is no baseline file ${baseline}.`, {
        hint: `Make it from a run: ksherproof check --adapter ... --baseline ${baseline} --update-baseline --reason "..."`,
      });
    }
    return new BaselineFile(baseline, readBaseline(textOf(baseline, "baseline_file"), baseline), options);
  }

  /** Holds a report against it; with `--update-baseline` it is written anew first, and what it then says is given. */
  judge(report: ReportDocument, today: string): BaselineResult {
    const { updateBaseline, reason = "", issue, expires } = this.options;
    if (!updateBaseline) return compareBaseline(report, this.entries, this.file, today);
    // What a run did not get to is no known failure.
    if (report.interrupted || report.not_run.length > 0) {
      process.stderr.write(`ksherproof: ${this.file} is left as it was: the run did not get to its end\n`);
      return compareBaseline(report, this.entries, this.file, today);
    }
    const more = {
      reason,
      ...(issue === undefined ? {} : { issue }),
      ...(expires === undefined ? {} : { expires }),
    };
    const entries = updatedBaseline(report, this.entries, more, today);
    try {
      writeFileSync(this.file, writeBaseline(entries));
    } catch (cause) {
      const message = `${this.file} can't be written: ${(cause as Error).message}.`;
      throw new EnvironmentError("baseline_write", message, { cause });
    }
    const known = `${entries.length} known failure${entries.length === 1 ? "" : "s"}`;
    process.stderr.write(`ksherproof: ${this.file} now has ${known}\n`);
    return compareBaseline(report, entries, this.file, today);
  }
}
