import type { KeyRing } from "../record/key-ring.js";
import { readyRing } from "../record/signature.js";
import type { Engine } from "./chunk.js";
import { wasmFits } from "./module-memory.js";
import { nodeEngine } from "./node-engine.js";
import { wasmEngine } from "./wasm-engine.js";

/** Which engine to use: the WebAssembly one with the exact path behind it, or the exact path alone. */
export type EngineName = "wasm" | "node";

/** Makes an engine for a ring; the exact path alone where the machine has no WebAssembly SIMD. */
export function makeEngine(name: EngineName, ring: KeyRing): Engine {
  const ready = readyRing(ring);
  if (name === "node" || !wasmFits()) return nodeEngine(ready);
  try {
    return wasmEngine(ready);
  } catch (cause) {
    if (cause instanceof WebAssembly.CompileError) return nodeEngine(ready);
    throw cause;
  }
}
