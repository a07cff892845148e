// The reference adapter with one fault: node wrong.mjs MODE [canary file]. What it answers is changed on its way out.
import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const [mode, file] = process.argv.slice(2);
const adapter = fileURLToPath(new URL("../../../adapters/typescript/adapter.mjs", import.meta.url));
const child = spawn(process.execPath, [adapter], { stdio: ["pipe", "pipe", "inherit"] });
const asked = new Map();

const faults = {
  "paid-is-cancelled": ({ op }, ok) =>
    op === "cancel" && ok.outcome === "already_paid" ? { ...ok, outcome: "cancelled" } : ok,
  ampersand: ({ op, args }, ok) =>
    op === "canonicalize"
      ? {
          canonical: Object.keys(args.params)
            .filter((name) => name !== "sign")
            .sort((a, b) => (a < b ? -1 : 1))
            .map((name) => `${name}=${args.params[name]}`)
            .join("&"),
        }
      : ok,
  leaks: ({ args }, ok) => {
    if (args.private_key) {
      appendFileSync(file, `${args.private_key}\n${args.private_key_pkcs8}\n`);
      process.stderr.write(`using key ${JSON.stringify(args.private_key)}\n${args.private_key_pkcs8}\n`);
    }
    return ok.outcome === "cancelled" ? { ...ok, outcome: `cancelled with ${args.private_key}` } : ok;
  },
};

createInterface({ input: process.stdin }).on("line", (line) => {
  const request = JSON.parse(line);
  asked.set(request.id, request);
  child.stdin.write(`${line}\n`);
});
process.stdin.on("end", () => child.stdin.end());
let rest = "";
child.stdout.setEncoding("utf8").on("data", (chunk) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop();
  for (const line of lines) {
    const answer = JSON.parse(line);
    const request = asked.get(answer.id);
    if (answer.ok && request.op !== "hello") answer.ok = faults[mode]?.(request, answer.ok) ?? answer.ok;
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
});
child.on("close", (code) => process.exit(code ?? 1));
