import { type Explanation, judgeRequest, type Observation } from "@ksherproof/core";
import type { Exchange } from "@ksherproof/gateway";
import type { Bench } from "./bench.js";
import { isLost } from "./called.js";
import type { Evidence } from "./evidence.js";
import { ENDPOINT_PATHS_BY_OPERATION } from "./protocol.js";
import { shownBy } from "./samples.js";
import { leakIn, secretsOf } from "./secrets.js";
import type { Scene } from "./stage.js";
import { USUAL_BITS } from "./stage-keys.js";

/** What one request shows about one requirement, and the exchange in which it was. */
export interface Shown {
  readonly requirement: string;
  readonly holds: boolean;
  readonly detail: string;
  readonly exchange: Exchange;
  readonly more: Partial<Evidence>;
}

/** Judges requests as they came, each once whoever called, against REQ, SIG, RTY-002 and SEC-001. */
export function judgeWire(
  { shared }: Bench,
  scene: Scene,
  exchanges: readonly Exchange[],
  sent: Readonly<Record<string, unknown>>,
): readonly Shown[] {
  const intended = Object.fromEntries(
    Object.entries(sent)
      .filter(([, value]) => typeof value === "string" || typeof value === "number")
      .map(([name, value]) => [name, String(value)]),
  );
  const secrets = secretsOf(scene.keys.merchant);
  const shown: Shown[] = [];
  for (const exchange of exchanges) {
    if (shared.judged.has(exchange)) continue;
    shared.judged.add(exchange);
    shared.exchanges += 1;
    countCell(shared.cells, exchange);
    const seen = judgeRequest(
      { ...exchange.request, path: exchange.request.target },
      {
        endpoints: Object.values(ENDPOINT_PATHS_BY_OPERATION),
        verifierOf: (appid) => (appid === scene.appid ? scene.keys.merchant.verifier : undefined),
        intended,
        nonces: shared.nonces,
        uses: shared.uses,
        now: Date.now(),
        explain: shared.doctor.explain,
      },
    );
    const noUtf8 = (): boolean => shared.evidences.failed("SIG-006") !== undefined;
    for (const { requirement, holds, detail, explanation } of seen.flatMap((one) =>
      retold(one, exchange, scene, noUtf8),
    ))
      shown.push({ requirement, holds, detail, exchange, more: explained(requirement, explanation) });
    const leak = leakIn(exchange.request, secrets);
    const detail = leak ? `The private key is in ${leak}.` : "No part of the private key was in the request.";
    shown.push({ requirement: "SEC-001", holds: leak === null, detail, exchange, more: {} });
  }
  return shown;
}

const AGAIN = "The answer was lost, and the request came again with the same";
/** HttpURLConnection does this by itself, and so may other libraries: the merchant's code then knows of one request only. */
const RESENT = `${AGAIN} bytes. Where your code did not send it twice, your HTTP library did: switch its retries off (Java's HttpURLConnection: -Dsun.net.http.retryPost=false; curl with kept connections: CURLOPT_FORBID_REUSE).`;

/**
 * An observation in the light of what only the harness knows: whether a nonce came again after an answer that was lost
 * (RTY-002) or otherwise (REQ-008), and whether a signature of the wrong length came from a key of another size.
 */
function retold(
  one: Observation,
  exchange: Exchange,
  scene: Scene,
  noUtf8: () => boolean,
): readonly Observation[] {
  if (one.holds) return [one];
  const nonce = exchange.params?.get("nonce_str");
  const earlier = scene.exchanges.find(
    ({ seq, params }) => seq < exchange.seq && params?.get("nonce_str") === nonce,
  );
  if (one.requirement === "RTY-002") return [];
  if (one.requirement === "REQ-008" && earlier?.endpoint === exchange.endpoint && isLost(earlier)) {
    const same =
      earlier.request.target === exchange.request.target &&
      Buffer.compare(earlier.request.body, exchange.request.body) === 0;
    return [{ ...one, requirement: "RTY-002", detail: same ? RESENT : `${AGAIN} nonce_str ${nonce}.` }];
  }
  const sign = exchange.params?.get("sign");
  const signedBefore = scene.exchanges.find(
    ({ seq, params, endpoint }) =>
      seq < exchange.seq && endpoint === exchange.endpoint && params?.get("sign") === sign,
  );
  if (one.requirement.startsWith("SIG") && sign && signedBefore && isLost(signedBefore))
    return [
      { ...one, requirement: "RTY-002", detail: `${AGAIN} signature, which is over the request before.` },
    ];
  const unnamed = one.requirement === "SIG-001" && one.explanation?.mistakes.length === 0;
  if (unnamed) return [{ ...one, requirement: oddestOf(exchange, noUtf8) }];
  const digits = sign?.length ?? 0;
  const { modulus, bits } = scene.keys.merchant.signer.key;
  const otherSize = Math.abs(digits - 2 * modulus.length) > modulus.length / 2;
  const size = one.requirement === "SIG-009" && bits !== USUAL_BITS && otherSize;
  return [size ? { ...one, requirement: "SIG-010" } : one];
}

/**
 * What a wrong text that no known mistake gives is about: the oddest of its values; plain ones go wrong for SIG-001. Of a
 * client that was seen to sign no UTF-8, all that is not ASCII is one thing.
 */
function oddestOf({ params }: Exchange, noUtf8: () => boolean): string {
  const values = [...(params?.values() ?? [])].join("");
  if (/[^\0-\x7f]/.test(values)) return noUtf8() ? "SIG-006" : shownBy(values);
  return /[^A-Za-z0-9_,.-]/.test(values) ? "SIG-004" : "SIG-001";
}

/** What breaks where another value arrives than was meant: the gateway then speaks of another order. */
const OTHER_ORDER: ReadonlySet<string> = new Set(["REQ-004", "REQ-006", "REQ-010"]);

/** Whether a broken requirement of a request spoils what follows in its case. */
export function spoils(requirement: string, { refusal }: Exchange): boolean {
  return OTHER_ORDER.has(requirement) || (refusal !== null && requirement !== "SEC-001");
}

/** Counts the cell of state, command and fault that an exchange has met. */
function countCell(cells: Map<string, number>, { event, endpoint, faults }: Exchange): void {
  const key = `${event?.from ?? "none"} ${endpoint ?? "?"} ${faults[0]?.kind ?? "plain"}`;
  cells.set(key, (cells.get(key) ?? 0) + 1);
}

/** What an unnamed wrong text over odd values rests on: that texts over plainer values are right. */
const PLAINER: Readonly<Record<string, readonly string[]>> = {
  "SIG-004": ["SIG-001"],
  "SIG-006": ["SIG-001", "SIG-004"],
};

function explained(requirement: string, explanation: Explanation | undefined): Partial<Evidence> {
  if (!explanation) return {};
  const { canonical, signedText, mistakes } = explanation;
  const rests = mistakes.length === 0 ? PLAINER[requirement] : undefined;
  return {
    explanation,
    ...(rests ? { rests } : {}),
    ...(signedText === null ? {} : { canonical: { right: canonical, other: signedText } }),
  };
}
