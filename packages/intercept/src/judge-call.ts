import { judgeRequest, type Observation, type Verifier } from "@ksherproof/core";
import type { ArrivedRequest } from "@ksherproof/gateway";
import { DOCUMENTED_PATHS, type Place } from "./foreign.js";
import type { Arrival } from "./proxy.js";
import { leakIn } from "./secrets.js";

/** What the judgement of a call needs of the run. */
export interface Judging {
  /** Registered merchants only. */
  readonly verifiers: ReadonlyMap<string, Verifier>;
  readonly secrets: readonly string[];
  readonly nonces: Map<string, string>;
  /** The values that the client was told to send, where they are known. */
  intended?: Readonly<Record<string, string>>;
}

/** What every signed API of the vendor shares; the rest of the catalogue is about the three endpoints. */
const SHARED = /^(SIG-\d+|REQ-003|REQ-008)$/;

/** Judges one call against REQ, SIG, RTY-002, SEC-001 and SEC-002, as far as one call can show them. */
export function judgeCall(
  request: ArrivedRequest,
  arrival: Arrival,
  place: Place,
  { verifiers, secrets, nonces, intended }: Judging,
): readonly Observation[] {
  if (place.kind === "page") return [];
  const documented = place.kind === "endpoint" ? [request.path] : DOCUMENTED_PATHS;
  const all = judgeRequest(
    { method: request.method, path: request.target, headers: request.headers, body: request.body },
    {
      endpoints: documented,
      verifierOf: (appid) => verifiers.get(appid),
      nonces,
      now: Date.now(),
      ...(intended === undefined ? {} : { intended }),
    },
  );
  const own = place.kind === "other_api" ? all.filter(({ requirement }) => SHARED.test(requirement)) : all;
  const leak = leakIn(request, secrets);
  const kept: Observation[] = [...own];
  if (leak !== null || secrets.length > 0) {
    const detail = leak === null ? "No private key is in the request." : `A private key is in ${leak}.`;
    kept.push({ requirement: "SEC-001", holds: leak === null, detail });
  }
  if (arrival.scheme === "http") {
    const detail = `The signed form went out in plain HTTP to ${arrival.host}: no certificate protects it.`;
    kept.push({ requirement: "SEC-002", holds: false, detail });
  }
  return kept;
}
