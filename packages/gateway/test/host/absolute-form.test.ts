import { connect } from "node:net";
import { expect, it } from "vitest";
import { startServer, textAnswer } from "../../src/index.js";

it.each([
  ["/api/cancel_order?a=http://b/c", "/api/cancel_order?a=http://b/c"],
  ["http://gateway.example:8080/api/cancel_order?a=1", "/api/cancel_order?a=1"],
  ["HTTPS://gateway.example/", "/"],
])(
  "REQ-001 a request for %s is one for the path %s, as every HTTP server takes it",
  async (asked, target) => {
    const server = await startServer({
      route: (request) => ({ answer: textAnswer(200, "text/plain", `[${request.target}]`) }),
    });
    const told = await new Promise<string>((resolve, reject) => {
      let text = "";
      const socket = connect(server.port, server.host, () =>
        socket.write(`POST ${asked} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`),
      );
      socket.on("data", (chunk) => {
        text += chunk.toString("utf8");
      });
      socket.on("end", () => resolve(text)).on("error", reject);
    });
    await server.close();
    expect(told).toContain(`[${target}]`);
  },
);
