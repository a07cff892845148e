import { UsageError } from "@ksherproof/core";
import type { AdjustableClock } from "../clock.js";
import { readRule } from "../faults/shapes.js";
import type { Served } from "../served.js";
import type { SavedWorld } from "./options.js";

/** Puts a saved world in the place of the present one; the clock goes on from the saved time. Throws `UsageError`. */
export function loadWorld(saved: SavedWorld, served: Served, clock: AdjustableClock): void {
  const { now, faults, world } = saved ?? {};
  if (!Number.isSafeInteger(now) || !Array.isArray(faults)) {
    throw new UsageError(
      "saved_world",
      "Expected a saved world with now, faults and world; found something else.",
    );
  }
  const rules = faults.map((rule, at) => readRule(rule, `faults[${at}]`));
  served.gateway.load(world);
  served.faults.clear();
  served.faults.add(...rules);
  served.forgetExchanges();
  if (now > clock.now()) clock.advance(now - clock.now());
}
