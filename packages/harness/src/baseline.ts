import { UsageError } from "@ksherproof/core";
import { parseYamlFile, SpecError } from "@ksherproof/spec-loader";
import { CHECKS } from "./checks/all.js";
import { nearest, wrongSelection } from "./selection.js";

/** One failure that is known and accepted for a time. */
export interface BaselineEntry {
  /** A requirement's id, or the id of a check: every failure that the check finds. */
  readonly requirement?: string;
  readonly check?: string;
  readonly reason: string;
  /** A link to where it is being worked on. */
  readonly issue?: string;
  /** The last day on which it is accepted, yyyy-mm-dd. */
  readonly expires?: string;
  /** How it fails: another way of failing is another failure. */
  readonly fingerprint?: string;
}

const FIELDS = ["requirement", "check", "reason", "issue", "expires", "fingerprint"];

/** Reads a baseline file. Throws `UsageError` with file, line and column for what is not as documented. */
export function readBaseline(text: string, file: string): readonly BaselineEntry[] {
  try {
    return parse(text, file);
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    throw new UsageError("baseline_file", error.message, {
      cause: error,
      hint: "An entry has requirement (or check), reason, and may have issue, expires and fingerprint.",
    });
  }
}

function parse(text: string, file: string): readonly BaselineEntry[] {
  const yaml = parseYamlFile(file, text);
  const top = yaml.value as { known_failures?: unknown } | null;
  if (typeof top !== "object" || top === null || !Array.isArray(top.known_failures))
    throw yaml.errorAt([], "Expected known_failures with a list of entries.");
  return top.known_failures.map((found: unknown, i) => {
    const at = ["known_failures", i];
    if (typeof found !== "object" || found === null) throw yaml.errorAt(at, "Expected an entry with fields.");
    const entry = found as Record<string, unknown>;
    for (const [name, value] of Object.entries(entry)) {
      if (!FIELDS.includes(name)) {
        const near = nearest(name, FIELDS);
        throw yaml.errorAt(
          [...at, name],
          `There is no field ${name}${near ? `; did you mean ${near}?` : "."}`,
        );
      }
      if (typeof value !== "string")
        throw yaml.errorAt([...at, name], `Expected a text, found ${JSON.stringify(value)}; quote it.`);
    }
    const { requirement, check, reason, expires } = entry as Partial<BaselineEntry>;
    if ((requirement === undefined) === (check === undefined))
      throw yaml.errorAt(at, "Expected either requirement or check.");
    const wrong = requirement === undefined ? wrongCheck(check ?? "") : wrongRequirement(requirement);
    if (wrong !== null)
      throw yaml.errorAt([...at, requirement === undefined ? "check" : "requirement"], wrong);
    if (reason === undefined || reason.trim() === "")
      throw yaml.errorAt(at, "Expected a reason: why is this failure accepted?");
    if (expires !== undefined && !isDay(expires))
      throw yaml.errorAt([...at, "expires"], `Expected a day such as 2027-01-31, found ${expires}.`);
    return entry as unknown as BaselineEntry;
  });
}

function wrongRequirement(id: string): string | null {
  return /^[A-Z]{3}$/.test(id) ? `Expected one requirement, found the group ${id}.` : wrongSelection(id);
}

function wrongCheck(id: string): string | null {
  const ids = CHECKS.map((check) => check.id);
  if (ids.includes(id)) return null;
  const near = nearest(id, ids);
  return `There is no check ${id}${near ? `; did you mean ${near}?` : "."}`;
}

/** Whether a text is a day of the calendar, yyyy-mm-dd. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Writes a baseline file; texts are quoted as JSON, which YAML reads. */
export function writeBaseline(entries: readonly BaselineEntry[]): string {
  const lines = [
    "# Failures that are known and accepted for a time: ksherproof check --baseline THIS-FILE",
    "# An entry that is stale, expired, or fails in another way fails the run.",
    entries.length === 0 ? "known_failures: []" : "known_failures:",
  ];
  for (const entry of entries) {
    const fields = FIELDS.flatMap((name) => {
      const value = entry[name as keyof BaselineEntry];
      return value === undefined ? [] : [`${name}: ${plain(value)}`];
    });
    lines.push(...fields.map((field, i) => `${i === 0 ? "  - " : "    "}${field}`));
  }
  return `${lines.join("\n")}\n`;
}

function plain(value: string): string {
  return /^[A-Z]{3}-\d{3}$/.test(value) ? value : JSON.stringify(value);
}
