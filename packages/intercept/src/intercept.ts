import { RunningClock } from "@ksherproof/gateway";
import { CERTIFICATE_FLAWS, type CertificateFlaw, createAuthority } from "./authority.js";
import type { Call } from "./call.js";
import type { ChildEnd } from "./child.js";
import type { Containment, ContainmentAsked } from "./containment.js";
import { type CounterpartOptions, createCounterpart } from "./counterpart.js";
import { type GatewayKey, newGatewayKey } from "./gateway-key.js";
import type { ProxySight } from "./proxy.js";
import { openSession, type Session, type SessionEvent } from "./session.js";
import { judgeTls, type TlsCheck, tlsEvidence } from "./tls-check.js";
import { type Evidence, evidenceOf, judgeRun, type Level, type RequirementShown } from "./verdict.js";

/** What a run needs: the world that the client meets, its command, and how it is judged. */
export interface InterceptOptions
  extends Pick<
    CounterpartOptions,
    "merchants" | "anyMerchant" | "orders" | "answers" | "settings" | "published" | "tamper" | "addedHosts"
  > {
  readonly command: readonly [string, ...string[]];
  /** Where what the client prints on stdout goes. */
  readonly output: "inherit" | "stderr";
  readonly key?: GatewayKey;
  readonly level: Level;
  /** Ends the client after so many milliseconds; never where it is 0. */
  readonly timeoutMs: number;
  /** The only run shows this certificate. */
  readonly certificate?: CertificateFlaw;
  /** Runs the command again with each bad certificate. */
  readonly tlsCheck: boolean;
  readonly containment: ContainmentAsked;
  /** Whether signatures that could not be checked are accepted in a passing verdict. */
  readonly uncheckedAllowed: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads the time, milliseconds since 1970. */
  readonly now: () => number;
  readonly tell?: (event: SessionEvent) => void;
  readonly tellTls?: (certificate: CertificateFlaw) => void;
}

/** `unproven`: nothing broke, and nothing that counts was shown either. */
export type RunVerdict = "pass" | "fail" | "unproven";

/** How a run went. */
export interface InterceptResult {
  readonly verdict: RunVerdict;
  /** Why, in one sentence. */
  readonly reason: string;
  readonly end: ChildEnd;
  readonly calls: readonly Call[];
  readonly sights: readonly ProxySight[];
  readonly tls: readonly TlsCheck[];
  readonly requirements: readonly RequirementShown[];
  readonly level: Level;
  readonly publishedServed: number;
  /** What made the gateway's names lead here for the child whatever it opened connections with. */
  readonly containment: Containment;
}

/** How long a client may take over a bad certificate, in milliseconds: some try again and again. */
const TLS_TIMEOUT_MS = 60_000;

/** Runs a command against the simulated gateway and judges all that it sent. Throws `EnvironmentError`, `UsageError`. */
export async function intercept(options: InterceptOptions): Promise<InterceptResult> {
  const key = options.key ?? newGatewayKey();
  const strangerKey = newGatewayKey();
  const authority = createAuthority(options.now());
  const run = async (flaw: CertificateFlaw | undefined, again: boolean) => {
    const counterpart = createCounterpart({
      ...options,
      key,
      strangerKey,
      clock: new RunningClock(options.now),
    });
    const session = await openSession({
      counterpart,
      gatewayKey: key.publicPem,
      addedHosts: options.addedHosts,
      containment: options.containment,
      authority,
      env: options.env,
      now: options.now(),
      ...(flaw === undefined ? {} : { flaw }),
      ...(options.tell && !again ? { tell: options.tell } : {}),
    });
    try {
      const timeoutMs = again
        ? Math.min(options.timeoutMs || TLS_TIMEOUT_MS, TLS_TIMEOUT_MS)
        : options.timeoutMs;
      const end = await session.run(options.command, {
        output: again ? "capture" : options.output,
        timeoutMs,
      });
      return { end, session, publishedServed: counterpart.publishedServed };
    } finally {
      await session.close();
    }
  };
  const { end, session, publishedServed } = await run(options.certificate, false);
  const { calls, sights, containment } = session;
  const tls: TlsCheck[] = [];
  if (options.certificate) tls.push(judgeTls(options.certificate, calls, sights, end.code));
  if (options.tlsCheck && end.signal !== "SIGINT") {
    for (const flaw of CERTIFICATE_FLAWS) {
      options.tellTls?.(flaw);
      const again = await run(flaw, true);
      tls.push(judgeTls(flaw, again.session.calls, again.session.sights, again.end.code));
    }
  }
  const evidence = [
    ...evidenceOf(calls),
    ...tlsEvidence(tls),
    ...redirectEvidence(calls, sights),
    ...tamperEvidence(options, publishedServed, end),
  ];
  const asked = [...(tls.length > 0 ? ["SEC-002"] : []), ...(options.tamper ? ["QRY-003"] : [])];
  const requirements = judgeRun(evidence, options.level, asked);
  const { verdict, reason } = verdictOf(options, requirements, calls, session, tls, end);
  const { level } = options;
  return { verdict, reason, end, calls, sights, tls, requirements, level, publishedServed, containment };
}

