import {
  canonicalText,
  coveredBy,
  envelopeFields,
  explain,
  type Message,
  queryShapeProblem,
  type Rejection,
  recognise,
  verifyText,
} from "@ksherproof/core";
import { type LoadedKey, nodeVerifier } from "@ksherproof/keys";
import { checkEndpoint, readInput, rejectedInput } from "../input.js";
import { loadKeys, otherKeys } from "../key-options.js";
import { colours, print, printJson } from "../output.js";

/** What `verify --json` prints (specs/schemas/cli-verify.schema.json). */
export interface VerifyReport {
  readonly valid: boolean;
  readonly key: string | null;
  /** Null, as is the text, where the message breaks a rule before there is a text. */
  readonly kind: string | null;
  readonly endpoint: string | null;
  readonly covers: "all" | readonly string[];
  readonly canonical: string | null;
  readonly rejection: Rejection | null;
  readonly explanation: { readonly verdict: string; readonly summary: string } | null;
}

export function act(
  file: string,
  options: { key?: readonly string[]; endpoint?: string; json?: true },
): void {
  const keys = loadKeys(options.key);
  checkEndpoint(options.endpoint);
  const text = readInput(file);
  const message = recognise(text, options.endpoint);
  if (!message.ok && !isVerdict(message.rejection)) {
    throw rejectedInput(file === "-" ? "Standard input" : file, text, message.rejection);
  }
  const report = message.ok ? verifyMessage(message.value, keys) : refused(message.rejection);
  if (options.json) printJson(report);
  else if (message.ok) show(report, message.value);
  else print(`${colours.red("NOT valid")}: ${message.rejection.detail} (${message.rejection.requirement})`);
  process.exitCode = report.valid ? 0 : 1;
}

/** Verifies a message: the signature with each key in turn, then the shape where it is a query answer (QRY-001, QRY-007). */
export function verifyMessage(message: Message, keys: readonly LoadedKey[]): VerifyReport {
  const canonical = canonicalText(message.params);
  const covers = message.endpoint === null ? "all" : coveredBy(message.endpoint);
  const base = { kind: message.kind, endpoint: message.endpoint, covers, canonical };
  const { signature } = message;
  if (signature === null) {
    const rejection = { code: "signature_missing", field: "sign", ...missingSign(message) };
    return { ...base, valid: false, key: null, rejection, explanation: null };
  }
  const results = keys.map((key) => ({
    key,
    result: verifyText(canonical, signature, nodeVerifier(key.key)),
  }));
  const good = results.find(({ result }) => result.ok);
  if (good) {
    const shape = message.envelope && queryShapeProblem(message.envelope.data, message.endpoint, canonical);
    return { ...base, valid: shape === null, key: good.key.name, rejection: shape, explanation: null };
  }
  const [first] = results;
  const rejection = first && !first.result.ok ? first.result.rejection : null;
  return {
    ...base,
    valid: false,
    key: null,
    rejection,
    explanation: first ? explanationOf(message, signature, first.key, keys) : null,
  };
}

function missingSign({ envelope }: Message): Pick<Rejection, "requirement" | "detail"> {
  if (!envelope) return { requirement: "REQ-003", detail: "The params have no sign." };
  const detail =
    "The message has no sign. Answers of cancel_order are not signed: query the order to be certain.";
  return { requirement: "QRY-002", detail };
}

function explanationOf(
  message: Message,
  signature: string,
  key: LoadedKey,
  keys: readonly LoadedKey[],
): VerifyReport["explanation"] {
  const { verdict, summary } = explain({
    ...material(message),
    signature,
    key,
    others: [...keys.slice(1), ...otherKeys(keys)],
  });
  return { verdict, summary };
}

/** What the doctor can use of a message. */
export function material(message: Message) {
  const envelope = envelopeFields(message);
  return {
    params: message.params,
    fields: message.fields,
    body: message.body,
    ...(message.dataText === null ? {} : { dataText: message.dataText }),
    ...(envelope === undefined ? {} : { envelope }),
  };
}

/**
 * Whether what is wrong with a text is a verdict on the message, exit code 1: a member that stands twice, a bad escape.
 * A text that is cut short, or no message at all, is a mistake of whoever gave it.
 */
function isVerdict({ code, requirement }: Rejection): boolean {
  const usage = ["json_truncated", "json_empty", "json_bom", "not_an_object"];
  return requirement !== null && !usage.includes(code) && !code.startsWith("curl_");
}

function refused(rejection: Rejection): VerifyReport {
  const none = { key: null, kind: null, endpoint: null, covers: "all", canonical: null } as const;
  return { ...none, valid: false, rejection, explanation: null };
}

function show(report: VerifyReport, message: Message): void {
  print(`This is ${message.what}.`);
  if (report.valid) {
    print(`${colours.green("valid")}: signed with ${report.key}, over ${message.params.size} fields.`);
    return;
  }
  const { rejection, explanation } = report;
  const requirement = rejection?.requirement ? ` (${rejection.requirement})` : "";
  print(`${colours.red("NOT valid")}: ${rejection?.detail ?? "the signature does not fit."}${requirement}`);
  if (report.key)
    print(
      `The signature itself is ${report.key}'s over these bytes; the fields were merged across their borders.`,
    );
  if (explanation) print(explanation.summary);
  if (explanation) print("`ksherproof explain` with the same arguments shows each step.");
}
