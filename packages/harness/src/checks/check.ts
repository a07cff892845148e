import type { Operation } from "../adapter/client.js";
import type { Bench } from "../bench.js";

/** One thing that the harness does to a client. What it shows, requirement by requirement, goes to the bench as evidence. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /** The requirements that it can show to hold or to be broken. */
  readonly requirements: readonly string[];
  /** Operations without which it cannot run. */
  readonly needs: readonly Operation[];
  /** Ours, for safety: run at `--level hardening` only, and reported apart. */
  readonly hardening?: true;
  /** The client declares TLS with a certificate authority of its own. */
  readonly needsTls?: true;
  /** It adds evidence to what other checks show, and by itself makes no requirement showable. */
  readonly supplements?: true;
  readonly run: (bench: Bench) => Promise<void>;
}
