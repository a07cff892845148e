// pnpm bench: measures, prints and writes docs/reference/performance.md; some six minutes on a quiet machine of two cores.
//   node scripts/bench/bench.mjs --records 1000000 --rounds 5 [--bits 512,1024,2048] [--no-write]
import { spawnSync } from "node:child_process";
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

const [loadBefore] = loadavg();

function machine() {
  const [first] = cpus();
  return `${cpus().length} x ${first?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Linux ${release()}, Node ${process.versions.node} (OpenSSL ${process.versions.openssl}); load average before the run ${loadBefore.toFixed(1)}`;
}

/** Ours, on 2 threads: with the orders judged, and the records alone, which is all that the peers do. */
const OURS = ["ksherproof audit, 2 threads", "ksherproof audit --no-orders, 2 threads"];

/** The targets of the project for ours on 2 threads, as a ratio to each peer. */
const TARGETS = {
  512: { vendor: 20, readline: 11, openssl: 0.6 },
  1024: { vendor: 7, openssl: 0.5 },
  2048: { vendor: 3.5, openssl: 0.55 },
};

function section(bits, records, rates) {
  const [ours, recordsAlone] = OURS.map((name) => rates[name].median);
  const rows = Object.entries(rates).map(([name, rate]) =>
    rate === null
      ? `| ${name} | not on this machine | | | |`
      : `| ${name} | ${number(rate.median)} | ${number(rate.least)} to ${number(rate.most)} | ${(ours / rate.median).toFixed(2)} | ${rate.megabytes > 0 ? `${number(rate.megabytes)} MB` : ""} |`,
  );
  const peers = {
    vendor: "the vendor's way, 1 thread",
    readline: "readline and a cached key, 1 thread",
    openssl: "openssl speed, RSA alone, 2 cores",
  };
  const targets = Object.entries(TARGETS[bits] ?? {}).map(([peer, target]) => {
    const rate = rates[peers[peer]];
    if (rate === null) return `- against ${peers[peer]}: target ${target}, not measured`;
    const [ratio, alone] = [ours, recordsAlone].map((own) => own / rate.median);
    return `- against ${peers[peer]}: target ${target}, measured ${ratio.toFixed(2)}${ratio >= target ? "" : " (missed)"}; records alone (--no-orders) ${alone.toFixed(2)}`;
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
    "| way | records a second (median) | least to most | ours on 2 threads / this | memory at most |",
    "|---|---:|---:|---:|---:|",
    ...rows,
    "",
    ...targets,
    ...share,
    "",
  ].join("\n");
}

/** What another benchmark prints, as a section; where it fails there is no page, and this ends with its message. */
function sectionOf(title, what, script, args = []) {
  say(title);
  const ran = spawnSync(process.execPath, [`${root}scripts/bench/${script}`, ...args], {
    cwd: root,
    encoding: "utf8",
  });
  if (ran.status !== 0) {
    say(`${ran.stderr}scripts/bench/${script} failed (${ran.signal ?? ran.status}): nothing was written.`);
    process.exit(1);
  }
  const found = ran.stdout.trim();
  return `## ${title}\n\n${what} \`node ${["scripts/bench/", script].join("")}${args.map((arg) => ` ${arg}`).join("")}\`:\n\n\`\`\`text\n${found}\n\`\`\`\n`;
}

const description = machine();
const sections = values.bits.split(",").map((bits) => {
  const records = bits === "512" ? Number(values.records) : Math.floor(Number(values.records) / 5);
  return section(bits, records, measureAudit({ bits, records, rounds: Number(values.rounds), say }));
});
sections.push(
  sectionOf(
    "The gateway",
    "Signed cancels over loopback, each order cancelled twice, and whether the ledger lost or doubled any.",
    "gateway.mjs",
    ["3000"],
  ),
  sectionOf("The harness", "Sequences of eight steps, each judged.", "harness.mjs"),
);
const after = loadavg()[0].toFixed(1);
/** What a run on a busy machine must say of itself before anything else. */
const busy =
  Math.max(loadBefore, Number(after)) > 1.5 * cpus().length
    ? "**The machine was busy with other work: the candidates disturbed each other by chance, and these figures decide nothing\nabout the targets. Run `pnpm bench` on a quiet machine.**\n\n"
    : "";
const { version } = JSON.parse(readFileSync(`${root}packages/cli/package.json`, "utf8"));
const page = `# Performance

${busy}Made by \`pnpm bench\`; do not edit. Version ${version}. Machine: ${description}, after it ${after}.

Records a second of an audit, ours and others. Ours is the whole command: loading, threads, records, orders, report; with
\`--no-orders\` the orders are not judged. The others run on a twentieth of the records, and judge signatures only:
\`--no-orders\` is what does as much as they do. The targets are held against the whole audit. All are timed inside their
processes, so that the start of Node or Python itself, some 0.04 s, is in none; the others from the first line to the last.
Candidates run one after the other in ${values.rounds} rounds; medians are compared. The
ratio to \`openssl speed\` compares the whole audit with the RSA operation alone. A load average near the number of cores, or
above it, means that other work ran at the same time: then look at the spread before you believe a ratio.

${sections.join("\n")}`;
process.stdout.write(`${page}\n`);
if (!values["no-write"]) writeFileSync(`${root}docs/reference/performance.md`, page);
