import { accept, type Result, reject } from "./rejection.js";

/** A JSON value as it stands in a text: numbers keep their lexeme (SIG-012), members their order and their place. */
export type JsonNode =
  | {
      readonly kind: "object";
      readonly start: number;
      readonly end: number;
      readonly members: readonly JsonMember[];
    }
  | {
      readonly kind: "array";
      readonly start: number;
      readonly end: number;
      readonly items: readonly JsonNode[];
    }
  | { readonly kind: "string"; readonly start: number; readonly end: number; readonly value: string }
  | { readonly kind: "number"; readonly start: number; readonly end: number; readonly lexeme: string }
  | { readonly kind: "true" | "false" | "null"; readonly start: number; readonly end: number };

/** One member of an object; `start` is where its name begins. */
export interface JsonMember {
  readonly name: string;
  readonly start: number;
  readonly value: JsonNode;
}

/** Deeper nesting than this is rejected: no message of the protocol has more than three levels. */
const MAX_DEPTH = 128;

/** Where an offset is, for people: line and column count from 1. */
export function lineAndColumn(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  return { line, column: at - before.lastIndexOf("\n") };
}

/**
 * Parses a JSON text (RFC 8259) exactly, keeping lexemes. A duplicated member of any object is rejected (SEC-005), as is
 * all that JSON does not allow, a byte order mark among it; `at` is the offset in UTF-16 units.
 */
export function parseJson(text: string): Result<JsonNode> {
  const parser = new Parser(text);
  try {
    return accept(parser.document());
  } catch (thrown) {
    if (thrown instanceof Stop) return thrown.rejected;
    throw thrown;
  }
}

/** A member of an object node by name, or undefined. Names such as `__proto__` are names like any other (SEC-005). */
export function member(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.kind === "object" ? node.members.find((m) => m.name === name)?.value : undefined;
}

/** The text of a string node, or undefined. */
export function stringOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === "string" ? node.value : undefined;
}

/** The integer of a number node whose lexeme is plain decimal and safe, or undefined (RSP-007). */
export function integerOf(node: JsonNode | undefined): number | undefined {
  if (node?.kind !== "number" || !/^-?(0|[1-9][0-9]*)$/.test(node.lexeme)) return undefined;
  const value = Number(node.lexeme);
  return Number.isSafeInteger(value) ? value : undefined;
}

class Stop extends Error {
  readonly rejected: { readonly ok: false; readonly rejection: import("./rejection.js").Rejection };
  constructor(rejected: Stop["rejected"]) {
    super(rejected.rejection.detail);
    this.rejected = rejected;
  }
}

const STRING_PLAIN = /[^"\\\u0000-\u001f]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const SPACE = /[ \t\n\r]*/y;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

class Parser {
  readonly text: string;
  at = 0;
  depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): JsonNode {
    if (this.text.charCodeAt(0) === 0xfeff)
      this.stop("json_bom", "Expected JSON, found a byte order mark before it.");
    const node = this.value("a JSON value");
    this.space();
    if (this.at < this.text.length) this.unexpected("the end of the JSON text");
    return node;
  }

  private value(expected: string): JsonNode {
    this.space();
    const start = this.at;
    const next = this.text[start];
    if (next === "{") return this.object(start);
    if (next === "[") return this.array(start);
    if (next === '"') return { kind: "string", start, value: this.string(), end: this.at };
    for (const word of ["true", "false", "null"] as const) {
      if (this.text.startsWith(word, start)) {
        this.at += word.length;
        return { kind: word, start, end: this.at };
      }
    }
    const lexeme = this.match(NUMBER);
    if (lexeme === "") this.unexpected(expected);
    return { kind: "number", start, lexeme, end: this.at };
  }

  private object(start: number): JsonNode {
    const members: JsonMember[] = [];
    const seen = new Set<string>();
    this.enter();
    this.space();
    if (this.text[this.at] !== "}") {
      for (;;) {
        this.space();
        const nameAt = this.at;
        if (this.text[nameAt] !== '"') this.unexpected("a member name in double quotes");
        const name = this.string();
        if (seen.has(name)) {
          this.stop(
            "duplicate_member",
            `The member ${JSON.stringify(name)} stands twice in one object.`,
            nameAt,
            name,
          );
        }
        seen.add(name);
        this.space();
        if (this.text[this.at] !== ":") this.unexpected("a colon");
        this.at += 1;
        members.push({ name, start: nameAt, value: this.value("a value") });
        this.space();
        if (this.text[this.at] !== ",") break;
        this.at += 1;
      }
      if (this.text[this.at] !== "}") this.unexpected("a comma or a closing brace");
    }
    this.leave();
    return { kind: "object", start, members, end: this.at };
  }

  private array(start: number): JsonNode {
    const items: JsonNode[] = [];
    this.enter();
    this.space();
    if (this.text[this.at] !== "]") {
      for (;;) {
        items.push(this.value("a value"));
        this.space();
        if (this.text[this.at] !== ",") break;
        this.at += 1;
      }
      if (this.text[this.at] !== "]") this.unexpected("a comma or a closing bracket");
    }
    this.leave();
    return { kind: "array", start, items, end: this.at };
  }

  private string(): string {
    this.at += 1;
    let value = this.match(STRING_PLAIN);
    for (;;) {
      const next = this.text[this.at];
      if (next === '"') {
        this.at += 1;
        return value;
      }
      if (next !== "\\") this.unexpected("the closing quote of a string");
      value += this.escape() + this.match(STRING_PLAIN);
    }
  }

  private escape(): string {
    const letter = this.text[this.at + 1] ?? "";
    const simple = ESCAPES.get(letter);
    if (simple !== undefined) {
      this.at += 2;
      return simple;
    }
    const digits = this.text.slice(this.at + 2, this.at + 6);
    if (letter !== "u" || !/^[0-9a-fA-F]{4}$/.test(digits)) {
      this.stop(
        "json_syntax",
        `Expected an escape such as \\n or \\u0041, found ${JSON.stringify(`\\${letter}`)}`,
      );
    }
    this.at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  private enter(): void {
    this.at += 1;
    this.depth += 1;
    if (this.depth > MAX_DEPTH) this.stop("json_too_deep", `The JSON nests deeper than ${MAX_DEPTH} levels.`);
  }

  private leave(): void {
    this.at += 1;
    this.depth -= 1;
  }

  private space(): void {
    if (this.text.charCodeAt(this.at) <= 0x20) this.match(SPACE);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const from = this.at;
    if (!pattern.test(this.text)) return "";
    this.at = pattern.lastIndex;
    return this.text.slice(from, this.at);
  }

  private unexpected(expected: string): never {
    const found = this.at < this.text.length ? JSON.stringify(this.text[this.at]) : "the end";
    const code =
      this.text.trim() === "" ? "json_empty" : this.at < this.text.length ? "json_syntax" : "json_truncated";
    this.stop(code, `Expected ${expected}, found ${found}`);
  }

  private stop(code: string, what: string, at = this.at, field?: string): never {
    const { line, column } = lineAndColumn(this.text, at);
    const requirement = code === "duplicate_member" ? "SEC-005" : "RSP-007";
    throw new Stop(
      reject(code, requirement, `${what.replace(/\.$/, "")} (line ${line}, column ${column}).`, {
        at,
        ...(field === undefined ? {} : { field }),
      }),
    );
  }
}
