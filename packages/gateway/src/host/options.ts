import type { Signer, Verifier } from "@ksherproof/core";
import type { Authority } from "../authority.js";
import type { AdjustableClock } from "../clock.js";
import type { Forgery } from "../faults/fault.js";
import type { FaultRule } from "../faults/schedule.js";
import type { Served } from "../served.js";
import type { GatewaySettings } from "../settings.js";
import type { Snapshot } from "../snapshot.js";
import type { SendWebhook } from "../webhook.js";

/** A merchant of a hosted gateway; its signer, where there is one, is for the fault `signature/merchant_key`. */
export interface HostMerchant {
  readonly appid: string;
  readonly verifier: Verifier;
  readonly signer?: Signer;
}

/** What a hosted gateway is made from. */
export interface HostOptions {
  readonly merchants: readonly HostMerchant[];
  /** The gateway's own key. */
  readonly signer: Signer;
  /** Forged encodings with the gateway's key: `signatureForger`. */
  readonly forge?: (message: Uint8Array, forgery: Forgery) => Uint8Array;
  /** A key that nobody trusts, for faults. */
  readonly otherSigner: Signer;
  readonly clock: AdjustableClock;
  readonly seed: number;
  readonly settings?: Partial<GatewaySettings>;
  /** 127.0.0.1 where it is not given. */
  readonly host?: string;
  /** Any free port where it is not given or 0. */
  readonly port?: number;
  /** Where browsers and clients reach it, without a slash at the end; the listener's own address where it is not given. */
  readonly publicUrl?: string;
  /** Lets pages of other hosts in, and webhooks out to other machines. */
  readonly allowRemote?: boolean;
  /** Speaks HTTPS with certificates of this authority. */
  readonly authority?: Authority;
  /** `auto`, the default, delivers webhooks as they fall due; `manual` waits for the control API. */
  readonly webhooks?: "auto" | "manual";
  readonly sendWebhook?: SendWebhook;
  /** Keeps so many exchanges, the newest; 1,000 where it is not given. */
  readonly keep?: number;
  readonly saved?: SavedWorld;
}

/** All that a hosted gateway remembers, but for keys, as JSON: what the control API saves and loads. */
export interface SavedWorld {
  /** The gateway's time, milliseconds since 1970. */
  readonly now: number;
  readonly faults: readonly FaultRule[];
  readonly world: Snapshot;
}

/** A gateway behind a listener, with its pages and its control API. */
export interface Host {
  /** `http://127.0.0.1:40211`. */
  readonly url: string;
  /** The client's base URL, `http://127.0.0.1:40211/api`. */
  readonly baseUrl: string;
  /** The page with orders and timeline. */
  readonly page: string;
  /** The control API. */
  readonly control: string;
  readonly port: number;
  /** The certificate to trust, PEM; null without HTTPS. */
  readonly ca: string | null;
  readonly served: Served;
  readonly clock: AdjustableClock;
  save(): SavedWorld;
  /** Takes a saved world in place of the present one. Throws `UsageError` where it is none. */
  load(saved: SavedWorld): void;
  /** Delivers the webhooks that are due; gives the number of attempts. */
  deliverWebhooks(): Promise<number>;
  /** Ends every connection. */
  close(): Promise<void>;
}
