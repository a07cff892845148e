import { header } from "../emit/module.js";
import type { Requirement } from "../model.js";
import { pageTop, table } from "../pages/markdown.js";

/** A check of the harness, as far as coverage goes. */
export interface CheckRow {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
}

/** A scenario of vectors/scenarios. */
export interface ScenarioRow {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  readonly requirements: readonly string[];
}

/** All that can cover a requirement. */
export interface Evidence {
  readonly checks: readonly CheckRow[];
  readonly scenarios: readonly ScenarioRow[];
  /** The requirements that a file of vectors names, by its path. */
  readonly vectors: ReadonlyMap<string, readonly string[]>;
  /** The requirements that the titles of a test file name, by its path. */
  readonly tests: ReadonlyMap<string, readonly string[]>;
}

/** What covers one requirement. */
export interface Covered {
  readonly requirement: Requirement;
  readonly checks: readonly CheckRow[];
  readonly scenarios: readonly ScenarioRow[];
  readonly vectors: readonly string[];
  readonly tests: readonly string[];
}

/** What covers each requirement. */
export function coverageOf(requirements: readonly Requirement[], evidence: Evidence): readonly Covered[] {
  const naming = (files: ReadonlyMap<string, readonly string[]>, id: string): readonly string[] =>
    [...files].filter(([, ids]) => ids.includes(id)).map(([path]) => path);
  return requirements.map((requirement) => ({
    requirement,
    checks: evidence.checks.filter((one) => one.requirements.includes(requirement.id)),
    scenarios: evidence.scenarios.filter((one) => one.requirements.includes(requirement.id)),
    vectors: naming(evidence.vectors, requirement.id),
    tests: naming(evidence.tests, requirement.id),
  }));
}

/** What is wrong with the coverage, one sentence each: musts that nothing covers, exclusions that are not needed, ids that there are not. */
export function coverageProblems(
  covered: readonly Covered[],
  exclusions: readonly { readonly id: string }[],
  evidence: Evidence,
): readonly string[] {
  const known = new Set(covered.map(({ requirement }) => requirement.id));
  const excluded = new Set(exclusions.map(({ id }) => id));
  const problems: string[] = [];
  for (const { requirement, checks, scenarios, vectors, tests } of covered) {
    const { id, level, text } = requirement;
    const count = checks.length + scenarios.length + vectors.length + tests.length;
    if (count === 0 && level === "must" && !excluded.has(id))
      problems.push(
        `${id} is a must that nothing covers: ${text}. Add a check, a vector or a test, or exclude it with a reason in specs/exclusions.yaml.`,
      );
    if (count > 0 && excluded.has(id))
      problems.push(
        `${id} is excluded in specs/exclusions.yaml, but something covers it: remove the exclusion.`,
      );
  }
  const unknown = (where: string, ids: readonly string[]): void => {
    for (const id of ids)
      if (!known.has(id)) problems.push(`${where} names ${id}, which the specs do not have.`);
  };
  unknown("specs/exclusions.yaml", [...excluded]);
  for (const { id, requirements } of evidence.checks) unknown(`The check ${id}`, requirements);
  for (const { id, requirements } of evidence.scenarios) unknown(`The scenario ${id}`, requirements);
  for (const [path, ids] of evidence.vectors) unknown(path, ids);
  return problems;
}

/** docs/reference/traceability.md. */
export function traceabilityPage(
  covered: readonly Covered[],
  exclusions: readonly { readonly id: string; readonly reason: string }[],
): string {
  const rows = covered.map(({ requirement: { id, level, held }, checks, scenarios, vectors, tests }) => [
    `[${id}](requirements.md#${id.toLowerCase()})`,
    level,
    held.join(", "),
    checks.map((one) => `\`${one.id}\``).join(", "),
    [...scenarios.map((one) => `\`${one.id}\``), ...vectors.map((path) => `\`${path}\``)].join(", "),
    tests.map((path) => `\`${path}\``).join(", "),
  ]);
  const reasons = exclusions.map(({ id, reason }) => `- ${id}: ${reason}`);
  return [
    pageTop(
      "Traceability",
      "the harness's checks, vectors/ and the titles of tests",
      "What covers each requirement. A must that nothing covers fails the build.",
    ),
    table(["requirement", "level", "held", "checks of the harness", "vectors and scenarios", "tests"], rows),
    `## Exclusions\n\n${reasons.length === 0 ? "None." : reasons.join("\n")}\n`,
  ].join("\n");
}

/** generated/coverage.ts, for `ksherproof spec show`: checks and vectors; tests are for whoever has the repository. */
export function coverageModule(covered: readonly Covered[]): string {
  const lines = covered.map(({ requirement, checks, scenarios, vectors }) => {
    const row = {
      checks: checks.map(({ id, title }) => ({ id, title })),
      scenarios: scenarios.map(({ id, title, story }) => ({ id, title, story: story.trim() })),
      vectors,
    };
    return `  ${JSON.stringify(requirement.id)}: ${JSON.stringify(row)},\n`;
  });
  return [
    header("the harness's checks and vectors/"),
    "/** What covers a requirement: checks of the harness, scenarios, files of vectors. */",
    "export interface Coverage {",
    "  readonly checks: readonly { readonly id: string; readonly title: string }[];",
    "  readonly scenarios: readonly { readonly id: string; readonly title: string; readonly story: string }[];",
    "  readonly vectors: readonly string[];",
    "}",
    "",
    "/** What covers each requirement, by id. */",
    "export const COVERAGE: Readonly<Record<string, Coverage>> = {",
    `${lines.join("")}};`,
    "",
  ].join("\n");
}
