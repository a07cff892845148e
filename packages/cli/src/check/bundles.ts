import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EnvironmentError, UsageError } from "@ksherproof/core";
import { CLOCK_START } from "@ksherproof/gateway";
import { bundlesOf, type FailureBundle, nearest, type ReportDocument, readBundle } from "@ksherproof/harness";
import { FAILURES } from "./folders.js";
import { textOf } from "./text-file.js";

/** Writes a bundle for each failure; gives their ids by requirement. A folder that can't be written is told, and no error. */
export function writeBundles(report: ReportDocument, folder: string): Readonly<Record<string, string>> {
  const bundles = bundlesOf(report, new Date(CLOCK_START).toISOString());
  if (bundles.length === 0) return {};
  try {
    mkdirSync(folder, { recursive: true });
    for (const one of bundles)
      writeFileSync(join(folder, `${one.id}.json`), `${JSON.stringify(one, null, 2)}\n`);
  } catch (cause) {
    process.stderr.write(
      `ksherproof: no failure bundles: ${folder} can't be written: ${(cause as Error).message}\n`,
    );
    return {};
  }
  return Object.fromEntries(bundles.map(({ requirement, id }) => [requirement.id, id]));
}

/** Finds a bundle by the path of its file, or by its id or the beginning of it. Throws `UsageError` where there is none. */
export function findBundle(name: string, folder = FAILURES): FailureBundle {
  if (/[./\\]/.test(name)) return readBundleFile(name);
  const files = list(folder);
  const ids = files.map((file) => file.replace(/\.json$/, ""));
  const found = ids.filter((id) => id.startsWith(name));
  if (found.length === 1) return readBundleFile(join(folder, `${found[0]}.json`));
  if (found.length > 1)
    throw new UsageError("bundle_ambiguous", `${name} begins several bundles: ${found.join(", ")}.`);
  const near = nearest(name, ids);
  throw new UsageError("bundle_unknown", `There is no failure bundle ${name} in ${folder}.`, {
    hint: near
      ? `Did you mean ${near}?`
      : ids.length > 0
        ? `There are: ${ids.join(", ")}`
        : "ksherproof check writes one for each failure.",
  });
}

/** Reads one bundle. Throws `EnvironmentError` where the file can't be read, `UsageError` where it is no bundle. */
export function readBundleFile(file: string): FailureBundle {
  return readBundle(textOf(file, "bundle_file"), file);
}

/** The promoted failures of a folder. Throws `EnvironmentError` where there is no such folder, `UsageError` where it is empty. */
export function readScenarios(folder: string): readonly FailureBundle[] {
  const files = list(folder, true);
  if (files.length === 0) {
    throw new UsageError("scenarios_empty", `${folder} holds no scenario (*.json).`, {
      hint: `Promote a failure: ksherproof promote ID --to ${folder}`,
    });
  }
  return files.map((file) => readBundleFile(join(folder, file)));
}

function list(folder: string, must = false): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith(".json"))
      .sort();
  } catch (cause) {
    if (!must) return [];
    throw new EnvironmentError("scenarios_folder", `${folder} can't be read: ${(cause as Error).message}.`, {
      cause,
    });
  }
}
