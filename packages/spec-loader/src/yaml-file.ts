import { isCollection, LineCounter, parseDocument } from "yaml";
import { SpecError } from "./spec-error.js";

/** One YAML file of specs/, with the place of every value. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  /** An error at a path such as `["requirements", 3, "id"]`, or at the nearest thing that is there. */
  errorAt(path: readonly (string | number)[], detail: string): SpecError;
}

/** Parses YAML 1.2; throws `SpecError` with the first problem's place. Aliases and duplicated keys are refused. */
export function parseYamlFile(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, version: "1.2" });
  const errorAtOffset = (offset: number, detail: string): SpecError => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return new SpecError({ file, line, column: col, text: text.split(/\r?\n/)[line - 1] ?? "" }, detail);
  };
  const [problem] = document.errors;
  if (problem) throw errorAtOffset(problem.pos[0], problem.message.split("\n")[0] ?? problem.message);
  return {
    file,
    value: document.toJS({ maxAliasCount: 0 }),
    errorAt(path, detail) {
      for (let length = path.length; length >= 0; length -= 1) {
        const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
        const range = (node as { range?: readonly number[] | null } | undefined)?.range;
        if (range && (length > 0 || isCollection(node))) return errorAtOffset(range[0] ?? 0, detail);
      }
      return errorAtOffset(0, detail);
    },
  };
}
