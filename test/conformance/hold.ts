import {
  type ClientObject,
  inProcess,
  newStageKeys,
  type Report,
  type RunOptions,
  runChecks,
} from "@ksherproof/harness";

/** One set of keys for all: making them takes longer than many a run. */
export const keys = newStageKeys();

/** Holds a client in this process to the requirements. */
export function hold(client: ClientObject, options: RunOptions = {}): Promise<Report> {
  return runChecks(inProcess(client), { keys, ...options });
}

/** The requirements with a verdict, by id. */
export function having(
  report: Report,
  verdict: Report["requirements"][number]["verdict"],
): readonly string[] {
  return report.requirements
    .filter((one) => one.verdict === verdict)
    .map(({ requirement }) => requirement.id);
}

/** What was found against a client, one line each: for the message of a test that fails. */
export function complaints(report: Report): string {
  return report.requirements
    .filter(({ verdict }) => verdict !== "pass" && verdict !== "not_supported")
    .map(({ requirement, verdict, why, failure }) =>
      [
        `${requirement.id} ${verdict}: ${why}`,
        ...(failure ? [`expected ${failure.expected}, got ${failure.got}`] : []),
        ...(failure?.story ?? []).map(({ who, what }) => `  ${who}: ${what}`),
      ].join("\n"),
    )
    .join("\n");
}

/** Runs jobs, so many at a time: most of a run is waiting for time-outs. */
export async function atOnce<T>(count: number, jobs: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const done: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < jobs.length; at = next++) {
      const job = jobs[at];
      if (job) done[at] = await job();
    }
  };
  await Promise.all(Array.from({ length: count }, work));
  return done;
}
