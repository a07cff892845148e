import type { CancelOutcome, QueryOutcome } from "@ksherproof/spec";
import type { Believed, CallOptions, Client } from "./client.js";
import { platform } from "./platform.js";

/** What is true of the order, as far as a signed answer says it; `refused` where the gateway took none of our requests. */
export type Truth = "closed" | "paid" | "refunded" | "open" | "not_found" | "refused" | "unknown";

/** How a confirmed cancel ended, with every call that it made. */
export interface Confirmation {
  readonly truth: Truth;
  readonly cancels: readonly Believed<CancelOutcome>[];
  readonly queries: readonly Believed<QueryOutcome>[];
}

export interface ConfirmOptions extends CallOptions {
  /** How many cancels at most, where their answers are lost; 3 where it is not given. */
  readonly attempts?: number;
  /** Waits between attempts, by default 500 ms times the attempt. */
  readonly pause?: (attempt: number) => Promise<void>;
}

/**
 * Cancels, then asks by a signed query what became of the order: cancel answers are not signed. Where the order is still
 * open because a cancel was lost, it is cancelled again, as a new request (RTY-001, RTY-002, RTY-003). Never throws for
 * what the gateway does.
 */
export async function confirmCancel(
  client: Pick<Client, "cancel" | "query">,
  mch_order_no: string,
  options: ConfirmOptions,
): Promise<Confirmation> {
  const { attempts = 3, pause = defaultPause, ...callOptions } = options;
  const cancels: Believed<CancelOutcome>[] = [];
  const queries: Believed<QueryOutcome>[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const cancel = await client.cancel(mch_order_no, callOptions);
    cancels.push(cancel);
    if (cancel.outcome === "rejected" || cancel.outcome === "bad_signature") {
      return { truth: "refused", cancels, queries };
    }
    const query = await client.query(mch_order_no, callOptions);
    queries.push(query);
    const truth = truthOf(query.outcome);
    const lost = truth === "unknown" || (truth === "open" && cancel.outcome === "unknown");
    if (!lost || attempt >= attempts || callOptions.signal?.aborted) return { truth, cancels, queries };
    await pause(attempt);
  }
}

function truthOf(outcome: QueryOutcome): Truth {
  switch (outcome) {
    case "closed":
    case "paid":
    case "refunded":
    case "not_found":
      return outcome;
    case "unpaid":
    case "pending":
    case "failed":
      return "open";
    case "untrusted":
    case "unknown":
      return "unknown";
  }
}

function defaultPause(attempt: number): Promise<void> {
  return new Promise((resolve) => {
    platform.setTimeout(resolve, 500 * attempt);
  });
}
