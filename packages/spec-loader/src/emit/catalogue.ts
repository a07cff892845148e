import type { Specs } from "../model.js";
import { module } from "./module.js";

/** generated/catalogue.ts: sources and doubts. */
export function catalogueModule({ sources, doubts }: Specs): string {
  return module("specs/sources.yaml and specs/doubts.yaml", [
    typed("A source of facts; `recorded` is the day on which it was taken down.", "Source", sources[0] ?? {}),
    rows("Every source by its id.", "SOURCES", "Source", sources),
    typed(
      "A contradiction of the sources, with the tolerant decision and the strict reading.",
      "Doubt",
      doubts[0] ?? {},
    ),
    rows("Every doubt by its id.", "DOUBTS", "Doubt", doubts),
  ]);
}

function typed(doc: string, name: string, example: object): string {
  const members = Object.entries(example).map(
    ([member, value]) =>
      `  readonly ${member}: ${Array.isArray(value) ? "readonly string[]" : typeof value};\n`,
  );
  return `/** ${doc} */\nexport interface ${name} {\n${members.join("")}}\n`;
}

function rows(doc: string, name: string, type: string, list: readonly { readonly id: string }[]): string {
  const lines = list.map((one) => `  ${JSON.stringify(one.id)}: ${JSON.stringify(one)},\n`);
  return `/** ${doc} */\nexport const ${name}: Readonly<Record<string, ${type}>> = {\n${lines.join("")}};\n`;
}
