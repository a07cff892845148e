import { UsageError } from "@ksherproof/core";
import {
  type MessageRole,
  VALIDATED_ENDPOINTS,
  type Validation,
  validateMessage,
} from "@ksherproof/core/validate";
import { readInput, rejectedInput } from "../input.js";
import { colours, print, printJson, visible } from "../output.js";

export interface Options {
  readonly endpoint?: string;
  readonly as?: MessageRole;
  readonly strict?: true;
  readonly json?: true;
}

const WORDS: Readonly<Record<MessageRole, string>> = {
  request: "a request to",
  response: "an answer of",
  webhook: "a webhook of",
  reply: "a reply to the webhook",
};

export function act(file: string, options: Options): void {
  checkEndpoint(options.endpoint);
  const text = readInput(file);
  const { endpoint, as: role, strict } = options;
  const validation = validateMessage(text, {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(role === undefined ? {} : { role }),
    ...(strict === undefined ? {} : { strict }),
  });
  if (!validation.ok) throw rejectedInput(file === "-" ? "Standard input" : file, text, validation.rejection);
  if (options.json) printJson(validation.value);
  else show(validation.value, tolerated(text, validation.value, options));
  process.exitCode = validation.value.valid ? 0 : 1;
}

function checkEndpoint(name: string | undefined): void {
  if (name === undefined || VALIDATED_ENDPOINTS.includes(name)) return;
  throw new UsageError("endpoint_unknown", `There is no schema for an endpoint ${name}.`, {
    hint: `Give one of: ${VALIDATED_ENDPOINTS.join(", ")}.`,
  });
}

/** How many places only the strict reading would name. */
function tolerated(text: string, { valid, message, endpoint }: Validation, { strict }: Options): number {
  if (!valid || strict) return 0;
  const again = validateMessage(text, {
    role: message,
    strict: true,
    ...(endpoint === null ? {} : { endpoint }),
  });
  return again.ok ? again.value.problems.length : 0;
}

function show({ valid, message, endpoint, problems }: Validation, deviations: number): void {
  print(
    `This is ${WORDS[message]} ${endpoint ?? "an endpoint outside of Order Cancel, or of one that cannot be told"}.`,
  );
  if (valid) {
    const places = deviations === 1 ? "1 deviation is" : `${deviations} deviations are`;
    print(
      `${colours.green("valid")}${deviations === 0 ? "" : `; ${places} tolerated, --strict names them`}.`,
    );
    return;
  }
  print(
    `${colours.red("NOT valid")}: ${problems.length === 1 ? "1 problem" : `${problems.length} problems`}.`,
  );
  for (const { pointer, requirement, detail } of problems)
    print(`  ${pointer || "(all)"}  ${visible(detail)}${requirement === null ? "" : ` (${requirement})`}`);
}
