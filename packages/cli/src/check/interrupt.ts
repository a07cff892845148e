/**
 * Turns Ctrl-C into a signal that ends the work early and in order; a second Ctrl-C ends the process at once, with exit
 * code 3. `done` gives the keys back.
 */
export function onInterrupt(says = "Stopping: what is known so far follows. Ctrl-C again ends at once."): {
  readonly signal: AbortSignal;
  readonly done: () => void;
} {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(3);
    process.stderr.write(`\n${says}\n`);
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    signal: controller.signal,
    done() {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}
