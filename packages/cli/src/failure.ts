import { visible } from "./output.js";

/** Prints an error in one place: code, message, hint; returns the exit code, 2 for usage and 3 for the environment. */
export function reportError(thrown: unknown): number {
  const error = thrown as {
    name?: string;
    code?: unknown;
    message?: string;
    hint?: string;
    stderr?: string;
    stack?: string;
  };
  const known = ["UsageError", "KeyError", "SpecError", "TransportError", "HarnessError", "EnvironmentError"];
  if (known.includes(error?.name ?? "")) {
    const code = error.name === "SpecError" ? "" : ` [${String(error.code)}]`;
    process.stderr.write(`ksherproof: ${error.message}${code}\n`);
    if (error.stderr?.trim()) process.stderr.write(`${lastLines(error.stderr)}\n`);
    if (error.hint) process.stderr.write(`  ${error.hint}\n`);
    return error.name === "UsageError" || error.name === "KeyError" ? 2 : 3;
  }
  if (typeof error?.code === "string" && typeof (thrown as NodeJS.ErrnoException).syscall === "string") {
    process.stderr.write(`ksherproof: ${error.message} [${error.code}]\n`);
    if (error.code === "ENOSPC")
      process.stderr.write("  The disk is full: make room, or name another folder (audit: --temp).\n");
    return 3;
  }
  process.stderr.write(`ksherproof: something broke that should not: ${error?.message ?? String(thrown)}\n`);
  process.stderr.write("  Please report it with the command line; KSHERPROOF_DEBUG=1 prints where.\n");
  if (process.env.KSHERPROOF_DEBUG) process.stderr.write(`${error?.stack}\n`);
  return 3;
}

/** The end of what an adapter wrote to stderr, each line behind a bar; control characters as pictures. */
function lastLines(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .slice(-12)
    .map((line) => `  | ${visible(line.slice(0, 400))}`)
    .join("\n");
}
