// Measures the audit's WebAssembly module alone: processor time for each record of a chunk, and the RSA operation's part.
// Processor time, not time: so that it can be run beside other work. Builds of one memory layout can be compared:
//   node scripts/bench/audit-engine.mjs [--bits 512,1024,2048] [--rounds 9] [ENGINE.wasm ...]
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readyRing, ringOf, wasmEngine } from "../../packages/audit/dist/index.js";
import { spreadOf } from "./audit.mjs";
import { writeAuditLog } from "./audit-log.mjs";

const { values, positionals } = parseArgs({
  options: {
    bits: { type: "string", default: "512,1024,2048" },
    rounds: { type: "string", default: "9" },
  },
  allowPositionals: true,
});
const root = fileURLToPath(new URL("../../", import.meta.url));
const files = positionals.length > 0 ? positionals : [`${root}packages/audit/dist/engine/engine.wasm`];
const RECORDS = 800;
/** Where the first key is in the module's memory (assembly/layout.ts). */
const SLOT = 0x5c0000;

/** Nanoseconds of processor time for each of the things that a call does, over some 100 ms. */
function measure(call, things) {
  const before = process.cpuUsage();
  const end = performance.now() + 100;
  let calls = 0;
  for (; performance.now() < end; calls += 1) call();
  const { user, system } = process.cpuUsage(before);
  return (1000 * (user + system)) / (calls * things);
}

const folder = mkdtempSync(join(tmpdir(), "ksherproof-bench-"));
try {
  for (const bits of values.bits.split(",")) {
    const log = join(folder, `${bits}.jsonl`);
    writeAuditLog(log, RECORDS, bits);
    const chunk = { seq: 0, bytes: new Uint8Array(readFileSync(log)), places: null, endpoint: null };
    const ready = readyRing(ringOf([`${root}vectors/keys/gateway-${bits}.spki.pem`]));
    const candidates = files.map((file) => {
      const engine = wasmEngine(ready, new WebAssembly.Module(readFileSync(file)));
      const { counts, exact } = engine.run(chunk);
      if (counts.valid !== RECORDS - 1 || exact !== 1)
        throw new Error(`${file} counted ${counts.valid} valid`);
      const blocks = engine.gather(() => blocks.lengths.fill(0));
      const chunkOnce = () => engine.module.run(0, chunk.bytes.length, 0, 0);
      const powersOnce = () => engine.module.verify(SLOT);
      // Once around for the compiler.
      for (let i = 0; i < 5; i += 1) measure(chunkOnce, RECORDS);
      return { file, chunkOnce, powersOnce, chunk: [], powers: [] };
    });
    for (let round = 0; round < Number(values.rounds); round += 1)
      for (const candidate of candidates) {
        candidate.chunk.push(measure(candidate.chunkOnce, RECORDS));
        candidate.powers.push(measure(candidate.powersOnce, 8));
      }
    const text = (list) => {
      const { median, least } = spreadOf(list);
      return `${median.toFixed(0)} ns (least ${least.toFixed(0)})`;
    };
    for (const { file, chunk: whole, powers } of candidates)
      process.stdout.write(`${bits} bits: ${text(whole)} a record, of which RSA ${text(powers)}; ${file}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
