import { UsageError } from "@ksherproof/core";
import {
  EVENTS,
  ORDER_STATES,
  REQUIREMENTS,
  type Requirement,
  STATE_DIAGRAM,
  STATES,
  TRANSITIONS,
} from "@ksherproof/spec";
import { colours, print, printJson, table } from "../output.js";

export function list(group: string | undefined, options: { level?: string; json?: true }): void {
  const groups = [...new Set(Object.values(REQUIREMENTS).map((one) => one.group))];
  const asked = group?.toUpperCase();
  if (asked !== undefined && !groups.includes(asked))
    throw new UsageError("group_unknown", `There is no group ${group}.`, {
      hint: `The groups are: ${groups.join(", ")}.`,
    });
  const rows = Object.values(REQUIREMENTS).filter(
    (one) =>
      (asked === undefined || one.group === asked) &&
      (options.level === undefined || one.level === options.level),
  );
  if (options.json) printJson(rows);
  else print(rows.map(line).join("\n"));
}

export async function show(id: string, options: { json?: true }): Promise<void> {
  const found = REQUIREMENTS[id.toUpperCase()];
  if (!found) {
    const { shownWord, wordText } = await import("../spec/word-text.js");
    const word = shownWord(id);
    if (!word)
      throw new UsageError("requirement_unknown", `There is no requirement, code, result or state ${id}.`, {
        hint: "`ksherproof spec list` lists the requirements, `ksherproof spec states` the states; codes and results are in docs/reference/codes.md.",
      });
    if (options.json) printJson(word);
    else print(wordText(word));
    return;
  }
  const { requirementText, shownRequirement } = await import("../spec/requirement-text.js");
  const shown = shownRequirement(found);
  if (options.json) printJson(shown);
  else print(requirementText(shown));
}

export function states(options: { mermaid?: true; json?: true }): void {
  if (options.mermaid) process.stdout.write(STATE_DIAGRAM);
  else if (options.json) printJson({ states: STATES, events: EVENTS, transitions: TRANSITIONS });
  else print(statesText());
}

export async function openapi(): Promise<void> {
  const { OPENAPI } = await import("@ksherproof/spec/openapi");
  printJson(OPENAPI);
}

export async function diff(old: string, now: string, options: { json?: true }): Promise<void> {
  const { diffReport, diffText } = await import("../spec/diff-report.js");
  const report = diffReport(old, now);
  if (options.json) printJson(report);
  else print(diffText(report));
  process.exitCode = report.breaks.length === 0 ? 0 : 1;
}

function line({ id, level, basis, text }: Requirement): string {
  return `${colours.bold(id)}  ${level.padEnd(6)}  ${basis.padEnd(9)}  ${text}`;
}

function statesText(): string {
  const rows = ORDER_STATES.map((name) => {
    const { means, cancel, cancel_setting, result, result_setting } = STATES[name];
    const or = (setting: string | null): string => (setting === null ? "" : ` (setting ${setting})`);
    return [
      name,
      `${means}\n      cancel answers ${cancel}${or(cancel_setting)}; query answers ${result}${or(result_setting)}`,
    ] as const;
  });
  const steps = TRANSITIONS.map(
    ({ event, from, to }) => [event, `${from.join(", ")} -> ${to === "same" ? "the same" : to}`] as const,
  );
  return `States\n${table(rows)}\n\nTransitions; what is not here may not happen\n${table(steps)}`;
}
