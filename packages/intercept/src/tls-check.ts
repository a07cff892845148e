import type { CertificateFlaw } from "./authority.js";
import type { Call } from "./call.js";
import type { ProxySight } from "./proxy.js";
import type { Evidence } from "./verdict.js";

/** How the client met one bad certificate. */
export interface TlsCheck {
  readonly certificate: CertificateFlaw;
  readonly verdict: "refused" | "accepted" | "not_tried";
  readonly detail: string;
  readonly exitCode: number;
  readonly requests: number;
}

const WORDS: Readonly<Record<CertificateFlaw, string>> = {
  untrusted: "an untrusted certificate",
  expired: "an expired certificate",
  misnamed: "a certificate of another host",
};

/** Judges a run in which every certificate had a flaw (SEC-002): nothing may be sent over it. */
export function judgeTls(
  certificate: CertificateFlaw,
  calls: readonly Call[],
  sights: readonly ProxySight[],
  exitCode: number,
): TlsCheck {
  const sent = calls.filter(({ arrival }) => arrival.via !== "absolute_form");
  const base = { certificate, exitCode, requests: sent.length };
  const [first] = sent;
  if (first) {
    const detail =
      first.arrival.scheme === "http"
        ? `It sent ${first.request.method} ${first.request.path} in plain HTTP, past every certificate.`
        : `It sent ${first.request.method} ${first.request.path}, signed, over ${WORDS[certificate]}.`;
    return { ...base, verdict: "accepted", detail };
  }
  const tried = sights.filter(({ kind }) => kind === "handshake" || kind === "handshake_refused").length;
  if (tried > 0) {
    const detail = `It was shown ${WORDS[certificate]} and sent nothing.`;
    return { ...base, verdict: "refused", detail };
  }
  const detail =
    calls.length > 0
      ? "It handed its requests to the proxy in clear and left TLS to it, so that no certificate was shown to it."
      : "It opened no TLS connection to a gateway host.";
  return { ...base, verdict: "not_tried", detail };
}

/** What TLS checks show about SEC-002. */
export function tlsEvidence(checks: readonly TlsCheck[]): readonly Evidence[] {
  return checks
    .filter(({ verdict }) => verdict !== "not_tried")
    .map(({ verdict, detail }) => ({
      requirement: "SEC-002",
      holds: verdict === "refused",
      detail,
      call: null,
    }));
}
