import { readFileSync } from "node:fs";
import { ajvWith, parseYamlFile } from "@ksherproof/spec-loader";
import { describe, expect, it } from "vitest";
import { parseInterceptScenario } from "../src/index.js";

const at = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const schema = JSON.parse(at("specs/schemas/intercept-scenario.schema.json"));
const guide = at("docs/guides/test-a-client-you-cannot-change.md");
const written = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)]
  .map(([, text]) => parseYamlFile("guide", text ?? "").value)
  .find((value) => (value as { answers?: unknown }).answers !== undefined);

describe("a scenario of an intercepted run", () => {
  it("of the guide fits its schema, and says orders, settings and answers", () => {
    const ajv = ajvWith([schema]);
    expect(ajv.validate(schema.$id, written), ajv.errorsText()).toBe(true);
    expect(parseInterceptScenario(written)).toEqual({
      orders: [
        { mch_order_no: "A-1", state: "qr_saved" },
        { mch_order_no: "A-2", state: "unpaid" },
      ],
      settings: { unpaidResult: "NOTSURE" },
      answers: [
        { endpoint: "/cancel_order", mch_order_no: "A-1", nth: 1, times: 1, after: ["pay_by_qr"] },
        {
          endpoint: "/gateway_order_query",
          mch_order_no: "A-2",
          nth: 2,
          times: 0,
          faults: [{ kind: "edit_data", set: { result: "PENDING" }, sign: "fresh" }],
        },
        {
          endpoint: "/cancel_order",
          mch_order_no: "A-2",
          nth: 1,
          times: 1,
          faults: [{ kind: "delay", ms: 3000 }],
        },
      ],
    });
  });

  it.each([
    [{ answers: [{ to: "cancel" }] }, ["answers", 0], "Expected what is answered"],
    [{ answers: [{ to: "refund", what: 0 }] }, ["answers", 0, "to"], "one of cancel, query, create, any"],
    [{ answers: [{ what: "boom" }] }, ["answers", 0, "what"], 'There is no answer "boom".'],
    [{ answers: [{ what: { ms: 1 } }] }, ["answers", 0, "what"], "A fault has a kind"],
    [{ answers: [{ what: { kind: "delay" } }] }, ["answers", 0, "what"], "ms"],
    [{ orders: { x: "lost" } }, ["orders", "x"], "There is no order state"],
    [{ answer: [] }, ["answer"], "Did you mean answers?"],
  ])("%j is refused at its place", (value, path, message) => {
    expect(() => parseInterceptScenario(value)).toThrow(
      expect.objectContaining({ path, message: expect.stringContaining(message) }),
    );
  });
});
