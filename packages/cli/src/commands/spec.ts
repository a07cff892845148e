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
import { type Command, Option } from "commander";
import { colours, print, printJson, table } from "../output.js";

const LEVELS = ["must", "should", "may"] as const;

export function register(program: Command): void {
  const spec = program.command("spec").description("read the protocol's requirements, states and documents");
  list(spec);
  show(spec);
  states(spec);
  openapi(spec);
  diff(spec);
}

function list(spec: Command): void {
  spec
    .command("list")
    .description("list the requirements")
    .argument("[group]", "SIG, REQ, RSP, QRY, CXL, RTY, WHK or SEC")
    .addOption(new Option("--level <level>", "only this level").choices(LEVELS))
    .option("--json", "print one JSON array")
    .action((group: string | undefined, options: { level?: string; json?: true }) => {
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
    });
}

function line({ id, level, basis, text }: Requirement): string {
  return `${colours.bold(id)}  ${level.padEnd(6)}  ${basis.padEnd(9)}  ${text}`;
}

function show(spec: Command): void {
  spec
    .command("show")
    .description("show a requirement (why, sources, checks, an example), a code, a result or a state")
    .argument("<id>", "a requirement such as CXL-007, a code (-4), a result (CLOSED), a state (paid_late)")
    .option("--json", "print one JSON object")
    .action(async (id: string, options: { json?: true }) => {
      const found = REQUIREMENTS[id.toUpperCase()];
      if (!found) {
        const { shownWord, wordText } = await import("../spec/word-text.js");
        const word = shownWord(id);
        if (!word)
          throw new UsageError(
            "requirement_unknown",
            `There is no requirement, code, result or state ${id}.`,
            {
              hint: "`ksherproof spec list` lists the requirements, `ksherproof spec states` the states; codes and results are in docs/reference/codes.md.",
            },
          );
        if (options.json) printJson(word);
        else print(wordText(word));
        return;
      }
      const { requirementText, shownRequirement } = await import("../spec/requirement-text.js");
      const shown = shownRequirement(found);
      if (options.json) printJson(shown);
      else print(requirementText(shown));
    });
}

function states(spec: Command): void {
  spec
    .command("states")
    .description("show the life of an order: states, events, transitions")
    .option("--mermaid", "print a Mermaid state diagram")
    .option("--json", "print one JSON object")
    .action((options: { mermaid?: true; json?: true }) => {
      if (options.mermaid) process.stdout.write(STATE_DIAGRAM);
      else if (options.json) printJson({ states: STATES, events: EVENTS, transitions: TRANSITIONS });
      else print(statesText());
    });
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

function openapi(spec: Command): void {
  spec
    .command("openapi")
    .description("print the OpenAPI 3.1 document of the three endpoints and the webhook")
    .option("--json", "the same: the document is JSON")
    .action(async () => {
      const { OPENAPI } = await import("@ksherproof/spec/openapi");
      printJson(OPENAPI);
    });
}

function diff(spec: Command): void {
  spec
    .command("diff")
    .description("say what changed between two revisions of the specs, and whom it breaks")
    .argument("<old>", "a folder of specs, or a repository that has one")
    .argument("<new>", "the same")
    .option("--json", "print one JSON object")
    .addHelpText("after", "\nExit code 0: nobody is broken. 1: clients, gateways or vectors are.\n")
    .action(async (old: string, now: string, options: { json?: true }) => {
      const { diffReport, diffText } = await import("../spec/diff-report.js");
      const report = diffReport(old, now);
      if (options.json) printJson(report);
      else print(diffText(report));
      process.exitCode = report.breaks.length === 0 ? 0 : 1;
    });
}
