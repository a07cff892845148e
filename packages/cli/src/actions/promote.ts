import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EnvironmentError, UsageError } from "@ksherproof/core";
import { findBundle } from "../check/bundles.js";
import { print } from "../output.js";

export interface Options {
  readonly to: string;
  readonly failures: string;
  readonly force?: true;
}

export function act(name: string, options: Options): void {
  const bundle = findBundle(name, options.failures);
  const file = join(options.to, `${bundle.requirement.id}-${bundle.id}.json`);
  if (existsSync(file) && !options.force) {
    throw new UsageError("scenario_exists", `${file} is there already.`, {
      hint: "Replace it with --force.",
    });
  }
  try {
    mkdirSync(options.to, { recursive: true });
    writeFileSync(file, `${JSON.stringify(bundle, null, 2)}\n`);
  } catch (cause) {
    throw new EnvironmentError("scenario_write", `${file} can't be written: ${(cause as Error).message}.`, {
      cause,
    });
  }
  print(file);
  print(`Play it with every run: ksherproof check --scenarios ${options.to} --adapter "..."`);
}
