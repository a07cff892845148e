import { MESSAGE_FIELDS, type MessageName } from "./generated/messages.js";
import { VALIDATORS as COMPILED } from "./generated/validators.js";

export { MESSAGE_FIELDS, type MessageName };

/** One difference between a message and its schema, in the words of JSON Schema. */
export interface SchemaError {
  /** A JSON pointer. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly propertyName?: string;
}

/** What is expected at one place of a message, and the requirement behind it. */
export interface MessageField {
  readonly expected: string;
  readonly requirement: string;
  readonly byKeyword?: Readonly<Record<string, string>>;
}

type Compiled = ((value: unknown) => boolean) & { readonly errors?: readonly SchemaError[] | null };

/** Every difference between a value and a message's schema; none where it fits. Compiled ahead from specs/schemas. */
export function schemaErrors(message: MessageName, value: unknown): readonly SchemaError[] {
  const validate = (COMPILED as unknown as Readonly<Record<MessageName, Compiled>>)[message];
  return validate(value) ? [] : (validate.errors ?? []);
}

/** What is expected at a JSON pointer of a message, or undefined where nothing is said of it. */
export function fieldOf(message: MessageName, pointer: string): MessageField | undefined {
  return (MESSAGE_FIELDS as Readonly<Record<MessageName, Readonly<Record<string, MessageField>>>>)[message][
    pointer
  ];
}
