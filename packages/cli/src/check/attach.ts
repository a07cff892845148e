import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EnvironmentError } from "@ksherproof/core";
import {
  ATTACH_ORDERS,
  type AttachedStage,
  attach,
  documentFrom,
  type ReportDocument,
  type StreamEvent,
  streamOf,
} from "@ksherproof/harness";
import { colours, visible } from "../output.js";
import { VERSION } from "../version.js";
import type { CheckOptions } from "./run-adapter.js";

/** `check --attach`: a gateway that waits for a client which is started by hand; the report is made when it is stopped. */
export async function checkAttached(
  options: Pick<CheckOptions, "level" | "profile" | "seed" | "timeBudget"> & {
    readonly port: number;
    readonly keys: string;
  },
  signal: AbortSignal,
  on: (event: StreamEvent) => void,
): Promise<ReportDocument> {
  const events: StreamEvent[] = [];
  const toStream = streamOf({ adapter: "attached", version: VERSION, command: "ksherproof check --attach" });
  const stage = await attach({
    port: options.port,
    seed: options.seed,
    on(event) {
      // Failures come before the run's first line is written: the stream holds them as the requirements' own.
      if (event.event === "failure") return;
      const line = toStream(event);
      events.push(line);
      on(line);
    },
    came({ line, broken }) {
      tell(`${broken.length === 0 ? colours.green("ok    ") : colours.red("BROKEN")} ${visible(line)}`);
      for (const { requirement, detail } of broken)
        tell(`       ${colours.red(requirement)} ${visible(detail)}`);
    },
  });
  writeKeys(stage, options.keys);
  introduce(stage, options.keys);
  await new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
    if (options.timeBudget !== undefined) setTimeout(resolve, options.timeBudget);
  });
  await stage.finish(options);
  return documentFrom(events);
}

/** Everything but the report goes to standard error. */
function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

function writeKeys({ merchant, gateway }: AttachedStage, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "merchant.pem"), merchant.privatePkcs1, { mode: 0o600 });
    writeFileSync(join(folder, "merchant-pkcs8.pem"), merchant.privatePkcs8, { mode: 0o600 });
    writeFileSync(join(folder, "gateway-public.pem"), gateway.publicSpki);
  } catch (cause) {
    throw new EnvironmentError("attach_keys", `${folder} can't be written: ${(cause as Error).message}.`, {
      cause,
    });
  }
}

function introduce({ baseUrl, appid }: AttachedStage, folder: string): void {
  tell(`base URL      ${baseUrl}   (endpoints: /cancel_order, /gateway_order_query, /gateway_pay)`);
  tell(`appid         ${appid}`);
  tell(
    `private key   ${join(folder, "merchant.pem")} (PKCS#1), ${join(folder, "merchant-pkcs8.pem")} (PKCS#8)`,
  );
  tell(`public key    ${join(folder, "gateway-public.pem")} (the gateway's)`);
  tell("Orders that wait:");
  for (const { mch_order_no, is, expect } of ATTACH_ORDERS)
    tell(`  ${mch_order_no.padEnd(12)} ${is.padEnd(26)} ${expect}`);
  tell(
    "Start your client, in a debugger if you like; each request is judged as it comes. Ctrl-C: the report.\n",
  );
}
