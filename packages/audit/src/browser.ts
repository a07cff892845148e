// What runs in a browser too: both engines, and the judgement of what a log says of an order. Buffers are of the bundle.
export type { ChunkResult, Engine } from "./engine/chunk.js";
export { nodeEngine } from "./engine/node-engine.js";
export { wasmEngine } from "./engine/wasm-engine.js";
export { ChunkTable } from "./order/chunk-table.js";
export { groupRows } from "./order/group.js";
export { judgeGroup } from "./order/judge-order.js";
export { Rows } from "./order/row-reader.js";
export { LISTS } from "./order/rows.js";
export { type Fact, SAYINGS } from "./record/fact.js";
export { FINDING_KINDS, type Finding } from "./record/finding.js";
export { type ReadyRing, readyRing } from "./record/signature.js";
