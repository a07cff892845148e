import { UsageError } from "@ksherproof/core";
import type { ReportDocument, RequirementDocument } from "./report/document.js";
import type { FailureDocument } from "./report/failure.js";
import { unlike } from "./report/likeness.js";
import { type Command, CUSTOMER_ACTS } from "./script.js";
import { KEY_SIZES } from "./stage-keys.js";

/** One failure with everything that shows it again (specs/schemas/failure-bundle.schema.json). Holds no private key. */
export interface FailureBundle {
  readonly bundle: 1;
  /** The failure's fingerprint: the same failure has the same id, whatever the seed. */
  readonly id: string;
  readonly tool: ReportDocument["tool"];
  readonly client: { readonly name: string; readonly version: string; readonly language: string };
  readonly adapter: string;
  readonly level: string;
  readonly profile: string;
  readonly seed: number;
  readonly runs: number;
  /** Where the virtual clock of the gateway stood, ISO 8601. */
  readonly clock: string;
  readonly requirement: Pick<RequirementDocument, "id" | "level" | "basis" | "text" | "why">;
  readonly failure: FailureDocument;
}

/** The bundles of a report, one for each requirement that failed. */
export function bundlesOf(report: ReportDocument, clock: string): readonly FailureBundle[] {
  const { name, version, language } = report.client;
  return report.requirements.flatMap(({ failure, id, level, basis, text, why }) =>
    failure === null
      ? []
      : [
          {
            bundle: 1 as const,
            id: failure.fingerprint,
            tool: report.tool,
            client: { name, version, language },
            adapter: report.adapter,
            level: report.level,
            profile: report.profile,
            seed: report.seed,
            runs: report.runs,
            clock,
            requirement: { id, level, basis, text, why },
            failure,
          },
        ],
  );
}

/** What a replay reads of a bundle, as an example. */
const BUNDLE_LIKE = {
  ...{ id: "", adapter: "", seed: 0, runs: 0, clock: "" },
  client: { name: "", version: "", language: "" },
  requirement: { id: "", level: "", text: "", why: "" },
  failure: { check: "", detail: "", scene: {}, commands: [{ do: "" }], outcomes: [""] },
};

/** What it reads of each command. */
const COMMANDS_LIKE: { readonly [name in Command["do"]]: unknown } = {
  order: { mch_order_no: "" },
  fault: { endpoint: "", faults: [{ kind: "" }] },
  customer: { act: "", mch_order_no: "" },
  expire: { mch_order_no: "" },
  call: { op: "", mch_order_no: "", fields: {} },
  restart: {},
  canonicalize: { params: {} },
  sign: { params: {}, bits: 0 },
  other: {},
};

function wrongCommand({ failure }: FailureBundle): string | null {
  for (const [i, command] of failure.commands.entries()) {
    const where = `bundle.failure.commands[${i}]`;
    if (!Object.hasOwn(COMMANDS_LIKE, command.do)) return `${where}: there is no command ${command.do}`;
    const wrong = unlike(command, COMMANDS_LIKE[command.do], where);
    if (wrong !== null) return wrong;
    if (command.do === "customer" && !CUSTOMER_ACTS.includes(command.act))
      return `${where}: no customer does ${command.act}`;
    if (command.do === "sign" && !KEY_SIZES.some((bits) => bits === command.bits))
      return `${where}: there is no key of ${command.bits} bits`;
  }
  return null;
}

/** Reads a bundle. Throws `UsageError` that says what is not as it should be. */
export function readBundle(text: string, name: string): FailureBundle {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UsageError("bundle_json", `${name} is no failure bundle: it is no JSON.`, {
      cause,
      hint: "ksherproof check writes them to .ksherproof/failures/.",
    });
  }
  const found = (typeof value === "object" && value !== null ? value : {}) as Partial<FailureBundle>;
  const wrong =
    found.bundle !== 1
      ? `expected "bundle": 1, found ${JSON.stringify(found.bundle) ?? "none"}`
      : (unlike(found, BUNDLE_LIKE, "bundle") ?? wrongCommand(found as FailureBundle));
  if (wrong === null) return found as FailureBundle;
  throw new UsageError("bundle_shape", `${name} is no failure bundle: ${wrong}.`, {
    hint: "ksherproof check writes them to .ksherproof/failures/.",
  });
}
