import { describe, expect, it } from "vitest";
import { explain, parseJson } from "../../src/index.js";
import { newKey, signWith } from "./planted.js";

const { named, privateKey } = newKey("merchant", 1024);

type Params = Readonly<Record<string, string>>;

/** The mistakes that are named where these params stood beside a signature of these bytes. */
function namesOf(params: Params, signed: string | Uint8Array, more: object = {}): readonly string[] {
  const signature = signWith(privateKey, signed);
  const found = explain({
    params: new Map(Object.entries(params)),
    signature,
    key: named,
    quick: true,
    ...more,
  });
  return found.mistakes.map(({ id }) => id);
}

const ONE = { a: "1", b: "2" };
const NAMES = { a: "0", "～": "1", "😀": "2" };
const STAMP = "20261124112030";
const SECONDS = "1795519230";
const bytes = (...list: number[]): Uint8Array => Uint8Array.from([0x61, 0x3d, ...list]);

/** Each mistake, and by hand what a signer with it makes of the params. */
const PLANTED: readonly (readonly [id: string, params: Params, signed: string | Uint8Array])[] = [
  ["integer_names_first", { "-a": "1", 10: "2", 9: "3" }, "9=310=2-a=1"],
  ["sorted_naturally", { a10: "1", a9: "2", b: "3" }, "a9=2a10=1b=3"],
  ["sorted_by_locale", { a: "1", f: "2", é: "3" }, "a=1é=3f=2"],
  ["sorted_by_utf16", NAMES, "a=0😀=2～=1"],
  ["sorted_by_value", { a: "2", c: "1", b: "1" }, "b=1c=1a=2"],
  ["sorted_by_length", { bbb: "1", dd: "2", cc: "3" }, "cc=3dd=2bbb=1"],
  ["joined_with_comma_space", ONE, "a=1, b=2"],
  ["joined_with_crlf", ONE, "a=1\r\nb=2"],
  ["joined_with_html_ampersand", ONE, "a=1&amp;b=2"],
  ["spaced_equals", ONE, "a = 1b = 2"],
  ["names_only", ONE, "ab"],
  ["trailing_crlf", ONE, "a=1b=2\r\n"],
  ["trailing_space", ONE, "a=1b=2 "],
  ["trailing_nul", ONE, "a=1b=2\0"],
  ["byte_order_mark", ONE, "\uFEFFa=1b=2"],
  ["quoted_text", ONE, '"a=1b=2"'],
  ["falsy_values_dropped", { a: "0", b: "x", c: "false", d: "null", e: "" }, "b=x"],
  ["names_lower_cased", { Aa: "X", b: "Y" }, "aa=Xb=Y"],
  ["names_camel_cased", { a: "1", mch_order_no: "X" }, "a=1mchOrderNo=X"],
  ["values_percent_encoded", { a: "x!*'()y é" }, "a=x!*'()y%20%C3%A9"],
  ["values_percent_encoded_rfc3986", { a: "x!*'()~ é" }, "a=x%21%2A%27%28%29~%20%C3%A9"],
  ["values_form_encoded", { a: "x!*~ é" }, "a=x%21*%7E+%C3%A9"],
  ["values_form_encoded_lower", { a: "é b" }, "a=%c3%a9+b"],
  ["values_percent_encoded_lower", { a: "é b" }, "a=%c3%a9%20b"],
  ["values_uri_encoded", { a: "x/y&z é" }, "a=x/y&z%20%C3%A9"],
  ["non_ascii_percent_encoded", { a: "x /%é" }, "a=x /%%C3%A9"],
  ["astral_as_question_mark", { a: "é😀" }, "a=é?"],
  ["spaces_collapsed", { a: "x  \t y" }, "a=x y"],
  ["crlf_as_lf", { a: "x\r\ny\rz" }, "a=x\ny\nz"],
  ["lf_as_crlf", { a: "x\ny\r\nz" }, "a=x\r\ny\r\nz"],
  ["values_nfc", { a: "e\u0301" }, "a=\u00e9"],
  ["values_nfkc", { a: "\ufb01" }, "a=fi"],
  ["values_html_escaped", { a: '<&>"' }, "a=&lt;&amp;&gt;&quot;"],
  ["backslashes_added", { a: "x\"y'z\\" }, "a=x\\\"y\\'z\\\\"],
  ["leading_zeros_dropped", { a: "0017", b: "0" }, "a=17b=0"],
  ["values_cut_at_nul", { a: "x\0y" }, "a=x"],
  ["non_ascii_removed", { a: "xé😀y" }, "a=xy"],
  ["non_ascii_as_question_mark", { a: "xé😀y" }, "a=x??y"],
  ["amount_in_satang", { total_fee: "20.5" }, "total_fee=2050"],
  ["amount_two_places", { cash_fee: "2000", total_fees: "2000" }, "cash_fee=2000.00total_fees=2000"],
  ["amount_as_float", { amount: "-5", fee: "7" }, "amount=-5.0fee=7.0"],
  ["amount_in_baht", { total_fee: "2050", count: "300" }, "count=300total_fee=20.5"],
  ["amount_in_baht_two_places", { total_fee: "2050", count: "300" }, "count=300total_fee=20.50"],
  [
    "amount_in_satang",
    { total_fee: "20.25", cash_fee: "x1", count: "3" },
    "cash_fee=x1count=3total_fee=2025",
  ],
  ["blank_values_dropped", { a: " \t", b: "x", c: "" }, "b=x"],
  ["names_upper_cased", { a: "x", b: "y" }, "A=xB=y"],
  ["order_number_left_out", { a: "1", mch_order_no: "2" }, "a=1"],
  ["extra_lang_en", { a: "1", nonce: "2" }, "a=1lang=ennonce=2"],
  ["values_unicode_escaped", { a: "xé😀" }, "a=x\\u00e9\\ud83d\\ude00"],
  ["values_decoded", { a: "a%20b", b: "50%" }, "a=a bb=50%"],
  ["values_trimmed", { a: " x y " }, "a=x y"],
  ["spaces_removed", { a: "x y\tz" }, "a=xyz"],
  ["values_upper_cased", { a: "xY" }, "a=XY"],
  ["values_lower_cased", { A: "xY" }, "A=xy"],
  ["leading_zeros_dropped", { a: "0017x", b: "007", c: "1007" }, "a=0017xb=7c=1007"],
  ["time_stamp_with_s", { at: STAMP, time_stamp: STAMP }, `at=${STAMP}time_stamp=2026112411203030S`],
  ["time_stamp_in_seconds", { at: STAMP, time_stamp: STAMP }, `at=${STAMP}time_stamp=${SECONDS}`],
  ["time_stamp_as_date", { at: SECONDS, time_stamp: SECONDS }, `at=${SECONDS}time_stamp=${STAMP}`],
  ["signed_as_windows_1252", { a: "€\x7f\xa0ÿ" }, bytes(0x80, 0x7f, 0xa0, 0xff)],
  ["signed_as_latin1", { a: "ÿก" }, bytes(0xff, 0x3f)],
  [
    "signed_as_cesu8",
    { a: "\x7f\x80\u07ff\u0800😀" },
    bytes(0x7f, 0xc2, 0x80, 0xdf, 0xbf, 0xe0, 0xa0, 0x80, 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80),
  ],
  ["time_stamp_in_milliseconds", { time_stamp: STAMP }, `time_stamp=${SECONDS}000`],
  ["time_stamp_in_seconds", { time_stamp: STAMP }, `time_stamp=${SECONDS}`],
  ["time_stamp_in_seconds", { time_stamp: `${SECONDS}000` }, `time_stamp=${SECONDS}`],
  ["time_stamp_as_date", { time_stamp: SECONDS }, `time_stamp=${STAMP}`],
  ["time_stamp_as_date", { time_stamp: `${SECONDS}999` }, `time_stamp=${STAMP}`],
  ["time_stamp_as_iso", { time_stamp: SECONDS }, "time_stamp=2026-11-24T11:20:30Z"],
  ["booleans_capitalised", { a: "false", b: "null" }, "a=Falseb=null"],
  ["booleans_as_digits", { a: "false", b: "true" }, "a=0b=1"],
  ["booleans_php", { a: "false", b: "true" }, "a=b=1"],
  ["strings_quoted", { a: "x\ny" }, 'a="x\\ny"'],
  ["json_with_spaces_signed", { b: "1", a: "é" }, '{"a": "é", "b": "1"}'],
  ["json_escaped_signed", { b: "1", a: "é" }, '{"a":"\\u00e9","b":"1"}'],
  ["json_with_spaces_escaped_signed", { b: "1", a: "é" }, '{"a": "\\u00e9", "b": "1"}'],
  ["json_php_signed", { a: "/é" }, '{"a":"\\/\\u00e9"}'],
  ["json_indented_signed", { b: "1", a: "é" }, '{\n  "a": "é",\n  "b": "1"\n}'],
  ["repr_signed", { b: "1", a: "é" }, "{'a': 'é', 'b': '1'}"],
  ["signs_nothing", ONE, ""],
  ["signed_as_latin1", { a: "é😀ก" }, bytes(0xe9, 0x3f, 0x3f)],
  ["signed_as_low_bytes", { a: "ก" }, bytes(0x01)],
  ["signed_as_ascii", { a: "é😀" }, bytes(0x3f, 0x3f, 0x3f)],
  ["signed_as_big5", { a: "測" }, bytes(0xb4, 0xfa)],
  ["signed_as_windows_874", { a: "ก" }, bytes(0xa1)],
  ["signed_as_windows_1252", { a: "œéŸ" }, bytes(0x9c, 0xe9, 0x9f)],
  ["signed_as_shift_jis", { a: "あ" }, bytes(0x82, 0xa0)],
  ["signed_as_utf16be", { a: "ก" }, Uint8Array.of(0, 0x61, 0, 0x3d, 0x0e, 0x01)],
  ["signed_as_utf16le", { a: "ก" }, Uint8Array.of(0x61, 0, 0x3d, 0, 0x01, 0x0e)],
  ["signed_as_double_utf8", { a: "é" }, bytes(0xc3, 0x83, 0xc2, 0xa9)],
  ["signed_as_cesu8", { a: "ก😀é" }, bytes(0xe0, 0xb8, 0x81, 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, 0xc3, 0xa9)],
];

