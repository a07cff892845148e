// Loaded before a program (node --import): when it exits, says on descriptor 3 how long it took from here and how much
// memory it had at most. Node's own start is not in it, as it is in none of the peers' times.
import { writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  const start = performance.now();
  process.on("exit", () => {
    const seconds = (performance.now() - start) / 1000;
    writeSync(3, JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
  });
}
