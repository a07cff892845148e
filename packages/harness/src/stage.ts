import { encodeForm, encodeUtf8, signedRequest, timeStamp } from "@ksherproof/core";
import {
  type ArrivedRequest,
  createGateway,
  createWorlds,
  type Exchange,
  type Fault,
  type Gateway,
  type GatewaySettings,
  type Order,
  type OrderFields,
  type RunningServer,
  serve,
  startServer,
  VirtualClock,
  type WireAnswer,
  type WireRequest,
  type Worlds,
} from "@ksherproof/gateway";
import { type Disturbance, LONG_MS } from "./pace.js";
import { CANCEL } from "./protocol.js";
import { Script } from "./script.js";
import { newStageKeys, type StageKey, type StageKeys, sized, USUAL_BITS } from "./stage-keys.js";

/** What a case may ask of its world. */
export interface SceneOptions {
  readonly settings?: Partial<GatewaySettings>;
  readonly merchantBits?: number;
  readonly gatewayBits?: number;
  readonly appid?: string;
  readonly timeoutMs?: number;
  readonly lang?: string;
  readonly baseUrl?: string;
  readonly ca?: string;
}

/** A world of its own for one case: a gateway, its faults, the exchanges that it saw, and the arguments for the client. */
export interface Scene {
  readonly id: string;
  readonly gateway: Gateway;
  /** What was done in this scene, as data. */
  readonly script: Script;
  readonly clock: VirtualClock;
  readonly appid: string;
  readonly exchanges: readonly Exchange[];
  readonly timeoutMs: number;
  /** The client arguments of write-an-adapter.md. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly keys: { readonly merchant: StageKey; readonly gateway: StageKey; readonly stranger: StageKey };
  order(mch_order_no: string): Order | undefined;
  create(mch_order_no: string, fields?: Partial<OrderFields>): Order;
  /** Cancels an order as another worker of the merchant would: the client under test knows nothing of it. */
  cancelElsewhere(mch_order_no: string): void;
  /** What was planned so far that disturbs answers. */
  readonly disturbed: Disturbance;
  /** Plans faults for the next call of an endpoint, or for the nth from now. */
  fault(endpoint: string, ...faults: readonly Fault[]): void;
  /** Runs something just before, or just after, the next call of an endpoint is acted on. */
  hook(endpoint: string, when: "before" | "after", act: () => void): void;
  /** Changes the bytes of the answers of an endpoint until it is called again with null. */
  rewrite(endpoint: string, change: ((answer: WireAnswer) => WireAnswer) | null): void;
  /** Requests of any client of this listener that led to no scene, newest last. */
  readonly strays: readonly ArrivedRequest[];
  /** Waits until no exchange is under way, for at most so many milliseconds. */
  settled(ms: number): Promise<void>;
}

interface Hook {
  readonly endpoint: string;
  readonly when: "before" | "after";
  readonly act: () => void;
}

/** The listener and the keys of one run; each case gets a scene of its own under its own path. */
export class Stage {
  readonly keys: StageKeys;
  private readonly worlds: Worlds = createWorlds();
  private server: RunningServer | null = null;
  private count = 0;
  private readonly seed: number;

  private constructor(seed: number, keys: StageKeys) {
    this.seed = seed;
    this.keys = keys;
  }

  static async open(
    seed: number,
    tls?: { readonly cert: string; readonly key: string },
    keys: StageKeys = newStageKeys(),
  ): Promise<Stage> {
    const stage = new Stage(seed, keys);
    stage.server = await startServer({ route: stage.worlds.route, ...(tls === undefined ? {} : { tls }) });
    return stage;
  }

  /** `http://127.0.0.1:40211`. */
  get url(): string {
    return this.server?.url ?? "";
  }