describe("each mistake has its name", () => {
  it.each(PLANTED)("%s", (id, params, signed) => {
    expect(namesOf(params, signed)).toEqual([id]);
  });
});

const DATA =
  '{"n": 1.50, "k": 12345, "t": true, "z": null, "s": "x", "list": [{"b": "é/", "a": [1, true, null]}], "map": {"b": 1, "a": "x"}}';

describe("each mistake with typed and nested values has its name", () => {
  const parsed = parseJson(DATA);
  if (!parsed.ok || parsed.value.kind !== "object") throw new Error("DATA is an object");
  const written: Record<string, string> = {
    n: "1.50",
    k: "12345",
    t: "true",
    z: "null",
    s: "x",
    list: '[{"a":[1,true,null],"b":"é/"}]',
    map: '{"a":"x","b":1}',
  };
  const fields = parsed.value.members.map(({ name, value }) => ({
    name,
    value: written[name] ?? "",
    node: value,
  }));
  const rightText = (change: Record<string, string | null>): string =>
    Object.entries({ ...written, ...change })
      .filter(([, value]) => value !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join("");
  const more = {
    fields,
    dataText: DATA,
    body: ` {"code":0,"data":${DATA}}\n`,
    envelope: [
      { name: "code", value: "0" },
      { name: "data", value: "the members, compact" },
      { name: "msg", value: "ok" },
      { name: "sign", value: "00" },
    ],
  };

  it.each([
    ["numbers_as_float", rightText({ k: "12345.0" })],
    ["numbers_parsed", rightText({ n: "1.5" })],
    ["numbers_as_integer", rightText({ n: "1" })],
    ["numbers_in_exponent_form", rightText({ n: "1.5E0", k: "1.2345E4" })],
    ["numbers_grouped", rightText({ k: "12,345" })],
    ["booleans_capitalised", rightText({ t: "True", z: "None" })],
    ["booleans_as_digits", rightText({ t: "1" })],
    ["null_as_none", rightText({ z: "None" })],
    ["null_as_empty", rightText({ z: "" })],
    ["strings_quoted", rightText({ s: '"x"' })],
    ["nested_values_dropped", rightText({ list: null, map: null })],
    ["nested_as_received", rightText({ list: '[{"b":"é/","a":[1,true,null]}]', map: '{"b":1,"a":"x"}' })],
    [
      "nested_with_spaces",
      rightText({ list: '[{"b": "é/", "a": [1, true, null]}]', map: '{"b": 1, "a": "x"}' }),
    ],
    [
      "nested_sorted_with_spaces",
      rightText({ list: '[{"a": [1, true, null], "b": "é/"}]', map: '{"a": "x", "b": 1}' }),
    ],
    ["nested_escaped", rightText({ list: '[{"a":[1,true,null],"b":"\\u00e9/"}]' })],
    [
      "nested_as_python",
      rightText({ list: "[{'b': 'é/', 'a': [1, True, None]}]", map: "{'b': 1, 'a': 'x'}" }),
    ],
    ["nested_as_object_text", rightText({ list: '{"b":"é/","a":[1,true,null]}', map: "[object Object]" })],
    ["nested_as_array_word", rightText({ list: "Array", map: "Array" })],
    ["envelope_merged", `code=0${rightText({}).replace("n=1.50", "msg=okn=1.50")}`],
    ["envelope_instead_of_data", `code=0data=${DATA}msg=ok`],
    ["envelope_without_data", "code=0msg=ok"],
    ["body_signed", more.body],
    ["body_trimmed_signed", more.body.trim()],
    ["data_json_signed", DATA],
    [
      "json_signed",
      `{"k":12345,"list":${written.list},"map":${written.map},"n":1.50,"s":"x","t":true,"z":null}`,
    ],
    [
      "repr_signed",
      "{'k': 12345, 'list': [{'b': 'é/', 'a': [1, True, None]}], 'map': {'b': 1, 'a': 'x'}, 'n': 1.50, 's': 'x', 't': True, 'z': None}",
    ],
  ])("%s", (id, signed) => {
    expect(namesOf(written, signed, more)).toEqual([id]);
  });
});
