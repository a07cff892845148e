// What others build on; additions only, changes are told here.
// - `handle` gives the answer; `take` gives it with params, canonical text, signature verdict, refusal and ledger event.
// - The listener's exchanges are kept by `serve({id, gateway, keys})` (a `Served`), many of them by `createWorlds`.
// - `Exchange.faults` is a list: faults combine, and are applied in turn.
export * from "./authority.js";
export * from "./chance.js";
export * from "./clock.js";
export * from "./contract.js";
export { CREATE_FIELDS, type OrderFields } from "./create.js";
export { refusalAnswer, signedBody } from "./envelope.js";
export * from "./faults/apply.js";
export * from "./faults/context.js";
export * from "./faults/fault.js";
export * from "./faults/forger.js";
export * from "./faults/kinds.js";
export * from "./faults/raw-members.js";
export * from "./faults/schedule.js";
export * from "./faults/signature.js";
export * from "./faults/transport.js";
export * from "./gateway.js";
export * from "./invariants.js";
export * from "./ledger.js";
export { cancelCode, isPaid, type OrderEvent, resultOf, wordFor } from "./machine.js";
export * from "./messages.js";
export * from "./order.js";
export * from "./query-data.js";
export type { Reading, Refusal, SignatureVerdict } from "./request.js";
export * from "./scenario/merchant.js";
export * from "./scenario/run.js";
export * from "./scenario/scenario.js";
export * from "./scenario/story.js";
export * from "./served.js";
export * from "./settings.js";
export * from "./shell/arrival.js";
export * from "./shell/exchange.js";
export * from "./shell/send.js";
export * from "./shell/server.js";
export type { Snapshot } from "./snapshot.js";
export * from "./transitions.js";
export * from "./webhook.js";
export * from "./wire.js";
export type { Merchant } from "./world.js";
export * from "./worlds.js";