  /** A scene; `usualMs` is its time-out where it asks for none. */
  scene(options: SceneOptions = {}, usualMs = LONG_MS): Scene {
    this.count += 1;
    const id = `c-${this.count}`;
    const merchant = sized(this.keys.merchants, options.merchantBits ?? USUAL_BITS);
    const gatewayKey = sized(this.keys.gateways, options.gatewayBits ?? USUAL_BITS);
    const stranger = sized(this.keys.strangers, gatewayKey.bits);
    const appid = options.appid ?? `mch${35000 + (this.count % 1000)}`;
    const clock = new VirtualClock();
    const hooks: Hook[] = [];
    const rewrites = new Map<string, (answer: WireAnswer) => WireAnswer>();
    let disturbed: Disturbance = "none";
    const plain = createGateway({
      merchants: [{ appid, verifier: merchant.verifier }],
      signer: gatewayKey.signer,
      clock,
      seed: this.seed + this.count,
      settings: options.settings ?? {},
    });
    const script = new Script(options);
    const gateway = hooked(plain, hooks, script);
    const keys = {
      otherSigner: stranger.signer,
      merchantSigner: merchant.signer,
      forge: gatewayKey.forge,
    };
    const served = serve({ id, gateway, keys });
    this.worlds.add({
      ...served,
      route: async (request, path) => {
        const routed = await served.route(request, path);
        const change = rewrites.get(path);
        if (change === undefined || "takeOver" in routed) return routed;
        const answer = change(routed.answer);
        const exchange = served.exchanges.find((one) => one.request === request);
        // The log says what the client got, not what the gateway would have said.
        if (exchange?.sent) exchange.sent = answer;
        return { ...routed, answer };
      },
    });
    const timeoutMs = options.timeoutMs ?? usualMs;
    return {
      id,
      gateway: script.watched(plain),
      script,
      clock,
      appid,
      exchanges: served.exchanges,
      timeoutMs,
      keys: { merchant, gateway: gatewayKey, stranger },
      args: {
        base_url: options.baseUrl ?? `${this.url}${this.worlds.pathOf(id)}`,
        appid,
        private_key: merchant.privatePkcs1,
        private_key_pkcs8: merchant.privatePkcs8,
        public_key: gatewayKey.publicSpki,
        public_key_pkcs1: gatewayKey.publicPkcs1,
        ...(options.lang === undefined ? {} : { lang: options.lang }),
        timeout_ms: timeoutMs,
        ...(options.ca === undefined ? {} : { ca: options.ca }),
      },
      order: (mch_order_no) => plain.order({ appid, mch_order_no }),
      create: (mch_order_no, fields) => {
        script.add({ do: "order", mch_order_no, ...(fields === undefined ? {} : { fields }) });
        return plain.createOrder({ appid, mch_order_no }, fields);
      },
      cancelElsewhere: (mch_order_no) => {
        script.add({ do: "other", what: `another worker cancels ${mch_order_no}` });
        const params = new Map([
          ["appid", appid],
          ["mch_order_no", mch_order_no],
          ["nonce_str", `elsewhere${this.count}`],
          ["time_stamp", timeStamp(clock.now())],
        ]);
        const body = encodeUtf8(encodeForm(signedRequest(params, merchant.signer)));
        const headers = { "content-type": "application/x-www-form-urlencoded" };
        plain.handle({ method: "POST", path: CANCEL, headers, body });
      },
      get disturbed() {
        return disturbed;
      },
      fault: (endpoint, ...faults) => {
        if (disturbed !== "times") disturbed = faults.some(isLate) ? "times" : "answers";
        script.add({ do: "fault", endpoint, faults });
        served.faults.add({ endpoint, faults });
      },
      hook: (endpoint, when, act) => void hooks.push({ endpoint, when, act }),
      rewrite: (endpoint, change) => {
        if (change !== null) script.add({ do: "other", what: `changes the bytes of answers of ${endpoint}` });
        void (change === null ? rewrites.delete(endpoint) : rewrites.set(endpoint, change));
      },
      strays: this.worlds.strays,
      settled: async (ms) => {
        const until = performance.now() + ms;
        while (served.exchanges.some(({ ending }) => ending === "running") && performance.now() < until)
          await pause(5);
      },
    };
  }

  async close(): Promise<void> {
    await this.server?.close();
  }
}

/** The gateway, with something done just before or after it acts on a call. */
function hooked(gateway: Gateway, hooks: Hook[], script: Script): Gateway {
  const run = (endpoint: string, when: Hook["when"]): void => {
    const at = hooks.findIndex((hook) => hook.endpoint === endpoint && hook.when === when);
    const [hook] = at >= 0 ? hooks.splice(at, 1) : [];
    if (hook) script.meanwhile(endpoint, when, hook.act);
  };
  const take = (request: WireRequest) => {
    run(request.path, "before");
    const handled = gateway.take(request);
    run(request.path, "after");
    return handled;
  };
  return Object.create(gateway, { take: { value: take } }) as Gateway;
}

/** Whether a fault lets a client wait. */
function isLate(fault: Fault): boolean {
  return fault.kind === "delay" || fault.kind === "trickle" || ("how" in fault && fault.how === "hang");
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
