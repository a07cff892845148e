import {
  type BaselineResult,
  documentFrom,
  type FailureBundle,
  type Level,
  type Profile,
  type ReportDocument,
  runChecks,
  type StreamEvent,
  splitCommandLine,
  startAdapter,
  streamOf,
} from "@ksherproof/harness";
import { VERSION } from "../version.js";

/** What a run of `check` is asked for. */
export interface CheckOptions {
  readonly level: Level;
  readonly only: readonly string[];
  readonly seed: number;
  readonly runs: number;
  readonly timeBudget?: number;
  /** Adapters at a time; 1 where it is not given. */
  readonly workers?: number;
  readonly profile: Profile;
  readonly scenarios: readonly FailureBundle[];
  /** What a baseline makes of the report; null where there is none. */
  readonly baseline: ((report: ReportDocument) => BaselineResult) | null;
}

/** Starts an adapter, runs the checks against it and gives the report; `on` hears the stream as it comes. */
export async function checkAdapter(
  adapter: string,
  options: CheckOptions,
  signal: AbortSignal,
  on: (event: StreamEvent) => void,
): Promise<ReportDocument> {
  const command = splitCommandLine(adapter);
  const client = await startAdapter(command);
  const events: StreamEvent[] = [];
  const tell = (line: StreamEvent): void => {
    events.push(line);
    on(line);
  };
  const toStream = streamOf({ adapter, version: VERSION });
  try {
    await runChecks(client, {
      level: options.level,
      only: options.only,
      seed: options.seed,
      runs: options.runs,
      ...(options.workers === undefined ? {} : { workers: options.workers }),
      profile: options.profile,
      scenarios: options.scenarios,
      another: () => startAdapter(command),
      signal,
      ...(options.timeBudget === undefined ? {} : { timeBudgetMs: options.timeBudget }),
      on(event) {
        const line = toStream(event);
        if (line.event === "end" && options.baseline)
          tell({ event: "baseline", ...options.baseline(documentFrom([...events, line])) });
        tell(line);
      },
    });
  } finally {
    await client.close();
  }
  return documentFrom(events);
}
