import type { WireAnswer } from "../wire.js";

/** The first answer to each call, for the fault `stale`: a store that begins to forget the oldest at its limit. */
export interface FirstAnswers {
  get(call: string): WireAnswer | undefined;
  /** Keeps an answer, unless there is one to that call. */
  keep(call: string, answer: WireAnswer): void;
}

/** An empty store of at most so many answers. */
export function firstAnswers(most = 10_000): FirstAnswers {
  const answers = new Map<string, WireAnswer>();
  return {
    get: (call) => answers.get(call),
    keep(call, answer) {
      if (answers.has(call)) return;
      answers.set(call, answer);
      const [oldest] = answers.keys();
      if (answers.size > most && oldest !== undefined) answers.delete(oldest);
    },
  };
}
