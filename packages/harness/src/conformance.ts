import { type ClientObject, inProcess } from "./adapter/in-process.js";
import type { ReportDocument } from "./report/document.js";
import { streamOf } from "./report/document.js";
import { documentFrom, type StreamEvent } from "./report/events.js";
import { type RunOptions, runChecks } from "./run.js";

/** Holds a client object of this process to the requirements and gives the report: no adapter, no second process. */
export async function conformanceOf(
  client: ClientObject,
  options: Omit<RunOptions, "on" | "another" | "workers"> = {},
): Promise<ReportDocument> {
  const events: StreamEvent[] = [];
  const toStream = streamOf({ adapter: client.name ?? "in process", version: "in process" });
  await runChecks(inProcess(client), { ...options, on: (event) => void events.push(toStream(event)) });
  return documentFrom(events);
}
