import { lintCodes } from "./lint/codes.js";
import { lintReferences } from "./lint/references.js";
import { lintOf } from "./lint/report.js";
import { lintSchemas } from "./lint/schemas.js";
import { lintStates } from "./lint/states.js";
import type { Specs } from "./model.js";
import { type CompiledSchemas, compileSchemas, readFiles, SpecErrors, specsOf } from "./read.js";
import type { SpecSource } from "./source.js";

/**
 * Reads a specs folder, holds each file to its schema and lints across files. Throws `SpecError`, or `SpecErrors` with all
 * that was found; each says file, line and column and shows the line.
 */
export function loadSpecs(source: SpecSource, compiled: CompiledSchemas = compileSchemas(source)): Specs {
  const files = readFiles(source, compiled);
  const specs = specsOf(files);
  const lint = lintOf(specs, files);
  for (const check of [lintReferences, lintCodes, lintStates, lintSchemas]) check(lint);
  if (lint.found.length > 0) throw new SpecErrors(lint.found);
  return specs;
}
