/** Runs a call that Ctrl-C ends early: it then has the outcome `unknown`, and the process ends in good order. */
export async function interruptible<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  process.once("SIGINT", abort);
  try {
    return await call(controller.signal);
  } finally {
    process.off("SIGINT", abort);
  }
}
