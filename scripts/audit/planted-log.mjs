// Makes a log of exchanges with planted faults, and the list of findings that an audit of it must give, nothing else:
//   node scripts/audit/planted-log.mjs --records 100000 --faults 1000 --seed 1 [--shuffle] --out FOLDER
// Writes log.jsonl, expected.json (kind and order of each finding) and ring.json (the keys with their periods).
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { FAULTS } from "./planted-faults.mjs";
import { keys, Story } from "./planted-story.mjs";

/** Writes the log; returns the number of lines. */
export function writePlantedLog({ records, faults, seed, shuffle, out, bits = 512 }) {
  mkdirSync(out, { recursive: true });
  const story = new Story(seed, bits);
  const kinds = Object.keys(FAULTS);
  const log = openSync(join(out, "log.jsonl"), "w");
  const all = [];
  let lines = 0;
  let planted = 0;
  while (lines < records) {
    if (planted < faults && lines >= (planted * records) / faults) {
      FAULTS[kinds[planted % kinds.length]](story);
      planted += 1;
    } else story.ordinary();
    lines += story.lines.length;
    const bytes = story.lines.splice(0).map((line) => Buffer.concat([Buffer.from(line), Buffer.from("\n")]));
    if (shuffle) all.push(...bytes);
    else writeSync(log, Buffer.concat(bytes));
  }
  for (let i = all.length - 1; i > 0; i -= 1) {
    const j = Math.floor(story.random() * (i + 1));
    [all[i], all[j]] = [all[j], all[i]];
  }
  for (let i = 0; i < all.length; i += 10_000) writeSync(log, Buffer.concat(all.slice(i, i + 10_000)));
  closeSync(log);
  writeFileSync(join(out, "expected.json"), JSON.stringify({ records: lines, findings: story.expected }));
  const ring = [
    { key: join(keys, `gateway-${bits}.spki.pem`), name: `gateway-${bits}` },
    { key: join(keys, "gateway-1024.spki.pem"), name: "retired", until: "2023-06-30T00:00:00Z" },
  ];
  writeFileSync(join(out, "ring.json"), JSON.stringify({ keys: ring }));
  return lines;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values } = parseArgs({
    options: {
      records: { type: "string", default: "100000" },
      faults: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      shuffle: { type: "boolean", default: false },
      out: { type: "string" },
    },
  });
  if (!values.out) {
    process.stderr.write("Give --out FOLDER.\n");
    process.exit(2);
  }
  const lines = writePlantedLog({
    records: Number(values.records),
    faults: Number(values.faults),
    seed: Number(values.seed),
    shuffle: values.shuffle,
    out: values.out,
  });
  process.stdout.write(`${lines} records in ${join(values.out, "log.jsonl")}\n`);
}
