import { HarnessError } from "@ksherproof/core";
import {
  type FailureBundle,
  type Replayed,
  redactor,
  replay,
  splitCommandLine,
  startAdapter,
  terminalStory,
} from "@ksherproof/harness";
import { findBundle } from "../check/bundles.js";
import { PAINT } from "../check/paint.js";
import { reportError } from "../failure.js";
import { colours, print, printJson } from "../output.js";

export interface Options {
  readonly adapter?: string;
  readonly failures: string;
  readonly json?: true;
}

const CODES = { FIXED: 0, FAILED: 1, ERROR: 3 } as const;

export async function act(name: string, options: Options): Promise<void> {
  const bundle = findBundle(name, options.failures);
  const adapter = options.adapter ?? bundle.adapter;
  const { id, requirement } = bundle;
  const { verdict, why, played, evidence, redact } = await playWith(adapter, bundle);
  process.exitCode = CODES[verdict];
  if (options.json) {
    printJson(redact({ verdict, id, requirement: requirement.id, why, played, adapter }));
    return;
  }
  const paint = verdict === "FIXED" ? colours.green : colours.red;
  print(`${paint(verdict)} ${requirement.id}  ${requirement.text}`);
  print(redact(`  ${why}`));
  if (evidence) print(redact(terminalStory(evidence, PAINT).join("\n")));
}

/** Starts the adapter and plays the failure; an adapter that does not start is an ERROR, with its stderr told. */
async function playWith(adapter: string, bundle: FailureBundle): Promise<Replayed> {
  try {
    const client = await startAdapter(splitCommandLine(adapter));
    try {
      return await replay(client, bundle);
    } finally {
      await client.close();
    }
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    reportError(error);
    return { verdict: "ERROR", why: error.message, evidence: null, played: "commands", redact: redactor([]) };
  }
}
