import { accessSync, constants, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { EnvironmentError } from "@ksherproof/core";

/** Sees that a file can be written later, before hours of work go into what it is to hold. Throws `EnvironmentError`. */
export function checkTarget(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new EnvironmentError("output_file", `${file} is a folder; expected a file to write.`);
  tried(file, () => accessSync(dirname(file), constants.W_OK));
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
