import { isCollection, isMap, isPair, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { SpecError } from "./spec-error.js";

/** One YAML (or JSON) file of specs/, with the place of every value. */
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
  visit(document, {
    Alias(_, { source, range }) {
      throw errorAtOffset(range?.[0] ?? 0, `Aliases are not taken: write out what *${source} stands for.`);
    },
  });
  /** Where a member's name stands; where a list item begins. */
  const offsetOf = (path: readonly (string | number)[]): number | undefined => {
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    if (isMap(parent)) {
      const pair = parent.items.find(
        (one) => isPair(one) && isScalar(one.key) && String(one.key.value) === String(path.at(-1)),
      );
      return (pair?.key as { range?: readonly number[] } | undefined)?.range?.[0];
    }
    return (document.getIn(path, true) as { range?: readonly number[] } | undefined)?.range?.[0];
  };
  return {
    file,
    value: document.toJS(),
    errorAt(path, detail) {
      for (let length = path.length; length > 0; length -= 1) {
        const offset = offsetOf(path.slice(0, length));
        if (offset !== undefined) return errorAtOffset(offset, detail);
      }
      const { contents } = document;
      return errorAtOffset(isCollection(contents) ? (contents.range?.[0] ?? 0) : 0, detail);
    },
  };
}
