/** A place in a script: names and indexes from its top. */
export type Path = readonly (string | number)[];

/** Something in a script is not as it must be, and where. */
export class ProbeScriptError extends Error {
  readonly path: Path;

  constructor(path: Path, detail: string) {
    super(detail);
    this.name = "ProbeScriptError";
    this.path = path;
  }
}

/** One value of a script with the place where it stands; every reader says what it expected and what it found. */
export class Node {
  readonly value: unknown;
  readonly path: Path;

  constructor(value: unknown, path: Path = []) {
    this.value = value;
    this.path = path;
  }

  fail(detail: string): ProbeScriptError {
    return new ProbeScriptError(this.path, detail);
  }

  /** The error for another kind of value than was expected. */
  expected(what: string): ProbeScriptError {
    const name = this.path.length === 0 ? "the script" : `${this.path.at(-1)}`;
    return this.fail(`Expected ${name} to be ${what}, found ${found(this.value)}.`);
  }

  text(): string {
    if (typeof this.value === "string" && this.value !== "") return this.value;
    throw this.expected("a text");
  }

  whole(least: number, most: number): number {
    const { value } = this;
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    throw this.expected(`a whole number from ${least} to ${most}`);
  }

  one<T extends string>(values: readonly T[]): T {
    const known = values.find((value) => value === this.value);
    if (known !== undefined) return known;
    throw this.expected(`one of ${values.join(", ")}`);
  }

  list(): readonly Node[] {
    if (!Array.isArray(this.value)) throw this.expected("a list");
    if (this.value.length === 0) throw this.fail("The list is empty.");
    return this.value.map((value, i) => new Node(value, [...this.path, i]));
  }

  /** A list, or one thing in place of a list of one. */
  oneOrMany(): readonly Node[] {
    return Array.isArray(this.value) ? this.list() : [this];
  }

  entries(): readonly (readonly [name: string, value: Node])[] {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) {
      throw this.expected("a mapping");
    }
    return Object.entries(this.value).map(([name, value]) => [name, new Node(value, [...this.path, name])]);
  }

  /** The members of a mapping; a name that is not among the known ones is an error, with the nearest that is. */
  members<T extends string>(known: readonly T[]): Readonly<Partial<Record<T, Node>>> {
    const members = this.entries();
    const stray = members.find(([name]) => !known.includes(name as T));
    if (stray) {
      const [name, node] = stray;
      const near = known.find((one) => one.startsWith(name.slice(0, 3)));
      const hint = near === undefined ? `Expected: ${known.join(", ")}.` : `Did you mean ${near}?`;
      throw node.fail(`There is no member ${name} here. ${hint}`);
    }
    return Object.fromEntries(members) as Partial<Record<T, Node>>;
  }
}

function found(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a mapping";
  return JSON.stringify(value);
}
