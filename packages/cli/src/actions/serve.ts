import { UsageError } from "@ksherproof/core";
import {
  assertServable,
  CLOCK_START,
  createAuthority,
  type Host,
  isLoopback,
  RunningClock,
  readRule,
  SETTINGS,
  signatureForger,
  startHost,
  VirtualClock,
} from "@ksherproof/gateway";
import { nodeSigner } from "@ksherproof/keys";
import { print, table } from "../output.js";
import { newPrivateKey, readGatewayKey, type ServeMerchant } from "../serve/keys.js";
import {
  jsonOf,
  merchantsOf,
  publicUrlOf,
  type ServeOptions,
  settingsOf,
  wholeNumber,
} from "../serve/options.js";
import { loadScenario, play } from "../serve/play.js";
import { printReady, readyLine } from "../serve/ready.js";
import { readState, writeState } from "../serve/state-file.js";

/** After a change, the state file is written so many milliseconds later. */
const SAVE_AFTER_MS = 300;

export async function act(options: ServeOptions): Promise<void> {
  if (options.listSettings) return listSettings();
  if (!options.allowRemote && !isLoopback(options.host.includes(":") ? `[${options.host}]` : options.host)) {
    throw new UsageError("remote", `${options.host} is not this machine's loopback address.`, {
      hint: "Other machines could use the simulator: give --allow-remote if that is meant.",
    });
  }
  const rules = (options.fault ?? []).map((rule, at) => readRule(jsonOf(rule), `--fault ${at + 1}`));
  assertServable(rules, options.tls === true);
  const state = options.state === undefined ? null : readState(options.state);
  const merchants = merchantsOf(options, state);
  const gatewayPem = options.gatewayKey
    ? readGatewayKey(options.gatewayKey)
    : (state?.gateway_key ?? newPrivateKey());
  const scenario = options.scenario === undefined ? null : loadScenario(options.scenario);
  const stranger = nodeSigner(newPrivateKey());
  const host = await startHost({
    merchants: merchants.map(({ signer, ...one }) => ({ ...one, ...(signer ? { signer } : {}) })),
    signer: nodeSigner(gatewayPem),
    forge: signatureForger(gatewayPem),
    otherSigner: stranger,
    clock: options.virtualClock ? new VirtualClock(CLOCK_START) : new RunningClock(Date.now),
    seed: wholeNumber("seed", options.seed, 2 ** 32 - 1),
    settings: settingsOf(options),
    host: options.host,
    port: wholeNumber("port", options.port, 65_535),
    allowRemote: options.allowRemote === true,
    ...(options.publicUrl === undefined ? {} : { publicUrl: publicUrlOf(options.publicUrl) }),
    ...(options.tls ? { authority: createAuthority(Date.now()) } : {}),
    ...(options.manualWebhooks ? { webhooks: "manual" } : {}),
    ...(state ? { saved: state.saved } : {}),
  });
  try {
    if (options.allowRemote) warnRemote();
    host.served.faults.add(...rules);
    if (scenario && !(await play(scenario, host, merchants[0], stranger))) {
      process.exitCode = 1;
      return;
    }
    const ready = readyLine(host, gatewayPem, merchants);
    const save = options.state === undefined ? () => {} : saver(options.state, host, gatewayPem, merchants);
    save();
    if (options.json) print(JSON.stringify(ready));
    else printReady(ready, host);
    await untilEnded();
    save();
  } finally {
    await host.close();
  }
}

function listSettings(): void {
  print(
    table(
      SETTINGS.map(({ name, values, initial, why }) => {
        const others = typeof values === "string" ? `a ${values}` : values.join(" | ");
        return [name, `${others} (default ${initial})\n      ${why}`] as const;
      }),
    ),
  );
}

/** Saves the state now, and soon after each change from then on. */
function saver(
  file: string,
  host: Host,
  gatewayPem: string,
  merchants: readonly ServeMerchant[],
): () => void {
  let waiting: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    writeState(file, {
      format: "ksherproof-serve",
      version: 1,
      gateway_key: gatewayPem,
      merchants: merchants.flatMap(({ appid, pem }) => (pem === null ? [] : [{ appid, private_key: pem }])),
      saved: host.save(),
    });
  };
  host.served.gateway.watch(() => {
    waiting ??= setTimeout(() => {
      try {
        save();
      } catch (thrown) {
        process.stderr.write(`ksherproof: ${(thrown as Error).message}\n`);
      }
    }, SAVE_AFTER_MS);
  });
  return save;
}

/** Settles at Ctrl-C, or when a process manager asks to end. */
function untilEnded(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}

function warnRemote(): void {
  process.stderr.write(
    "ksherproof: warning: other machines can use this simulator, its pages and its control API; it has no passwords.\n",
  );
}
