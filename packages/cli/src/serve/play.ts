import { UsageError } from "@ksherproof/core";
import { type Host, plainMerchant, readScenario, runScenario, type Scenario } from "@ksherproof/gateway";
import { type nodeSigner, nodeVerifier } from "@ksherproof/keys";
import { parse } from "yaml";
import { readInput } from "../input.js";
import type { ServeMerchant } from "./keys.js";

/** Reads a scenario file. Throws `UsageError`, `EnvironmentError`. */
export function loadScenario(file: string): Scenario {
  const text = readInput(file, { what: "a scenario in YAML", hint: "vectors/scenarios/ has examples." });
  try {
    return readScenario(parse(text), file);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError("scenario_yaml", `${file} is no YAML: ${(cause as Error).message.split("\n")[0]}`, {
      cause,
    });
  }
}

/** Plays a scenario with the first merchant; tells the story on stderr; false where a step did not hold. */
export async function play(
  scenario: Scenario,
  host: Host,
  merchant: ServeMerchant,
  otherSigner: ReturnType<typeof nodeSigner>,
): Promise<boolean> {
  const { served, clock } = host;
  const { appid, signer } = merchant;
  if (signer === null) {
    throw new UsageError(
      "scenario_key",
      `A scenario is played by ${appid}, whose private key is not known.`,
      {
        hint: `Give its private key: --merchant ${appid}=private.pem`,
      },
    );
  }
  const verifier = nodeVerifier(served.gateway.signer.key);
  const port = plainMerchant({ served, appid, signer, otherSigner, verifier, seed: 1 });
  const { steps, broken, ok } = await runScenario(scenario, { served, clock, appid, merchant: port });
  process.stderr.write(`${scenario.id}: ${scenario.title}\n`);
  for (const [at, step] of steps.entries()) {
    process.stderr.write(`${step.ok ? "  ok" : "  NO"} ${String(at + 1).padStart(2)}. ${step.sentence}.\n`);
    if (!step.ok) process.stderr.write(`        expected ${step.expected}, found ${step.got}\n`);
  }
  for (const what of broken) process.stderr.write(`  broken invariant: ${what}\n`);
  return ok;
}
