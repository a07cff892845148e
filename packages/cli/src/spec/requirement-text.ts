import { DOUBTS, type Requirement, SOURCES } from "@ksherproof/spec";
import { COVERAGE } from "@ksherproof/spec/coverage";
import { colours, table } from "../output.js";
import { type Exchange, exampleExchange } from "./example.js";

/** What `spec show --json` prints (specs/schemas/cli-spec-show.schema.json). */
export interface ShownRequirement extends Requirement {
  readonly doubts: readonly {
    readonly id: string;
    readonly title: string;
    readonly tolerant: string;
    readonly strict: string;
  }[];
  readonly checks: readonly { readonly id: string; readonly title: string }[];
  readonly scenarios: readonly { readonly id: string; readonly title: string; readonly story: string }[];
  readonly vectors: readonly string[];
  readonly example: Exchange | null;
}

/** Everything that is known about one requirement. */
export function shownRequirement(requirement: Requirement): ShownRequirement {
  const { checks, scenarios, vectors } = COVERAGE[requirement.id] ?? {
    checks: [],
    scenarios: [],
    vectors: [],
  };
  const doubts = Object.values(DOUBTS)
    .filter(({ requirements }) => requirements.includes(requirement.id))
    .map(({ id, title, tolerant, strict }) => ({ id, title, tolerant, strict }));
  return { ...requirement, doubts, checks, scenarios, vectors, example: exampleExchange(requirement.id) };
}

/** The same for people. */
export function requirementText(shown: ShownRequirement): string {
  const { id, level, basis, held, text, why, sources, doubt, doubts, checks, scenarios, vectors, example } =
    shown;
  const rows = (list: readonly (readonly [string, string])[]) => (list.length === 0 ? "  none" : table(list));
  const parts = [
    `${colours.bold(id)}  ${level}, ${basis}, held: ${held.join(" and ")}`,
    `${sentence(text)}`,
    `\nWhy it matters\n  ${sentence(why)}`,
    `\nSources\n${rows(sources.map((name) => [name, SOURCES[name]?.title ?? ""]))}`,
  ];
  if (doubt !== undefined) parts.push(`\nDoubt\n  ${sentence(doubt)}`);
  for (const one of doubts)
    parts.push(`  ${one.id}: ${one.title}. Decision: ${one.tolerant} Strict: ${one.strict}`);
  parts.push(`\nChecks of the harness\n${rows(checks.map((one) => [one.id, one.title]))}`);
  const stories = scenarios.map((one) => [one.id, one.title] as const);
  parts.push(`\nVectors and scenarios\n${rows([...stories, ...vectors.map((path) => [path, ""] as const)])}`);
  const [story] = scenarios;
  if (example) parts.push(`\nAn example exchange\n${indent(exchangeText(example))}`);
  if (story) parts.push(`\nIts story\n  ${story.story}`);
  return parts.join("\n");
}

function exchangeText({ request, answer }: Exchange): string {
  return [...request, "", ...answer].join("\n");
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}

/** A text with a capital first and a stop last. */
function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
