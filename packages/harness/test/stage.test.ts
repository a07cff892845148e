import { expect, it } from "vitest";
import { Stage } from "../src/index.js";

it("the log of exchanges holds the answer that went out, not the one that was rewritten", async () => {
  const stage = await Stage.open(1);
  try {
    const scene = stage.scene();
    scene.rewrite("/cancel_order", (answer) => ({ ...answer, body: new TextEncoder().encode("rewritten") }));
    const answer = await fetch(`${scene.args.base_url}/cancel_order`, { method: "POST", body: "appid=mch1" });
    expect(await answer.text()).toBe("rewritten");
    expect(new TextDecoder().decode(scene.exchanges[0]?.sent?.body)).toBe("rewritten");
  } finally {
    await stage.close();
  }
});
