import { accessSync, constants, existsSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { EnvironmentError, UsageError } from "@ksherproof/core";

/** Sees that a file can be written later, before hours of work go into what it is to hold. Throws `EnvironmentError`. */
export function checkTarget(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new EnvironmentError("output_file", `${file} is a folder; expected a file to write.`);
  tried(file, () => accessSync(dirname(file), constants.W_OK));
}

/**
 * Sees that no output is a file that is read, under any name, nor another output: an audit must not write over the log that
 * it audits. `outputs` go by the option that names them. Throws `UsageError`.
 */
export function checkApart(
  outputs: Readonly<Record<string, string | undefined>>,
  read: readonly (string | undefined)[],
): void {
  const taken = new Map<string | null, string>(read.map((file) => [placeOf(file), "a file that is read"]));
  for (const [option, file] of Object.entries(outputs)) {
    const place = placeOf(file);
    if (file === undefined || place === null) continue;
    const other = taken.get(place);
    if (other !== undefined)
      throw new UsageError("output_taken", `${option} ${file} would be written over ${other}.`, {
        hint: "Give the output a name of its own.",
      });
    taken.set(place, `what ${option} writes`);
  }
}

/** What tells a file from every other, by whatever name; null for standard input, devices and pipes. */
function placeOf(file: string | undefined): string | null {
  if (file === undefined || file === "-") return null;
  const found = statSync(file, { throwIfNoEntry: false, bigint: true });
  if (found) return found.isFile() ? `${found.dev}:${found.ino}` : null;
  const folder = dirname(resolve(file));
  return join(existsSync(folder) ? realpathSync(folder) : folder, basename(file));
}

/** Writes a file. Throws `EnvironmentError`. */
export function writeTarget(file: string, text: string): void {
  tried(file, () => writeFileSync(file, text));
}

function tried(file: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    throw new EnvironmentError("output_file", `${file} can't be written: ${(cause as Error).message}.`, {
      cause,
    });
  }
}
