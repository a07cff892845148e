import { beforeAll, describe, it } from "vitest";
import type { ClientObject } from "./adapter/in-process.js";
import { conformanceOf } from "./conformance.js";
import type { ReportDocument } from "./report/document.js";
import { failureLines, PLAIN } from "./report/story.js";
import { belongs, type Level, requirementOf } from "./requirements.js";
import { selectable } from "./selection.js";

/** How a suite is asked for. */
export interface SuiteOptions {
  readonly level?: Level;
  /** Requirement ids, or beginnings of them (`CXL`, `CXL-007`). */
  readonly only?: readonly string[];
  readonly seed?: number;
  readonly runs?: number;
  /** Milliseconds for the whole run; two minutes where it is not given. */
  readonly timeoutMs?: number;
}

/**
 * A vitest suite with one test for each requirement, over a client object of this process.
 *
 * @example
 * describeConformance({ name: "my client", cancel: (args) => myCancel(args), query: (args) => myQuery(args) });
 */
export function describeConformance(client: ClientObject, options: SuiteOptions = {}): void {
  const { level = "must", only = [], timeoutMs = 120_000, ...more } = options;
  const asked = selectable().filter(({ id }) =>
    only.length > 0
      ? only.some((start) => id === start || id.startsWith(`${start}-`))
      : belongs(requirementOf(id), level),
  );
  describe(`${client.name ?? "the client"} conforms to Order Cancel`, () => {
    let report: ReportDocument;
    beforeAll(async () => {
      report = await conformanceOf(client, { level, only, ...more });
    }, timeoutMs);
    for (const { id, text } of asked) {
      it(`${id}: ${text}`, (context) => {
        const found = report.requirements.find((one) => one.id === id);
        if (!found || found.verdict === "not_supported") return context.skip(found?.reason);
        if (found.verdict === "pass") return;
        const story = found.failure ? failureLines(found.failure, PLAIN) : [];
        const cause = found.cause === null ? "" : ` ${found.cause} is the cause: mend that first.`;
        throw new Error([`${found.reason}${cause}`, ...story].join("\n"));
      });
    }
  });
}
