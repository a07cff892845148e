// How long the CLI takes to start, against `node -e 0` on the same machine at the same time: node scripts/bench/start-up.mjs [runs]
import { spawnSync } from "node:child_process";
import { root } from "../steps.mjs";

const runs = Number(process.argv[2] ?? 15);
const cli = `${root}packages/cli/bin/ksherproof.mjs`;
const COMMANDS = [
  ["node -e 0", ["-e", "0"]],
  ["ksherproof --help", [cli, "--help"]],
  ["ksherproof verify --help", [cli, "verify", "--help"]],
  ["ksherproof serve --help", [cli, "serve", "--help"]],
  ["ksherproof check --help", [cli, "check", "--help"]],
  ["ksherproof audit --help", [cli, "audit", "--help"]],
];

const times = new Map(COMMANDS.map(([name]) => [name, []]));
// Taken in turns, so that a busy moment of the machine strikes all alike.
for (let run = 0; run < runs; run += 1) {
  for (const [name, args] of COMMANDS) {
    const from = performance.now();
    const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
    if (status !== 0) throw new Error(`${name} ended with ${status}`);
    times.get(name).push(performance.now() - from);
  }
}
const least = (name) => Math.min(...times.get(name));
const median = (name) => times.get(name).sort((a, b) => a - b)[Math.floor(runs / 2)];
const bare = least("node -e 0");
process.stdout.write(`start-up over ${runs} runs, Node ${process.versions.node}\n`);
for (const [name] of COMMANDS) {
  const ratio = (least(name) / bare).toFixed(1);
  process.stdout.write(
    `  ${name.padEnd(26)} least ${least(name).toFixed(0).padStart(4)} ms  median ${median(name).toFixed(0).padStart(4)} ms  ${ratio} times node\n`,
  );
}
const over = least("ksherproof --help") - bare;
process.stdout.write(
  `ksherproof --help takes ${over.toFixed(0)} ms more than node itself; the budget is 150 ms\n`,
);
process.exitCode = over <= 150 ? 0 : 1;
