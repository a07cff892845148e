import type { Hello } from "./adapter/client.js";
import type { Profile } from "./observed.js";
import type { Redact } from "./redact.js";
import type { EndEvent, StreamEvent } from "./report/events.js";
import type { Level } from "./requirements.js";
import type { RequirementVerdict } from "./verdicts.js";

/** How many random cases each generator adds to its fixed ones, where a run does not say. */
export const DEFAULT_RUNS = 12;

/** What happens in a run, as it happens, with everything that is known of it: progress and the event stream listen to it. */
export type RunEvent =
  | {
      readonly event: "begin";
      readonly client: Hello;
      readonly level: Level;
      readonly profile: Profile;
      readonly only: readonly string[];
      readonly seed: number;
      readonly runs: number;
      readonly checks: number;
    }
  | Extract<StreamEvent, { readonly event: "check" | "failure" }>
  | { readonly event: "requirement"; readonly verdict: RequirementVerdict; readonly redact: Redact }
  | EndEvent;
