// Measures the audit against other ways of checking the same log, side by side: each round runs every candidate once,
// one after the other, and medians are compared. All are timed inside their processes: ours from the first of its modules
// that is loaded to its exit, the others from their first line to their last.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeAuditLog } from "./audit-log.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const here = fileURLToPath(new URL("./", import.meta.url));

/** Median, least and most of some numbers. */
export function spreadOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, least: sorted[0], most: sorted.at(-1) };
}

function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26, ...options });
}

/** Our command over a log: records a second, and MB of memory. Throws where it does not count what the log holds. */
function ours(log, bits, workers, more = []) {
  const key = `vectors/keys/gateway-${bits}.spki.pem`;
  const args = [
    "--import",
    `${here}inside.mjs`,
    "packages/cli/bin/ksherproof.mjs",
    "audit",
    "--key",
    key,
    "--json",
    "--workers",
    `${workers}`,
    ...more,
    log.file,
  ];
  const ran = run(process.execPath, args, { stdio: ["ignore", "pipe", "pipe", "pipe"] });
  const { records } = JSON.parse(ran.stdout);
  if (records.total !== log.records || records.valid !== log.valid)
    throw new Error(`ksherproof counted ${JSON.stringify(records)}`);
  const { seconds, megabytes } = JSON.parse(ran.output[3]);
  return { rate: log.records / seconds, megabytes };
}

function peer(command, args, log) {
  const ran = run(command, args);
  if (ran.status !== 0) return null;
  const { valid, seconds } = JSON.parse(ran.stdout);
  if (valid !== log.valid) throw new Error(`${args[0]} counted ${valid} valid, expected ${log.valid}`);
  return { rate: log.records / seconds };
}

/** Verifications a second of OpenSSL itself on so many cores: the RSA operation alone. */
function openssl(bits, cores) {
  const ran = run("openssl", [
    "speed",
    "-seconds",
    "2",
    ...(cores > 1 ? ["-multi", `${cores}`] : []),
    `rsa${bits}`,
  ]);
  const line = (ran.stdout ?? "").split("\n").findLast((text) => /^rsa\s+\d+ bits/.test(text));
  return line ? { rate: Number(line.trim().split(/\s+/).at(-1)) } : null;
}

/**
 * Runs the rounds for one key size; gives each candidate's records a second and the most memory that it had (0: not known),
 * or null where it is not there.
 */
export function measureAudit({ bits, records, rounds, say }) {
  const folder = mkdtempSync(join(tmpdir(), "ksherproof-bench-"));
  try {
    const make = (name, count) => {
      const file = join(folder, name);
      writeAuditLog(file, count, bits);
      return { file, records: count, valid: count - Math.floor((count + 499) / 1000) };
    };
    say(`making the logs for ${bits} bits`);
    const whole = make("whole.jsonl", records);
    const part = make("part.jsonl", Math.max(1000, Math.floor(records / 20)));
    // PKCS#1, as the SDK has it: OpenSSL takes several times longer to read an SPKI, which would flatter us.
    const key = join(root, `vectors/keys/gateway-${bits}.pkcs1-public.pem`);
    const cores = Math.min(2, availableParallelism());
    const candidates = {
      "ksherproof audit, 2 threads": () => ours(whole, bits, 2),
      "ksherproof audit --no-orders, 2 threads": () => ours(whole, bits, 2, ["--no-orders"]),
      "ksherproof audit, 1 thread": () => ours(whole, bits, 1),
      "the vendor's way, 1 thread": () =>
        peer(process.execPath, [`${here}audit-peers.mjs`, "vendor", part.file, key], part),
      "readline and a cached key, 1 thread": () =>
        peer(process.execPath, [`${here}audit-peers.mjs`, "readline", part.file, key], part),
      "Python cryptography, 1 process": () => peer("python3", [`${here}audit_peer.py`, part.file, key], part),
      "openssl speed, RSA alone, 2 cores": () => openssl(bits, cores),
    };
    const found = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
    for (let round = 1; round <= rounds; round += 1) {
      for (const [name, measure] of Object.entries(candidates)) {
        say(`${bits} bits, round ${round} of ${rounds}: ${name}`);
        const measured = measure();
        if (measured !== null) found[name].push(measured);
      }
    }
    return Object.fromEntries(
      Object.entries(found).map(([name, list]) => {
        const megabytes = Math.max(...list.map((one) => one.megabytes ?? 0));
        return [name, list.length > 0 ? { ...spreadOf(list.map(({ rate }) => rate)), megabytes } : null];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
