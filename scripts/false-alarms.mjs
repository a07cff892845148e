// node scripts/false-alarms.mjs [--seeds 50] [--from 1] [--style id] [--minutes 60]
// Holds each correct client of test/conformance to every requirement of its level, seed after seed; prints what is said
// against one, and ends with 1 where anything was. Needs `pnpm build` first.
import { parseArgs } from "node:util";
import { imported } from "./conformance-bundle.mjs";
import "./steps.mjs";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "50" },
    from: { type: "string", default: "1" },
    style: { type: "string" },
    minutes: { type: "string", default: "60" },
  },
});
const { STYLES, atOnce, hold, complaints } = await imported("false-alarms");
const styles = STYLES.filter(({ id }) => values.style === undefined || id === values.style);
const until = performance.now() + Number(values.minutes) * 60_000;
let runs = 0;
let alarms = 0;
let seed = Number(values.from);
for (; seed < Number(values.from) + Number(values.seeds) && performance.now() < until; seed += 1) {
  const jobs = styles.map(({ id, client }) => async () => {
    const report = await hold(client(), { seed, runs: 12 });
    runs += 1;
    if (report.conforms) return;
    alarms += 1;
    process.stdout.write(`seed ${seed}, ${id}:\n${complaints(report)}\n\n`);
  });
  // Clients share one thread with their gateway: many at once would be late for that alone.
  await atOnce(3, jobs);
  if (process.stderr.isTTY) process.stderr.write(`\rseed ${seed}: ${runs} runs, ${alarms} false alarms`);
}
process.stdout.write(
  `${runs} runs of ${styles.length} correct clients, seeds ${values.from} to ${seed - 1}: ${alarms} false alarms\n`,
);
process.exitCode = alarms === 0 ? 0 : 1;