/** SEC-003: after a redirect to another host, whether the client went there. */
function redirectEvidence(calls: readonly Call[], sights: readonly ProxySight[]): readonly Evidence[] {
  const redirected = calls.filter(({ answer }) => answer.status >= 300 && answer.status < 400);
  return redirected.map((call) => {
    const target = hostOf(call.answer.headers.location ?? "");
    const followed = sights.some((sight) => sight.kind === "refused_host" && sight.host === target);
    const detail = followed
      ? `Redirected to ${target}, it went there.`
      : `Redirected to ${target}, it did not go there.`;
    return { requirement: "SEC-003", holds: !followed, detail, call };
  });
}

function hostOf(address: string): string {
  try {
    return new URL(address).hostname;
  } catch {
    return "";
  }
}

/** QRY-003 for a client that pins the production key: a changed answer must end in a failure. */
function tamperEvidence(options: InterceptOptions, served: number, end: ChildEnd): readonly Evidence[] {
  if (!options.tamper || served === 0) return [];
  const holds = end.code !== 0;
  const detail = holds
    ? `It was served a changed published answer and ended with exit code ${end.code}.`
    : "It was served a changed published answer and ended with exit code 0, as if the answer were genuine.";
  return [{ requirement: "QRY-003", holds, detail, call: null }];
}

function verdictOf(
  options: InterceptOptions,
  requirements: readonly RequirementShown[],
  calls: readonly Call[],
  { sights, containment }: Session,
  tls: readonly TlsCheck[],
  end: ChildEnd,
): { readonly verdict: RunVerdict; readonly reason: string } {
  const failed = requirements.filter(({ verdict, counts }) => verdict === "fail" && counts);
  if (failed.length > 0) {
    const ids = failed.map(({ requirement }) => requirement.id);
    return { verdict: "fail", reason: `It breaks ${ids.join(", ")}.` };
  }
  if (end.timedOut) return { verdict: "unproven", reason: "The time given with --timeout ran out." };
  if (options.certificate) {
    const [check] = tls;
    return check?.verdict === "refused"
      ? { verdict: "pass", reason: check.detail }
      : { verdict: "unproven", reason: check?.detail ?? "" };
  }
  const untried = tls.find(({ verdict }) => verdict === "not_tried");
  const own = calls.filter(({ endpoint }) => endpoint !== null);
  if (own.length === 0) {
    return { verdict: "unproven", reason: noRequestReason(sights, containment) };
  }
  if (
    options.tamper &&
    !requirements.some(
      ({ requirement, verdict }) => requirement.id === "QRY-003" && verdict !== "not_exercised",
    )
  ) {
    const reason =
      "Nothing was changed by --tamper: no published answer was asked for (k_20210520_24 has one).";
    return { verdict: "unproven", reason };
  }
  if (untried) return { verdict: "unproven", reason: `The TLS check showed nothing: ${untried.detail}` };
  const checked = own.some(({ signature }) => signature === "valid");
  if (!checked && !options.uncheckedAllowed) {
    const appid = own.map(({ params }) => params?.get("appid")).find(Boolean) ?? "mch35005";
    return {
      verdict: "unproven",
      reason: `No signature could be checked: give --merchant ${appid}=KEY, or --any-merchant where that is enough.`,
    };
  }
  const count = calls.length === 1 ? "1 request" : `${calls.length} requests`;
  return { verdict: "pass", reason: `${count} held to every requirement that they could show.` };
}

/** Why nothing was seen: a client that ended each handshake has authorities of its own, which no environment changes. */
function noRequestReason(sights: readonly ProxySight[], containment: Containment): string {
  const refused = sights.find((sight) => sight.kind === "handshake_refused");
  const shaken = sights.some(({ kind }) => kind === "handshake");
  if (refused === undefined || shaken) {
    const none = "No request to cancel_order, gateway_order_query or gateway_pay was seen.";
    if (containment.by === "none" || containment.portsServed) return none;
    return `${none} One that heeds no proxy found the gateway's ports closed here, which only root may open; with --isolate they are open.`;
  }
  return `No request was seen: the client ended the TLS handshake (${refused.reason}). It takes its authorities from a bundle of its own, as Rust does with webpki-roots, or pins a certificate; its environment cannot change that.`;
}
