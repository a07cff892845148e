import { UsageError } from "@ksherproof/core";
import { ENDPOINTS } from "@ksherproof/spec";
import { PLACEHOLDERS } from "../vocabulary.js";
import type { ProbeOp } from "./script.js";

/** What the placeholders of a command line stand for. */
export interface Placeholders {
  readonly op: ProbeOp;
  readonly order: string;
  readonly appid: string;
  /** Path of the merchant's key file. */
  readonly key: string;
  /** Path of the simulated gateway's public key, PEM. */
  readonly gatewayKey: string;
  /** What the client calls its operations, where it is not cancel, query and create. */
  readonly opNames: Readonly<Partial<Record<ProbeOp, string>>>;
}

/**
 * Fills the placeholders of a command line that was split into words before, so that an order number with blanks stays one
 * word. Throws `UsageError` for a placeholder that there is not.
 */
export function fillCommand(
  words: readonly [string, ...string[]],
  values: Placeholders,
): readonly [string, ...string[]] {
  const { op, order, appid, key, gatewayKey, opNames } = values;
  const endpoint = {
    cancel: ENDPOINTS.cancel_order,
    query: ENDPOINTS.gateway_order_query,
    create: ENDPOINTS.gateway_pay,
  };
  const known: Readonly<Record<string, string>> = {
    op: opNames[op] ?? op,
    endpoint: endpoint[op].name,
    order,
    appid,
    key,
    gateway_key: gatewayKey,
  };
  const fill = (word: string): string =>
    word.replace(/\{([a-z_]+)\}/g, (whole, name: string) => {
      const value = known[name];
      if (value !== undefined) return value;
      throw new UsageError("placeholder", `There is no placeholder ${whole}.`, {
        hint: `Expected one of: ${PLACEHOLDERS.map((one) => `{${one}}`).join(", ")}.`,
      });
    });
  const [first, ...rest] = words;
  return [fill(first), ...rest.map(fill)];
}
