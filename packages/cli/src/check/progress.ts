import type { StreamEvent } from "@ksherproof/harness";

/** One status line on standard error, for people: nothing where that is no terminal. */
export function progress(label = ""): { on(event: StreamEvent): void; clear(): void } {
  const { stderr } = process;
  if (!stderr.isTTY) return { on: () => undefined, clear: () => undefined };
  const began = performance.now();
  let failures = 0;
  let last: Extract<StreamEvent, { event: "check" }> | undefined;
  const draw = (): void => {
    if (last === undefined) return;
    const time = last.about_ms === undefined ? "" : timeOf(performance.now() - began, last.about_ms);
    const bad = failures > 0 ? `, ${failures} failing cases` : "";
    const line = `${label}[${last.n}/${last.of}${time}${bad}] ${last.title}`;
    stderr.write(`\r\u001b[K${line.slice(0, (stderr.columns || 80) - 1)}`);
  };
  // A check of a slow client takes long: its clock shows that something goes on.
  const tick = setInterval(() => last?.about_ms !== undefined && draw(), 1000);
  tick.unref();
  return {
    on(event) {
      if (event.event === "failure") failures += 1;
      if (event.event !== "check") return;
      last = event;
      draw();
    },
    clear() {
      clearInterval(tick);
      last = undefined;
      stderr.write("\r\u001b[K");
    },
  };
}

/** How long a run with a slow client has taken, and may take in all. */
function timeOf(elapsedMs: number, aboutMs: number): string {
  return `, ${clock(elapsedMs)}${aboutMs > elapsedMs ? ` of about ${clock(aboutMs)}` : ""}`;
}

/** Minutes and seconds, `1:05`. */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
