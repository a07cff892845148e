import type { StreamEvent } from "@ksherproof/harness";

/** One status line on standard error, for people: nothing where that is no terminal. */
export function progress(label = ""): { on(event: StreamEvent): void; clear(): void } {
  const { stderr } = process;
  if (!stderr.isTTY) return { on: () => undefined, clear: () => undefined };
  let failures = 0;
  return {
    on(event) {
      if (event.event === "failure") failures += 1;
      if (event.event !== "check") return;
      const bad = failures > 0 ? `, ${failures} failing cases` : "";
      const line = `${label}[${event.n}/${event.of}${bad}] ${event.title}`;
      stderr.write(`\r\u001b[K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    clear() {
      stderr.write("\r\u001b[K");
    },
  };
}
