export { type Emitted, emitAll } from "./emit/all.js";
export { loadSpecs } from "./load.js";
export type * from "./model.js";
export { type CompiledSchemas, compileSchemas, SpecErrors, specErrorsOf } from "./read.js";
export { ANNOTATIONS, ajvWith } from "./schemas.js";
export { folderSource, type SpecSource } from "./source.js";
export { SpecError } from "./spec-error.js";
export { parseYamlFile, type YamlFile } from "./yaml-file.js";
