import {
  canonicalText,
  couldBeQueryAnswer,
  diffTexts,
  type Explanation,
  explain,
  type Message,
  type Reading,
  readingsOf,
  UsageError,
} from "@ksherproof/core";
import { ENDPOINTS, KNOWN_SIGNATURES } from "@ksherproof/spec";
import { readMessage } from "../input.js";
import { loadKeys, otherKeys } from "../key-options.js";
import { colours, diffLines, print, printJson, table, visible } from "../output.js";
import { material } from "./verify.js";

export interface Options {
  readonly key?: readonly string[];
  readonly endpoint?: string;
  readonly json?: true;
  readonly ambiguity?: true;
  readonly sign?: string;
}

type Known = (typeof KNOWN_SIGNATURES)[number] | null;

export function act(file: string, options: Options): void {
  const message = readMessage(file, options.endpoint);
  if (options.ambiguity) {
    showAmbiguity(message, options);
    return;
  }
  const keys = loadKeys(options.key);
  const signature = options.sign ?? message.signature ?? "";
  const found = explain({
    ...material(message),
    signature,
    key: keys[0],
    others: [...keys.slice(1), ...otherKeys(keys)],
  });
  const known = KNOWN_SIGNATURES.find(({ sign }) => sign === signature.toLowerCase()) ?? null;
  if (options.json) printJson(reportOf(message, found, known));
  else show(message, found, known);
  process.exitCode = found.verdict === "valid" ? 0 : 1;
}

/** What `explain --json` prints (specs/schemas/cli-explain.schema.json). */
function reportOf(message: Message, found: Explanation, known: Known) {
  return {
    verdict: found.verdict,
    summary: found.summary,
    mistakes: found.mistakes.map(({ id }) => id),
    details: found.mistakes,
    canonical: found.canonical,
    signed_text: found.signedText,
    made_by: found.madeBy,
    hash: found.hash,
    known: known === null ? null : { id: known.id, says: known.says },
    kind: message.kind,
    endpoint: message.endpoint,
    steps: {
      pairs: found.steps.pairs,
      canonical_utf8_hex: found.steps.canonicalHex,
      digest: found.steps.digest,
      digest_info: found.steps.digestInfo,
      encoded_message: found.steps.encodedMessage,
      recovered: found.steps.recovered,
      recovered_digest: found.steps.recoveredDigest,
    },
  };
}

function show(message: Message, found: Explanation, known: Known): void {
  print(`This is ${message.what}.`);
  const paint = found.verdict === "valid" ? colours.green : colours.red;
  print(`${paint(found.verdict)}: ${found.summary}`);
  if (known) print(known.says);
  for (const { id, requirement, says } of found.mistakes) print(`  - ${id} (${requirement}): ${says}`);
  if (found.signedText !== null && found.signedText !== found.canonical) {
    print(`\n${diffLines(diffTexts(found.canonical, found.signedText), ["should sign", "signed"])}`);
  }
  const { steps } = found;
  print("\nThe way from params to signature:");
  print(table(steps.pairs.map(([name, value]) => [name, visible(value)] as const)));
  print(
    table([
      ["canonical text", visible(found.canonical)],
      ["MD5 digest", steps.digest],
      ["DigestInfo", steps.digestInfo],
      ["encoded message", steps.encodedMessage],
      ["it carries", steps.recovered ?? "nothing that this key can read"],
      ["digest carried", steps.recoveredDigest ?? "none"],
    ]),
  );
}

function showAmbiguity(message: Message, options: Options): void {
  const readings = ambiguityOf(message);
  if (options.json) {
    printJson({
      canonical: canonicalText(message.params),
      readings: readings.map((pairs) => Object.fromEntries(pairs)),
    });
    return;
  }
  print(`This is ${message.what}.`);
  if (readings.length === 0) {
    print("Its canonical text can be split into the documented fields in one way only: this message.");
    return;
  }
  print(
    `The same signature covers ${readings.length} other message${readings.length === 1 ? "" : "s"} of the documented shape:`,
  );
  for (const reading of readings)
    print(`${table(reading.map(([name, value]) => [name, visible(value)] as const))}\n`);
}

/** The other readings of the documented shape: of a query answer, or of a request of its endpoint (QRY-007). */
function ambiguityOf(message: Message): readonly Reading[] {
  const canonical = canonicalText(message.params);
  const own = JSON.stringify([...message.params].sort());
  const readings = couldBeQueryAnswer(canonical)
    ? readingsOf(canonical)
    : requestReadings(message, canonical);
  return readings.filter((reading) => JSON.stringify([...reading].sort()) !== own);
}

function requestReadings(message: Message, canonical: string): readonly Reading[] {
  if (message.envelope !== null) return readingsOf(canonical, [...message.params.keys()].sort(), () => true);
  const names = Object.values(ENDPOINTS).find(({ name }) => name === message.endpoint)?.requestFields ?? [];
  if (message.endpoint !== null && message.params.size === 0) {
    throw new UsageError(
      "no_params",
      "The message has no params: there is nothing that could be read in two ways.",
    );
  }
  const sets = [names.length > 0 ? [...names] : [...message.params.keys()].sort()];
  if (names.some((name) => name === "lang")) sets.push(names.filter((name) => name !== "lang"));
  return sets.flatMap((set) => readingsOf(canonical, set, () => true));
}
