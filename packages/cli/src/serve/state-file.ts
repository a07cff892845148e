import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { EnvironmentError, UsageError } from "@ksherproof/core";
import type { SavedWorld } from "@ksherproof/gateway";

/** What `serve --state` keeps between runs: the world, and the keys that it made itself. */
export interface ServeState {
  readonly format: "ksherproof-serve";
  readonly version: 1;
  readonly gateway_key: string;
  readonly merchants: readonly { readonly appid: string; readonly private_key: string }[];
  readonly saved: SavedWorld;
}

/** Reads a state file; null where there is none yet. Throws `UsageError` where it is something else, `EnvironmentError`. */
export function readState(file: string): ServeState | null {
  if (!existsSync(file)) return null;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new EnvironmentError(
      "state_read",
      `The state file ${file} can't be read: ${(cause as Error).message}.`,
      {
        cause,
      },
    );
  }
  const value = parsed(text) as Partial<ServeState> | null;
  const merchants = value?.merchants;
  const whole =
    value?.format === "ksherproof-serve" &&
    value.version === 1 &&
    typeof value.gateway_key === "string" &&
    Array.isArray(merchants) &&
    merchants.every(
      ({ appid, private_key }) => typeof appid === "string" && typeof private_key === "string",
    ) &&
    typeof value.saved === "object";
  if (whole) return value as ServeState;
  throw new UsageError("state_format", `${file} is no state that \`ksherproof serve --state\` wrote.`, {
    hint: "Give a file that serve wrote, or a name that does not exist yet.",
  });
}

/** Writes a state file, readable by its owner only: whole, or not at all. Throws `EnvironmentError`. */
export function writeState(file: string, state: ServeState): void {
  const next = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(next, `${JSON.stringify(state)}\n`, { mode: 0o600 });
    renameSync(next, file);
  } catch (cause) {
    throw new EnvironmentError(
      "state_write",
      `The state file ${file} can't be written: ${(cause as Error).message}.`,
      { cause },
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
