import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseYamlFile, type YamlFile } from "./yaml-file.js";

export const LEVELS = ["must", "should", "may"] as const;
export const BASES = ["stated", "observed", "inferred", "hardening"] as const;
const HOLDERS = ["client", "gateway"] as const;

/** One normative sentence with a permanent id. */
export interface Requirement {
  readonly id: string;
  readonly group: string;
  readonly level: (typeof LEVELS)[number];
  readonly basis: (typeof BASES)[number];
  readonly held: readonly (typeof HOLDERS)[number][];
  readonly text: string;
  readonly why: string;
  readonly sources: readonly string[];
  readonly doubt?: string;
}

/** The groups in the order in which people read them. */
export const GROUP_FILES = [
  "signing",
  "request",
  "response",
  "query",
  "cancel",
  "retry",
  "webhook",
  "hardening",
] as const;

/** Reads every requirement of a specs folder, in the order of the groups; throws `SpecError` at the first thing wrong. */
export function loadRequirements(folder: string): readonly Requirement[] {
  const found = readdirSync(join(folder, "requirements")).filter((name) => name.endsWith(".yaml"));
  const files = GROUP_FILES.map((name) => `${name}.yaml`);
  const all: Requirement[] = [];
  for (const name of [...files, ...found.filter((one) => !files.includes(one))]) {
    const path = join(folder, "requirements", name);
    const yaml = parseYamlFile(`specs/requirements/${name}`, readFileSync(path, "utf8"));
    for (const requirement of requirementsOf(yaml)) {
      const twin = all.find(({ id }) => id === requirement.id);
      if (twin) throw yaml.errorAt(["requirements"], `${requirement.id} stands twice; ids are never reused.`);
      all.push(requirement);
    }
  }
  return all;
}

function requirementsOf(yaml: YamlFile): readonly Requirement[] {
  const { group, requirements } = (yaml.value ?? {}) as { group?: unknown; requirements?: unknown };
  if (typeof group !== "string" || !/^[A-Z]{3}$/.test(group))
    throw yaml.errorAt(["group"], "Expected `group:` with three capital letters.");
  if (!Array.isArray(requirements))
    throw yaml.errorAt(["requirements"], "Expected `requirements:` with a list.");
  return requirements.map((entry: Record<string, unknown>, i) => {
    const at = (name: string, detail: string) => yaml.errorAt(["requirements", i, name], detail);
    const text = (name: string): string => {
      const value = entry[name];
      if (typeof value !== "string" || value.trim() === "")
        throw at(name, `Expected text under \`${name}\`.`);
      return value;
    };
    const id = text("id");
    if (!new RegExp(`^${group}-\\d{3}$`).test(id))
      throw at("id", `Expected an id such as ${group}-001, found ${id}.`);
    const list = (name: string): string[] => {
      const value = entry[name];
      if (!Array.isArray(value) || value.length === 0)
        throw at(name, `${id} has no ${name}: expected a list of at least one.`);
      return value.map(String);
    };
    const oneOf = <T extends string>(name: string, value: string, known: readonly T[]): T => {
      const hit = known.find((one) => one === value);
      if (hit === undefined)
        throw at(name, `Expected ${known.join(", ")} under \`${name}\`, found ${value}.`);
      return hit;
    };
    const known = ["id", "level", "basis", "held", "text", "why", "sources", "doubt"];
    const odd = Object.keys(entry).find((name) => !known.includes(name));
    if (odd !== undefined)
      throw at(odd, `${id} has an unknown member \`${odd}\`; known are ${known.join(", ")}.`);
    return {
      id,
      group,
      level: oneOf("level", text("level"), LEVELS),
      basis: oneOf("basis", text("basis"), BASES),
      held: list("held").map((one) => oneOf("held", one, HOLDERS)),
      text: text("text"),
      why: text("why"),
      sources: list("sources"),
      ...(entry.doubt === undefined ? {} : { doubt: text("doubt") }),
    };
  });
}
