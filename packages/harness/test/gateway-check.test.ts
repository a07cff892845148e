import { encodeUtf8 } from "@ksherproof/core";
import {
  createGateway,
  createWorlds,
  type Gateway,
  type RunningServer,
  serve,
  signatureForger,
  startServer,
  VirtualClock,
  type WireAnswer,
} from "@ksherproof/gateway";
import { afterEach, describe, expect, it } from "vitest";
import { type GatewayAct, Merchant, newStageKey, type RunEvent, runGatewayStories } from "../src/index.js";

const appid = "mch35000";
const [merchantKey, gatewayKey, stranger] = [newStageKey(1024), newStageKey(1024), newStageKey(1024)];
let server: RunningServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

type Fault = (answer: WireAnswer, path: string, gateway: Gateway, asked: string) => WireAnswer;

const ACTS = {
  open_link: "openLink",
  save_qr: "saveQr",
  pay_by_link: "payByLink",
  pay_by_qr: "payByQr",
  start_card: "startCard",
  pass_otp: "passOtp",
  fail_otp: "failOtp",
} as const;

/** Runs every story against a simulated gateway whose answers, or whose customers' luck, a fault has changed. */
async function verdicts(
  fault: Fault | null,
  luck: (done: boolean, act: GatewayAct, gateway: Gateway, order: string) => boolean = (done) => done,
): Promise<Readonly<Record<string, string>>> {
  const gateway = createGateway({
    merchants: [{ appid, verifier: merchantKey.verifier }],
    signer: gatewayKey.signer,
    clock: new VirtualClock(),
    seed: 1,
  });
  const forge = signatureForger(gatewayKey.privatePkcs8);
  const keys = { otherSigner: stranger.signer, merchantSigner: merchantKey.signer, forge };
  const served = serve({ id: "w", gateway, keys });
  const worlds = createWorlds({
    ...served,
    async route(request, path) {
      const routed = await served.route(request, path);
      return fault && "answer" in routed
        ? { ...routed, answer: fault(routed.answer, path, gateway, decode(request.body)) }
        : routed;
    },
  });
  server = await startServer({ route: worlds.route });
  const found: Record<string, string> = {};
  const on = (event: RunEvent): void => {
    if (event.event === "requirement") found[event.verdict.requirement.id] = event.verdict.verdict;
  };
  await runGatewayStories(
    {
      merchant: new Merchant({
        baseUrl: `${server.url}${worlds.pathOf("w")}`,
        appid,
        signer: merchantKey.signer,
        timeoutMs: 5000,
      }),
      verifier: gatewayKey.verifier,
      world: {
        act: async (mch_order_no, act) =>
          luck(gateway.customer[ACTS[act]]({ appid, mch_order_no }).ok, act, gateway, mch_order_no),
      },
      prepared: {},
      prefix: "T",
    },
    { name: "test", only: [], secrets: [], on },
  );
  return found;
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const body = (answer: WireAnswer, change: (text: string) => string): WireAnswer => ({
  ...answer,
  body: encodeUtf8(change(decode(answer.body))),
});

const code =
  (from: number, to: number): Fault =>
  (answer, path) =>
    path === "/cancel_order"
      ? body(answer, (text) => text.replace(`"code":${from},`, `"code":${to},`))
      : answer;

describe("check --gateway", () => {
  it("the simulated gateway conforms in every story", async () => {
    const found = await verdicts(null);
    expect(Object.keys(found)).toHaveLength(12);
    expect(new Set(Object.values(found))).toEqual(new Set(["pass"]));
  });

  it.each<readonly [string, Fault, readonly string[]]>([
    ["says 0 again for a second cancel", code(-5, 0), ["CXL-002", "CXL-010"]],
    ["says 0 for a paid order", code(-4, 0), ["CXL-003", "CXL-011"]],
    ["says 0 for an order that does not exist", code(-3, 0), ["CXL-004"]],
    ["says 0 while a card payment is in progress", code(-6, 0), ["CXL-005"]],
    ["takes wrong signatures", code(-2, 0), ["CXL-008"]],
    ["takes wrong information", code(-1, 0), ["CXL-009"]],
    ["never cancels", code(0, -6), ["CXL-001", "CXL-007", "CXL-008", "CXL-010"]],
    [
      "signs something else",
      (answer, path) =>
        path === "/gateway_order_query"
          ? body(answer, (text) =>
              text.replace(/"sign":"(.)/, (_, digit) => `"sign":"${digit === "0" ? 1 : 0}`),
            )
          : answer,
      ["QRY-001"],
    ],
    [
      "knows no order of a number that is too long",
      (answer, path, _, asked) =>
        /mch_order_no=[^&]{33}/.test(asked) ? code(-1, -3)(answer, path, _, asked) : answer,
      ["CXL-009"],
    ],
    ["answers HTTP 500", (answer) => ({ ...answer, status: 500 }), ["CXL-004"]],
  ])("a gateway that %s does not conform, and that is named", async (_, fault, broken) => {
    const found = await verdicts(fault);
    const failed = Object.keys(found).filter((id) => found[id] === "fail");
    for (const id of broken) expect(failed).toContain(id);
    if (broken.length === 1) expect(failed).toEqual(broken);
  });

  it("a gateway whose cancelled links still take payments breaks CXL-006", async () => {
    const found = await verdicts(null, (done, act) => done || act === "pay_by_link");
    expect(found["CXL-006"]).toBe("fail");
  });

  it("a gateway that refuses a saved QR code breaks CXL-007", async () => {
    const found = await verdicts(null, (done, act) => done && act !== "pay_by_qr");
    expect(found["CXL-007"]).toBe("fail");
  });
});
