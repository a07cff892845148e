import type { DataShape } from "../data-shape.js";
import type { Host } from "../host/options.js";

/** What a route of the control API is called with. */
export interface ControlCall {
  readonly host: Host;
  /** The parts of the path that the pattern names with `:`. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** What it gives: a JSON value, and a status where that is not 200. */
export interface ControlDone {
  readonly status?: number;
  readonly value: unknown;
}

/** One route of the control API; the reference page is made from these. */
export interface ControlRoute {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/control`; `:name` stands for one segment. */
  readonly pattern: string;
  readonly says: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The shape of the JSON body; none is read where it is not given. */
  readonly body?: DataShape;
  readonly act: (call: ControlCall) => ControlDone | Promise<ControlDone>;
}

/** A value with status 200. */
export const done = (value: unknown): ControlDone => ({ value });
