import { ORDER_STATES } from "@ksherproof/gateway";
import { describe, expect, it } from "vitest";
import { cellsOf } from "../src/cells.js";

const met = new Map([
  ["open /cancel_order plain", 2],
  ["none /gateway_order_query drop", 1],
]);
const STATES = ["none", ...ORDER_STATES];

describe("the cells of state, command and fault", () => {
  it("are told in the order of their names, with how often each was met", () => {
    const { touched } = cellsOf(met, ["cancel", "query"]);
    expect(Object.entries(touched)).toEqual([
      ["none /gateway_order_query drop", 1],
      ["open /cancel_order plain", 2],
    ]);
  });

  it("gaps are every other state, endpoint that is offered, and fault that was used", () => {
    const { gaps } = cellsOf(met, ["cancel", "query"]);
    const all = STATES.flatMap((state) =>
      ["/cancel_order", "/gateway_order_query"].flatMap((endpoint) =>
        ["drop", "plain"].map((fault) => `${state} ${endpoint} ${fault}`),
      ),
    );
    expect(gaps).toEqual(all.filter((cell) => !met.has(cell)));
    expect(cellsOf(met, ["query"]).gaps).toEqual(
      all.filter((cell) => !met.has(cell) && cell.includes(" /gateway_order_query ")),
    );
    expect(cellsOf(met, []).gaps).toEqual([]);
    expect(cellsOf(new Map(), ["cancel"])).toEqual({ touched: {}, gaps: [] });
  });
});
