import fc from "fast-check";

/** One character (code point): what signing, forms and JSON stumble over comes often. */
const character = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0x20, max: 0x7e }).map((point) => String.fromCodePoint(point)) },
  { weight: 2, arbitrary: fc.constantFrom(..."\"\\/=&+%~ \t\r\n\0\b\f\u001f\u007f<>'") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "\u2028",
      "\u2029",
      "\ufeff",
      "\ufffd",
      "\uffff",
      "\ud7ff",
      "\ue000",
      "e\u0301",
      "é",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0x80, max: 0xd7ff }).map((point) => String.fromCodePoint(point)),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0xe000, max: 0x10ffff }).map((point) => String.fromCodePoint(point)),
  },
);

export const text: fc.Arbitrary<string> = fc.string({ unit: character, maxLength: 24 });

/** Names, many of which begin one another, look like numbers, or mean something to some language. */
export const name: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: character, minLength: 1, maxLength: 6 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ..."a A a1 a-b a.b a_b aB a10 a9 0 1 9 10 01 -1 1e3 _ é f \ue000 😀 \ufffd".split(" "),
      ..."sign Sign appid attach mch_order_no total_fee __proto__ constructor toString length null true".split(
        " ",
      ),
    ),
  },
);

export const params: fc.Arbitrary<ReadonlyMap<string, string>> = fc
  .uniqueArray(fc.tuple(name, text), { selector: ([key]) => key, maxLength: 8 })
  .map((pairs) => new Map(pairs));

const hex = (unit: number, upper: boolean): string => {
  const digits = unit.toString(16).padStart(4, "0");
  return `\\u${upper ? digits.toUpperCase() : digits}`;
};
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "/": "\\/",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** A JSON string as any writer may write it: raw where JSON allows it, with short escapes, or with \u in either case. */
const literal = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(value, fc.array(fc.nat(4), { minLength: 24, maxLength: 24 })).map(([made, ways]) => {
    const written = [...made].map((one, i) => {
      const way = ways[i % ways.length] ?? 0;
      const short = SHORT[one];
      const mustEscape = one === '"' || one === "\\" || one < " ";
      if (way <= 2 && !mustEscape) return one;
      if (way <= 3 && short !== undefined) return short;
      return Array.from({ length: one.length }, (_, at) => hex(one.charCodeAt(at), way === 4)).join("");
    });
    return `"${written.join("")}"`;
  });

const number = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom(
    ..."0 -0 1.0 2000.0 0.10 1e3 1E+3 1e-7 -1.5e10 9007199254740993 12345678901234567890 1e400".split(" "),
  ),
);

const space = fc.constantFrom("", "", "", " ", "\n", "\t ", "\r\n");

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 6, arbitrary: literal(text) },
    { weight: 2, arbitrary: number },
    { weight: 1, arbitrary: fc.constantFrom("true", "false", "null", "{}", "[]") },
    { weight: 1, arbitrary: fc.array(tie("value"), { maxLength: 3 }).map((items) => `[${items.join(",")}]`) },
    { weight: 1, arbitrary: object(tie("value")) },
  ),
}));

/** An object's text; two of its names may be the same, once in a while. */
function object(of: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.array(fc.tuple(space, literal(name), space, of, space), { maxLength: 6 }).map((members) => {
    const inner = members.map(([a, key, b, made, c]) => `${a}${key}${b}:${made}${c}`).join(",");
    return `{${inner}}`;
  });
}

/** The text of an answer's `data`: an object, as its writer laid it out. */
export const dataText: fc.Arbitrary<string> = object(value);

/** Texts that are no JSON, each with the canonical text that a lenient reader would make of it. */
export const NOT_JSON: readonly (readonly [written: string, lenient: string])[] = [
  ['{"a":"1",}', "a=1"],
  ['{"a":1,,"b":2}', "a=1b=2"],
  ["{'a':'1'}", "a=1"],
  ["{a:1}", "a=1"],
  ['{"a":01}', "a=01"],
  ['{"a":+1}', "a=+1"],
  ['{"a":.5}', "a=.5"],
  ['{"a":1.}', "a=1."],
  ['{"a":1e}', "a=1e"],
  ['{"a":0x10}', "a=16"],
  ['{"a":NaN}', "a=NaN"],
  ['{"a":Infinity}', "a=Infinity"],
  ['{"a":True}', "a=true"],
  ['{"a":"\t"}', "a=\t"],
  ['{"a":"\\x41"}', "a=A"],
  ['{"a":"\\u00e"}', "a=\u000e"],
  ['{"a":"\\u+041"}', "a=A"],
  ['{"a":"\\ud83d"}', "a=\ufffd"],
  ['{"a":"\\ude00\\ud83d"}', "a=\ufffd\ufffd"],
  ['{"a":"1"} x', "a=1"],
  ['{"a":"1"}{}', "a=1"],
  ['\ufeff{"a":"1"}', "a=1"],
  ['{"a":"1"}\u00a0', "a=1"],
  ['{"a":"1"}\u0000', "a=1"],
  ['{"a":"1"', "a=1"],
  ['{"a" "1"}', "a=1"],
  ['{/* c */"a":"1"}', "a=1"],
  ['{"a":[1,]}', "a=[1]"],
  ['{"a":1,"a":1}', "a=1"],
  ['{"a":1,"\\u0061":1}', "a=1"],
  ['{"a":{"b":1,"b":1}}', 'a={"b":1}'],
  ['["a"]', "0=a"],
  ['"a=1"', "a=1"],
  ["null", ""],
];
