// Holds the WebAssembly engine to the exact path over generated and damaged records: counts, findings and facts.
//   node scripts/audit/compare-engines.mjs --records 2000000 --seed 1 --keys gateway-512,gateway-1024

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodeEngine, readyRing, ringOf, wasmEngine } from "../../packages/audit/dist/index.js";
import { Mutator } from "./mutated-log.mjs";

const { values } = parseArgs({
  options: {
    records: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    keys: { type: "string", default: "gateway-512" },
  },
});
const names = values.keys.split(",");
const keys = fileURLToPath(new URL("../../vectors/keys/", import.meta.url));
const ready = readyRing(ringOf(names.map((name) => `${keys}${name}.spki.pem`)));
const engines = [nodeEngine(ready), wasmEngine(ready)];
const searches = ready.searches.left;
const mutator = new Mutator(Number(values.seed), names);

/** What must be the same: facts as a set, since the module writes a record's when its four are verified. */
function comparable({ counts, lines, keyUses, findings, rows }) {
  const facts = rows.map((part) => {
    const bytes = Buffer.from(part.buffer, part.byteOffset, part.length);
    const list = [];
    for (let at = 0; at < bytes.length; ) {
      const length = bytes.readUInt32LE(at) & 0xfffff;
      list.push(bytes.toString("hex", at, at + length));
      at += length;
    }
    return list.sort();
  });
  return JSON.stringify({ counts, lines, keyUses, findings, facts });
}

let done = 0;
let exact = 0;
let valid = 0;
for (let seq = 0; done < Number(values.records); seq += 1) {
  const list = Array.from({ length: 200 }, () => mutator.line());
  const chunk = {
    seq,
    bytes: new Uint8Array(Buffer.concat(list.flatMap((line) => [line, Buffer.from("\n")]))),
    places: null,
    endpoint: null,
  };
  const [reference, fast] = engines.map((engine) => {
    ready.searches.left = searches;
    return engine.run(chunk);
  });
  if (comparable(reference) !== comparable(fast)) {
    for (const line of list) {
      const single = { ...chunk, bytes: new Uint8Array(Buffer.concat([line, Buffer.from("\n")])) };
      const [a, b] = engines.map((engine) => comparable(engine.run(single)));
      if (a !== b) {
        process.stdout.write(`The engines disagree on\n${line.toString("latin1")}\nnode ${a}\nwasm ${b}\n`);
        process.exit(1);
      }
    }
    process.stdout.write(
      `The engines disagree on a chunk but on no line of it, seed ${values.seed}, chunk ${seq}\n`,
    );
    process.exit(1);
  }
  done += list.length;
  exact += fast.exact;
  valid += fast.counts.valid;
}
process.stdout.write(
  `${done} records: no difference. ${valid} valid; ${done - exact} were decided by the WebAssembly module.\n`,
);
