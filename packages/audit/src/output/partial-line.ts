import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { UsageError } from "@ksherproof/core";
import { FACT_TEXTS, type Fact, SAYINGS } from "../record/fact.js";
import { FINDING_KINDS, type Finding } from "../record/finding.js";
import type { Summary } from "./partial.js";

/** One line of a partial report (`audit map`). A fact's `group` is what a cluster shuffles by. */
export type PartialLine =
  | { readonly type: "finding"; readonly finding: Finding }
  | { readonly type: "fact"; readonly group: string; readonly fact: Fact }
  | { readonly type: "summary"; readonly version: string; readonly summary: Summary };

/** A finding as a line of a partial report. */
export function findingLine(finding: Finding): PartialLine {
  return { type: "finding", finding };
}

/** A fact as a line of a partial report. */
export function factLine(fact: Fact): PartialLine {
  return { type: "fact", group: `${fact.of} ${fact.appid} ${fact.id}`, fact };
}

/** The end of a partial report; `version` is that of the program that made it. */
export function summaryLine(
  { records, orders, keys, inputs, shards }: Summary,
  version: string,
): PartialLine {
  return { type: "summary", version, summary: { records, orders, keys, inputs, shards } };
}

/** What is asked of the partial reports that are read. */
export interface PartialsAsked {
  /** Only reports of this version are taken: another may judge, or write, in another way. */
  readonly version: string;
  /** Whether each must end in its summary: what wrote it did not break off. */
  readonly whole: boolean;
}

/**
 * The lines of partial reports, one after the other. Throws `UsageError` with the place of a line that is none, for a
 * report of another version, and for one that broke off.
 */
export async function* partialLines(
  files: readonly string[],
  stdin: NodeJS.ReadableStream,
  { version, whole }: PartialsAsked,
): AsyncGenerator<{ readonly text: string; readonly line: PartialLine }> {
  for (const file of files) {
    const input = file === "-" ? stdin : createReadStream(file);
    const name = file === "-" ? "Standard input" : file;
    let number = 0;
    let last: PartialLine["type"] | null = null;
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (text.trim() === "") continue;
      const line = parseLine(text, `${name}:${number}`);
      if (line.type === "summary" && line.version !== version)
        throw otherVersion(name, line.version, version);
      last = line.type;
      yield { text, line };
    }
    if (!whole || last === "summary") continue;
    const found = last === null ? "an empty input" : `a ${last} in line ${number}`;
    throw new UsageError("partial_cut", `${name}: expected a summary at its end, found ${found}.`, {
      hint: "What wrote this partial report did not end well: run that part again.",
    });
  }
}

function otherVersion(name: string, found: unknown, version: string): UsageError {
  const made = typeof found === "string" ? `version ${found}` : "another version";
  return new UsageError("partial_version", `${name} was made by ${made}; this is ${version}.`, {
    hint: "Make all parts with one version, and reduce them with it.",
  });
}

function parseLine(text: string, where: string): PartialLine {
  try {
    const line: unknown = JSON.parse(text);
    if (isPartialLine(line)) return line;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw new UsageError(
    "partial_line",
    `${where}: expected a line of a partial report, found something else.`,
    {
      hint: "Partial reports come from `ksherproof audit map` and `ksherproof audit merge`.",
    },
  );
}

const KNOWN_SAYINGS: ReadonlySet<unknown> = new Set(SAYINGS);

type Unknown<T> = { readonly [Name in keyof T]?: unknown };

/** Whether a value has what is read of a line: it may come from anywhere. */
function isPartialLine(value: unknown): value is PartialLine {
  const line = (value ?? {}) as Unknown<{ type: 0; fact: 0; finding: 0; summary: 0 }>;
  switch (line.type) {
    case "fact": {
      const fact = (line.fact ?? {}) as Unknown<Fact>;
      const { file } = (fact.place ?? {}) as Unknown<Fact["place"]>;
      return (
        KNOWN_SAYINGS.has(fact.says) &&
        typeof file === "string" &&
        FACT_TEXTS.every((name) => typeof fact[name] === "string")
      );
    }
    case "finding": {
      const { kind, evidence } = (line.finding ?? {}) as Unknown<Finding>;
      return typeof kind === "string" && Object.hasOwn(FINDING_KINDS, kind) && Array.isArray(evidence);
    }
    case "summary": {
      const { records, keys, inputs, shards } = (line.summary ?? {}) as Unknown<Summary>;
      return typeof records === "object" && [keys, inputs, shards].every(Array.isArray);
    }
    default:
      return false;
  }
}
