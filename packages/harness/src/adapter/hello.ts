import type { Hello } from "./client.js";

/** Reads the answer to `hello`; a text where it is not the documented one. */
export function readHello(value: Readonly<Record<string, unknown>>): Hello | string {
  const { protocol, name, version, language, ops, concurrent, tls } = value;
  if (protocol !== 1) return `expected protocol 1, found ${JSON.stringify(protocol)}`;
  for (const [field, found] of Object.entries({ name, version, language })) {
    if (typeof found !== "string") return `expected ${field} to be a string, found ${JSON.stringify(found)}`;
  }
  if (!Array.isArray(ops) || !ops.every((op) => typeof op === "string"))
    return `expected ops to be a list of names, found ${JSON.stringify(ops)}`;
  if (typeof concurrent !== "boolean")
    return `expected concurrent to be true or false, found ${JSON.stringify(concurrent)}`;
  return {
    protocol: 1,
    name: String(name),
    version: String(version),
    language: String(language),
    ops: ops.filter((op) => op !== "hello"),
    concurrent,
    tls: tls === true,
  };
}
