import type { KeyRing } from "../record/key-ring.js";
import { readyRing } from "../record/signature.js";
import type { Engine } from "./chunk.js";
import { nodeEngine } from "./node-engine.js";

/** Which engine to use: the WebAssembly one with the exact path behind it, or the exact path alone. */
export type EngineName = "wasm" | "node";

/** Makes an engine for a ring. */
export function makeEngine(_name: EngineName, ring: KeyRing): Engine {
  return nodeEngine(readyRing(ring));
}
