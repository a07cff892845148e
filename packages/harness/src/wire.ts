import { type Explanation, judgeRequest, type Observation } from "@ksherproof/core";
import type { Exchange } from "@ksherproof/gateway";
import type { Bench } from "./bench.js";
import type { Evidence } from "./evidence.js";
import { ENDPOINT_PATHS_BY_OPERATION } from "./protocol.js";
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
    const seen = judgeRequest(exchange.request, {
      endpoints: Object.values(ENDPOINT_PATHS_BY_OPERATION),
      verifierOf: (appid) => (appid === scene.appid ? scene.keys.merchant.verifier : undefined),
      intended,
      nonces: shared.nonces,
      uses: shared.uses,
      explain: shared.doctor.explain,
    });
    for (const { requirement, holds, detail, explanation } of seen.flatMap((one) =>
      retold(one, exchange, scene),
    ))
      shown.push({ requirement, holds, detail, exchange, more: explained(explanation) });
    const leak = leakIn(exchange.request, secrets);
    const detail = leak ? `The private key is in ${leak}.` : "No part of the private key was in the request.";
    shown.push({ requirement: "SEC-001", holds: leak === null, detail, exchange, more: {} });
  }
  return shown;
}

/**
 * An observation in the light of what only the harness knows: whether a nonce came again after an answer that was lost
 * (RTY-002) or otherwise (REQ-008), and whether a signature of the wrong length came from a key of another size.
 */
function retold(one: Observation, exchange: Exchange, scene: Scene): readonly Observation[] {
  if (one.holds) return [one];
  const nonce = exchange.params?.get("nonce_str");
  const earlier = scene.exchanges.find(
    ({ seq, params }) => seq < exchange.seq && params?.get("nonce_str") === nonce,
  );
  const lost = earlier?.endpoint === exchange.endpoint && earlier?.ending !== "complete";
  if (one.requirement === "RTY-002") return [];
  if (one.requirement === "REQ-008" && lost) {
    const detail = `The answer was lost, and the request came again with the same nonce_str ${nonce}.`;
    return [{ ...one, requirement: "RTY-002", detail }];
  }
  const digits = exchange.params?.get("sign")?.length ?? 0;
  const { modulus, bits } = scene.keys.merchant.signer.key;
  const otherSize = Math.abs(digits - 2 * modulus.length) > modulus.length / 2;
  const size = one.requirement === "SIG-009" && bits !== USUAL_BITS && otherSize;
  return [size ? { ...one, requirement: "SIG-010" } : one];
}

/** Counts the cell of state, command and fault that an exchange has met. */
function countCell(cells: Map<string, number>, { event, endpoint, faults }: Exchange): void {
  const key = `${event?.from ?? "none"} ${endpoint ?? "?"} ${faults[0]?.kind ?? "plain"}`;
  cells.set(key, (cells.get(key) ?? 0) + 1);
}

function explained(explanation: Explanation | undefined): Partial<Evidence> {
  if (!explanation) return {};
  const { canonical, signedText } = explanation;
  return {
    explanation,
    ...(signedText === null ? {} : { canonical: { right: canonical, other: signedText } }),
  };
}
