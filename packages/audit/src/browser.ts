// What runs in a browser too: the exact path for a record, and the judgement of what a log says of an order.

export { judgeGroup } from "./order/judge-order.js";
export type { Fact } from "./record/fact.js";
export { FINDING_KINDS, type Finding } from "./record/finding.js";
export { type Judgement, judgeRecord, type RecordVerdict } from "./record/judge.js";
export { type ReadyRing, readyRing } from "./record/signature.js";
