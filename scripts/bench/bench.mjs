// pnpm bench: measures, prints and writes docs/reference/performance.md.
//   node scripts/bench/bench.mjs --records 1000000 --rounds 5 [--bits 512,1024,2048] [--no-write]
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { root } from "../steps.mjs";
import { measureAudit } from "./audit.mjs";

const { values } = parseArgs({
  options: {
    records: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
    bits: { type: "string", default: "512,1024,2048" },
    "no-write": { type: "boolean", default: false },
  },
});
const say = (text) => process.stderr.write(`${text}\n`);
const number = (value) => Math.round(value).toLocaleString("en-US");

function machine() {
  const [first] = cpus();
  const before = loadavg()[0].toFixed(1);
  return `${cpus().length} x ${first?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Linux ${release()}, Node ${process.versions.node} (OpenSSL ${process.versions.openssl}); load average before the run ${before}`;
}

/** The targets of the project for ours on 2 threads, as a ratio to each peer. */
const TARGETS = {
  512: { vendor: 20, readline: 11, openssl: 0.6 },
  1024: { vendor: 7, openssl: 0.5 },
  2048: { vendor: 3.5, openssl: 0.55 },
};

function section(bits, records, rates) {
  const ours = rates["ksherproof audit, 2 threads"].median;
  const rows = Object.entries(rates).map(([name, rate]) =>
    rate === null
      ? `| ${name} | not on this machine | | |`
      : `| ${name} | ${number(rate.median)} | ${number(rate.least)} to ${number(rate.most)} | ${(ours / rate.median).toFixed(2)} |`,
  );
  const peers = {
    vendor: "the vendor's way, 1 thread",
    readline: "readline and a cached key, 1 thread",
    openssl: "openssl speed, RSA alone, 2 cores",
  };
  const targets = Object.entries(TARGETS[bits] ?? {}).map(([peer, target]) => {
    const rate = rates[peers[peer]];
    const ratio = rate === null ? null : ours / rate.median;
    return `- against ${peers[peer]}: target ${target}, measured ${ratio === null ? "nothing" : `${ratio.toFixed(2)}${ratio >= target ? "" : " (missed)"}`}`;
  });
  const share =
    bits === "512"
      ? [
          `- 1 to 2 threads: target 1.8, measured ${(ours / rates["ksherproof audit, 1 thread"].median).toFixed(2)}`,
        ]
      : [];
  return [
    `## RSA-${bits}, ${number(records)} records`,
    "",
    "| way | records a second (median) | least to most | ours on 2 threads / this |",
    "|---|---:|---:|---:|",
    ...rows,
    "",
    ...targets,
    ...share,
    "",
  ].join("\n");
}

const description = machine();
const sections = values.bits.split(",").map((bits) => {
  const records = bits === "512" ? Number(values.records) : Math.floor(Number(values.records) / 5);
  return section(bits, records, measureAudit({ bits, records, rounds: Number(values.rounds), say }));
});
const { version } = JSON.parse(readFileSync(`${root}packages/cli/package.json`, "utf8"));
const page = `# Performance of the audit

Made by \`pnpm bench\`; do not edit. Version ${version}. Machine: ${description}.

Ours is the whole command: start, records, orders, report. The others are timed inside, from the first line to the last, on a
twentieth of the records, and judge signatures only. Candidates run one after the other in ${values.rounds} rounds; medians are compared. The
ratio to \`openssl speed\` compares the whole audit with the RSA operation alone.

${sections.join("\n")}`;
process.stdout.write(`${page}\n`);
if (!values["no-write"]) writeFileSync(`${root}docs/reference/performance.md`, page);
