export * from "./client.js";
export * from "./confirm.js";
export * from "./create-outcome.js";
export * from "./exchange.js";
export * from "./nonce.js";
export type { BodyReader, Fetch, FetchAnswer, FetchRequest, Signal } from "./platform.js";
export * from "./webhook.js";
