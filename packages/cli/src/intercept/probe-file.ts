import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { UsageError } from "@ksherproof/core";
import {
  type InterceptScenario,
  type OutcomeTable,
  type ProbeScript,
  ProbeScriptError,
  parseInterceptScenario,
  parseOutcomes,
  parseProbe,
} from "@ksherproof/intercept";
import { parseYamlFile, SpecError, type YamlFile } from "@ksherproof/spec-loader";
import { readInput } from "../input.js";

/** The folder of the ready scripts, in the package of the interceptor. */
const READY = join(dirname(createRequire(import.meta.url).resolve("@ksherproof/intercept")), "../probes");

/** The ids of the ready scripts, in order. */
export function readyIds(): readonly string[] {
  return readdirSync(READY)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -5))
    .sort();
}

/** The text of a ready script. Throws `UsageError` where there is none of that id. */
export function readyText(id: string): string {
  const known = readyIds();
  if (known.includes(id)) return readFileSync(join(READY, `${id}.yaml`), "utf8");
  const near = known.find((one) => one.startsWith(id.slice(0, 7))) ?? known[0];
  throw new UsageError("probe_unknown", `There is no ready script ${JSON.stringify(id)}.`, {
    hint: `Did you mean ${near}? ksherproof probe --list prints them all.`,
  });
}

const YAML = { what: "YAML", hint: "`ksherproof probe --show CXL-007` prints a script to start from." };

/** A ready script, or the scripts of a group: `CXL-007`, `CXL`, `all`. */
export function readyScripts(id: string): readonly ProbeScript[] {
  const group = readyIds().filter((one) => id === "all" || one.startsWith(`${id}-`));
  const ids = group.length > 0 && !readyIds().includes(id) ? group : [id];
  return ids.map((one) => read(`${one}.yaml`, readyText(one), parseProbe));
}

/** Reads a script from a file, or from standard input for `-`. Throws `UsageError` with line and column. */
export function readProbe(file: string): ProbeScript {
  return read(file === "-" ? "standard input" : file, readInput(file, YAML), parseProbe);
}

/** Reads a table of outcomes from a file. Throws `UsageError` with line and column. */
export function readOutcomes(file: string): OutcomeTable {
  return read(file, readInput(file, YAML), parseOutcomes);
}

/** Reads what the gateway does in an intercepted run. Throws `UsageError` with line and column. */
export function readInterceptScenario(file: string): InterceptScenario {
  return read(file, readInput(file, YAML), parseInterceptScenario);
}

function read<T>(file: string, text: string, parse: (value: unknown) => T): T {
  let yaml: YamlFile | undefined;
  try {
    yaml = parseYamlFile(file, text);
    return parse(yaml.value);
  } catch (thrown) {
    const error = thrown instanceof ProbeScriptError ? yaml?.errorAt(thrown.path, thrown.message) : thrown;
    if (!(error instanceof SpecError)) throw error;
    throw new UsageError("probe_script", error.message, { cause: thrown });
  }
}
