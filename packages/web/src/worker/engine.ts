import { type Engine, nodeEngine, type ReadyRing, wasmEngine } from "@ksherproof/audit/browser";

/** The module as gzip in base64; the build puts it in. Empty where the page was not built. */
declare const AUDIT_MODULE: string;

/** The fast engine, or the exact path alone in a browser that has no WebAssembly SIMD. */
export async function engineFor(ring: ReadyRing): Promise<Engine> {
  try {
    return wasmEngine(ring, await WebAssembly.compile(await unpacked(AUDIT_MODULE)));
  } catch (cause) {
    if (cause instanceof WebAssembly.CompileError) return nodeEngine(ring);
    throw cause;
  }
}

async function unpacked(base64: string): Promise<ArrayBuffer> {
  const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
