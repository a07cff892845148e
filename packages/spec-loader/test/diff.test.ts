import { type Change, diffSpecs, loadSpecs, type Specs } from "@ksherproof/spec-loader";
import { describe, expect, it } from "vitest";
import { changed, compiled, source } from "../../../test/spec/folder.js";

const specs = loadSpecs(source, compiled);

/** The changes after replacing a text in a table. */
function after(path: string, from: string, to: string): readonly Change[] {
  const text = source.read(path);
  expect(text).toContain(from);
  return diffSpecs(specs, loadSpecs(changed(path, text.replace(from, to)), compiled));
}

/** The specs with one schema's property changed. */
function withField(name: string, field: string, value: object | undefined): Specs {
  const schema = specs.schemas.get(name) ?? {};
  const { [field]: _, ...rest } = (schema.properties ?? {}) as Record<string, object>;
  const properties = value === undefined ? rest : { ...rest, [field]: value };
  return { ...specs, schemas: new Map([...specs.schemas, [name, { ...schema, properties }]]) };
}

describe("differences between two revisions of the specs", () => {
  it("a revision and itself have none", () => {
    expect(diffSpecs(specs, specs)).toEqual([]);
  });

  it("a sentence of a must breaks whoever is held to it", () => {
    const changes = after(
      "requirements/cancel.yaml",
      "text: after a cancel the payment link",
      "text: after a cancel any payment link",
    );
    expect(changes).toMatchObject([
      { kind: "changed", of: "requirement", name: "CXL-006", breaks: ["gateways", "vectors"] },
    ]);
  });

  it("a reason that reads better breaks nobody", () => {
    const changes = after("requirements/cancel.yaml", "why: It is what", "why: That is what");
    expect(changes).toMatchObject([{ name: "CXL-001", breaks: [] }]);
  });

  it("another answer of a state breaks clients, gateways and vectors", () => {
    const changes = after("states.yaml", "result: USERPAYING", "result: PENDING");
    expect(changes).toMatchObject([
      {
        of: "state",
        name: "card_in_progress",
        detail: 'result was "USERPAYING", is "PENDING".',
        breaks: ["clients", "gateways", "vectors"],
      },
    ]);
  });

  it("a transition that is gone, and one that is new", () => {
    const changes = after(
      "states.yaml",
      "from: [cancelled, expired]\n    to: paid_late",
      "from: [cancelled, refunded]\n    to: paid_late",
    );
    expect(changes.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      "added paid_by_qr in refunded",
      "removed paid_by_qr in expired",
    ]);
  });

  it("a narrower field of a request breaks clients, a wider one gateways; of an answer the other way round", () => {
    const lang = { type: "string", enum: ["en", "th"] };
    const more = { type: "string", enum: ["en", "cn", "th", "ja"] };
    const breaks = (other: Specs) =>
      diffSpecs(specs, other)
        .filter(({ detail }) => detail.startsWith("enum"))
        .map((one) => one.breaks);
    expect(breaks(withField("cancel-order.request", "lang", lang))).toEqual([["clients", "vectors"]]);
    expect(breaks(withField("cancel-order.request", "lang", more))).toEqual([["gateways", "vectors"]]);
    expect(
      breaks(withField("query-data", "result", { type: "string", enum: ["SUCCESS", "CLOSED"] })),
    ).toEqual([["gateways", "vectors"]]);
  });

  it("a member of an answer that is gone breaks the clients that read it", () => {
    const changes = diffSpecs(specs, withField("query-data", "rate", undefined));
    expect(changes).toMatchObject([
      { kind: "removed", name: "query-data /rate", breaks: ["clients", "vectors"] },
    ]);
  });
});
