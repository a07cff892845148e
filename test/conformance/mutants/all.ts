import { ANSWERS } from "./answers.js";
import { CANCELLING } from "./cancelling.js";
import { HARDENING } from "./hardening.js";
import type { Mutant } from "./mutant.js";
import { NO_ANSWERS } from "./no-answers.js";
import { PARTIAL } from "./partial.js";
import { QUERIES } from "./queries.js";
import { REQUESTS } from "./requests.js";
import { SIGNING } from "./signing.js";
import { STRANGERS } from "./strangers.js";
import { UNCOMMON } from "./uncommon.js";
import { WEBHOOKS } from "./webhooks.js";

/** Every deliberately wrong client, one fault each. */
export const MUTANTS: readonly Mutant[] = [
  ...SIGNING,
  ...REQUESTS,
  ...ANSWERS,
  ...NO_ANSWERS,
  ...QUERIES,
  ...CANCELLING,
  ...WEBHOOKS,
  ...HARDENING,
  ...PARTIAL,
  ...UNCOMMON,
  ...STRANGERS,
];
