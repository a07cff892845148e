import { readFileSync } from "node:fs";
import { EnvironmentError } from "@ksherproof/core";

/** The text of a file. Throws `EnvironmentError` with this code where it can't be read. */
export function textOf(file: string, code: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new EnvironmentError(code, `${file} can't be read: ${(cause as Error).message}.`, { cause });
  }
}
