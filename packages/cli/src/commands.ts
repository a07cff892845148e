import { existsSync } from "node:fs";
import type { Command } from "commander";

/**
 * One command of the CLI. To add one: write `commands/<name>.ts` that exports `register(program)`, which adds the command
 * with its options and help, and an action that loads `actions/<name>.ts`, where the work is done; and add a line here. Only
 * the module of the command that was asked for is loaded, and its action only where it runs: help comes at once.
 */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly register: (program: Command) => void }>;
}

/** A command that is one file with all that it uses (scripts/bundle.mjs): it starts in a fraction of the time. */
async function bundled(name: string): ReturnType<CommandEntry["load"]> {
  const file = new URL(`./${name}.bundle.js`, import.meta.url);
  return import(existsSync(file) ? file.href : new URL(`./commands/${name}.js`, import.meta.url).href);
}

/** Every command, in the order of the help text. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: "verify", summary: "verify a signature offline", load: () => import("./commands/verify.js") },
  {
    name: "explain",
    summary: "say why a signature does not fit, and which mistake was made",
    load: () => import("./commands/explain.js"),
  },
  {
    name: "canonical",
    summary: "print the text that is signed",
    load: () => import("./commands/canonical.js"),
  },
  {
    name: "validate",
    summary: "name every field of a message that is not as documented",
    load: () => import("./commands/validate.js"),
  },
  { name: "sign", summary: "sign params with a private key", load: () => import("./commands/sign.js") },
  {
    name: "key",
    summary: "inspect a key: size, form, fingerprint, what it is worth",
    load: () => import("./commands/key.js"),
  },
  {
    name: "vectors",
    summary: "the golden vectors: verify, export for a language, grade a port's results",
    load: () => import("./commands/vectors.js"),
  },
  {
    name: "check",
    summary: "hold a client, in any language, to the documented cancel semantics",
    load: () => import("./commands/check.js"),
  },
  { name: "replay", summary: "play a failure of check again", load: () => import("./commands/replay.js") },
  {
    name: "adapter",
    summary: "write the adapter of a client, and test it alone",
    load: () => import("./commands/adapter.js"),
  },
  {
    name: "diff",
    summary: "compare two reports of check: new failures, fixes, lost coverage",
    load: () => import("./commands/diff.js"),
  },
  {
    name: "report",
    summary: "write a report of check in other forms",
    load: () => import("./commands/report.js"),
  },
  {
    name: "promote",
    summary: "make a failure of check a permanent scenario",
    load: () => import("./commands/promote.js"),
  },
  {
    name: "intercept",
    summary: "run a program unchanged, answer its calls to the gateway, and judge them",
    load: () => import("./commands/intercept.js"),
  },
  {
    name: "probe",
    summary: '"call this, expect that" over the command line of a client that cannot be changed',
    load: () => import("./commands/probe.js"),
  },
  {
    name: "serve",
    summary: "run the simulated gateway, with its checkout page and control API",
    load: () => import("./commands/serve.js"),
  },
  { name: "pay", summary: "create an order", load: () => import("./commands/pay.js") },
  {
    name: "query",
    summary: "ask what an order is, and verify the signed answer",
    load: () => import("./commands/query.js"),
  },
  { name: "cancel", summary: "cancel an order", load: () => import("./commands/cancel.js") },
  {
    name: "spec",
    summary: "read the protocol: requirements, states, OpenAPI, differences between revisions",
    load: () => import("./commands/spec.js"),
  },
  {
    name: "audit",
    summary: "verify whole logs offline, record by record and order by order",
    load: () => bundled("audit"),
  },
  {
    name: "verify-statement",
    summary: "check the signed statement of an audit offline",
    load: () => import("./commands/verify-statement.js"),
  },
  {
    name: "completion",
    summary: "print the completion script of a shell",
    load: () => import("./commands/completion.js"),
  },
];
