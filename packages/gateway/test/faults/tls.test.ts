import { connect } from "node:tls";
import { describe, expect, it } from "vitest";
import { createAuthority } from "../../src/index.js";
import { hostForTest } from "../host/fixture.js";

describe("faults of the listener", () => {
  it.each([
    ["untrusted", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["expired", "CERT_HAS_EXPIRED"],
    ["misnamed", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ] as const)("SEC-002: tls/%s strikes one connection, the next one is good", async (certificate, code) => {
    const secure = await hostForTest({ authority: createAuthority(Date.now()) });
    const reach = (): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect({ host: "127.0.0.1", port: secure.port, ca: secure.ca ?? "" }, () => {
          socket.destroy();
          resolve("good");
        });
        socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      });
    secure.served.faults.add({ faults: [{ kind: "tls", certificate }] });
    expect(await reach()).toBe(code);
    expect(await reach()).toBe("good");
    await secure.close();
  });
});
