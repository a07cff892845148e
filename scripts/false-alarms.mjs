// node scripts/false-alarms.mjs [--seeds 50] [--from 1] [--each 34] [--style id] [--minutes 60]
// Holds the correct clients of test/conformance to every requirement of their level, seed after seed; prints what is said
// against one, and ends with 1 where anything was. Each seed goes to so many of the clients, in rotation; to all where
// --each is not given. Needs `pnpm build` first.
import { parseArgs } from "node:util";
import { imported } from "./conformance-bundle.mjs";
import "./steps.mjs";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "50" },
    from: { type: "string", default: "1" },
    each: { type: "string" },
    style: { type: "string" },
    minutes: { type: "string", default: "60" },
  },
});
const { STYLES, atOnce, hold, complaints } = await imported("false-alarms");
const styles = STYLES.filter(({ id }) => values.style === undefined || id === values.style);
const each = Math.min(styles.length, Number(values.each ?? styles.length));
/** The clients that a seed goes to: the next in the row, beginning anew at its end. */
const turn = (seed) => Array.from({ length: each }, (_, i) => styles[(seed * each + i) % styles.length]);
const until = performance.now() + Number(values.minutes) * 60_000;
const from = Number(values.from);
const last = from + Number(values.seeds) - 1;
let runs = 0;
let alarms = 0;
let seed = from;

async function held(seed, { id, client }) {
  const report = await hold(client(), { seed, runs: 12 });
  runs += 1;
  if (process.stderr.isTTY) process.stderr.write(`\rseed ${seed}: ${runs} runs, ${alarms} false alarms`);
  if (report.conforms) return;
  alarms += 1;
  process.stdout.write(`seed ${seed}, ${id}:\n${complaints(report)}\n\n`);
}

/** Takes the next seed, and the next, until all were taken or time is over. */
async function work() {
  while (seed <= last && performance.now() < until) {
    const mine = seed;
    seed += 1;
    for (const style of turn(mine)) await held(mine, style);
  }
}

// Clients share one thread with their gateway: many at once would be late for that alone.
await atOnce(3, [work, work, work]);
process.stdout.write(
  `${runs} runs, seeds ${from} to ${seed - 1}, each of them on ${each} of ${styles.length} correct clients: ${alarms} false alarms\n`,
);
process.exitCode = alarms === 0 ? 0 : 1;
