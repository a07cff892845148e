import { Validator } from "@cfworker/json-schema";
import { MESSAGE_FIELDS, type MessageName, schemaErrors } from "@ksherproof/spec/validators";
import { loadSpecs } from "@ksherproof/spec-loader";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schemaProblems } from "../../packages/core/src/validate/problem.js";
import { coreVerdict } from "./core-verdict.js";
import { compiled, source } from "./folder.js";
import { asserts, dataShape, invalid, messages, type Shape, shapeOf } from "./generate-messages.js";

type Json = Record<string, unknown>;

const { schemas } = loadSpecs(source, compiled);
const names = Object.keys(MESSAGE_FIELDS) as MessageName[];

/** The second implementation of JSON Schema, which nobody of ours wrote. */
const others = new Map(
  names.map((name) => {
    const schema = schemas.get(name) ?? {};
    const validator = new Validator(schema as object, "2020-12");
    for (const [other, one] of schemas)
      if (/^(fields|query-data|cancel|gateway|mch|ksherpay)/.test(other) && other !== name)
        validator.addSchema(one as object);
    return [name, validator];
  }),
);

/** The codes that a message may have, each of which may give it another shape; null for messages without one. */
function codesOf(name: MessageName): readonly (number | null)[] {
  const { code } = shapeOf(schemas, name, null).fields;
  return code === undefined ? [null] : ((code.enum ?? [0]) as readonly number[]);
}

/** A message with its shape, the code fixed. */
function withCode(
  name: MessageName,
  code: number | null,
): { readonly shape: Shape; readonly message: fc.Arbitrary<Json> } {
  const shape = shapeOf(schemas, name, code);
  const message = messages(schemas, shape).map((one) => (code === null ? one : { ...one, code }));
  return { shape, message };
}

interface Spoilt {
  readonly message: Json;
  readonly pointer: string;
  readonly original: Json;
}

/** One thing made wrong: a value, a required field taken away, or a member that is not documented where none may be. */
function spoilt(shape: Shape, original: Json, within = ""): fc.Arbitrary<Spoilt> {
  const ways: fc.Arbitrary<Spoilt>[] = [];
  for (const [field, schema] of Object.entries(shape.fields)) {
    const pointer = `${within}/${field}`;
    if (schema.absent === true || shape.closed?.includes(field) === false) {
      ways.push(fc.constant({ message: { ...original, [field]: "" }, pointer, original }));
      continue;
    }
    if (asserts(schema))
      ways.push(
        invalid(field, schema).map((value) => ({
          message: { ...original, [field]: value },
          pointer,
          original,
        })),
      );
    const inner = original[field];
    if (schema.properties !== undefined && typeof inner === "object" && inner !== null) {
      const nested = spoilt(dataShape(schemas, schema), inner as Json, pointer);
      ways.push(nested.map((one) => ({ ...one, message: { ...original, [field]: one.message }, original })));
    }
    if (shape.required.includes(field)) {
      const { [field]: _, ...rest } = original;
      ways.push(fc.constant({ message: rest, pointer, original }));
    }
  }
  if (shape.closed !== null)
    ways.push(
      fc.constant({ message: { ...original, odd_member: "" }, pointer: `${within}/odd_member`, original }),
    );
  return fc.oneof(...ways);
}

describe.each(names)("three verdicts on %s", (name) => {
  const other = others.get(name);
  const verdicts = (value: unknown) => ({
    compiled: schemaErrors(name, value).length === 0,
    second: other?.validate(value).valid,
  });

  it.each(codesOf(name))("messages made from the schema (code %s) are valid for all", (code) => {
    fc.assert(
      fc.property(withCode(name, code).message, (message) => {
        expect(verdicts(message), JSON.stringify(schemaErrors(name, message))).toEqual({
          compiled: true,
          second: true,
        });
        const core = coreVerdict(name, message, message, null);
        expect(core === null || core).toBe(true);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it.each(codesOf(name))("one thing wrong (code %s): all refuse, and the pointer is right", (code) => {
    const { shape, message } = withCode(name, code);
    fc.assert(
      fc.property(
        message.chain((one) => spoilt(shape, one)),
        ({ message: wrong, pointer, original }) => {
          expect(verdicts(wrong), pointer).toEqual({ compiled: false, second: false });
          const found = schemaProblems(name, wrong).map((problem) => problem.pointer);
          expect(found, pointer).toContain(pointer);
          expect(
            found.every((one) => one === pointer || one.startsWith(`${pointer}/`) || pointer === "/code"),
            found.join(" "),
          ).toBe(true);
          const core = coreVerdict(name, wrong, original, pointer);
          expect(core === null || !core, `core takes ${pointer}`).toBe(true);
        },
      ),
      { numRuns: 120, seed: 5 },
    );
  });
});
