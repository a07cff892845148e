export * from "./audit.js";
export * from "./audit-options.js";
export * from "./engine/chunk.js";
export type { EngineName } from "./engine/make.js";
export { nodeEngine } from "./engine/node-engine.js";
export { wasmEngine } from "./engine/wasm-engine.js";
export { digestOfFile } from "./input/digest.js";
export { FORMATS, type Format } from "./input/format.js";
export { filesOf } from "./input/glob.js";
export { parseShard, type Shard, type ShardPart, shardParts } from "./input/shard.js";
export { csvLineOf } from "./output/csv-row.js";
export * from "./output/dsse.js";
export { FactLines } from "./output/fact-lines.js";
export * from "./output/findings-file.js";
export { htmlReport } from "./output/html/page.js";
export { PageSample, type PageState } from "./output/html/sample.js";
export * from "./output/partial.js";
export * from "./output/partial-line.js";
export * from "./output/report.js";
export * from "./output/statement.js";
export * from "./record/fact.js";
export * from "./record/finding.js";
export * from "./record/judge.js";
export * from "./record/key-ring.js";
export { readyRing } from "./record/signature.js";
export * from "./resume/run-state.js";
export {
  type Asked,
  askedOf,
  canResume,
  loadAudit,
  removeAudit,
  type SavedAudit,
  saveAudit,
} from "./resume/saved-audit.js";
