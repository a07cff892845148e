import * as answers from "./answers.js";
import { cxl012 } from "./asking.js";
import { cxl010 } from "./at-once.js";
import * as cancelling from "./cancelling.js";
import type { Check } from "./check.js";
import { verifyForged } from "./forged.js";
import { hardened } from "./hardened-queries.js";
import * as queries from "./queries.js";
import * as requests from "./requests.js";
import { results } from "./results.js";
import * as retrying from "./retrying.js";
import { sequences } from "./sequences.js";
import { canonicalize, sign } from "./signing.js";
import { timeouts } from "./timeouts.js";
import * as transport from "./transport.js";
import { trust } from "./trust.js";
import { verifyGenuine, verifyWrong } from "./verifying.js";
import { webhooks } from "./webhooks.js";

/** Every check in the order in which it runs: what others rest on comes first, so that causes are known before effects. */
export const CHECKS: readonly Check[] = [
  canonicalize,
  sign,
  verifyGenuine,
  verifyWrong,
  requests.keySizes,
  requests.creating,
  requests.orderNumbersOnTheWire,
  requests.languages,
  requests.nonces,
  trust,
  results,
  queries.tampered,
  answers.codes,
  answers.unreadable,
  answers.tolerated,
  answers.brokenConnections,
  queries.queryAnswers,
  cancelling.cxl001,
  cancelling.cxl002,
  cancelling.cxl003,
  cancelling.cxl004,
  cancelling.cxl005,
  cancelling.cxl007,
  cxl010,
  cancelling.cxl011,
  cxl012,
  retrying.retrying,
  retrying.confirming,
  webhooks,
  sequences,
  timeouts,
  verifyForged,
  hardened,
  transport.leaks,
  transport.redirects,
  transport.largeAnswers,
  transport.certificates,
];
