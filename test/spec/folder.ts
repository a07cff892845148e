import { fileURLToPath } from "node:url";
import {
  type CompiledSchemas,
  compileSchemas,
  folderSource,
  type SpecSource,
  specErrorsOf,
} from "@ksherproof/spec-loader";

/** The specs of this repository. */
export const source: SpecSource = folderSource(fileURLToPath(new URL("../../specs", import.meta.url)));

/** Their schemas, compiled once for a test file. */
export const compiled: CompiledSchemas = compileSchemas(source);

/** The specs with one file changed. */
export function changed(path: string, text: string): SpecSource {
  return { ...source, read: (asked) => (asked === path ? text : source.read(asked)) };
}

/** The errors of what a function throws; null where it throws nothing. Other errors are thrown on. */
export function errorsOf(body: () => unknown) {
  try {
    body();
    return null;
  } catch (thrown) {
    const errors = specErrorsOf(thrown);
    if (!errors) throw thrown;
    return errors;
  }
}
