import { Agent, request } from "node:https";
import { Readable } from "node:stream";
import { rootCertificates } from "node:tls";
import type { Fetch, FetchAnswer } from "@ksherproof/client";

/** A `fetch` for HTTPS that trusts `ca` (PEM) beside Node's own list (SEC-002). It follows no redirect (SEC-003). */
export function httpsFetch(ca: string): Fetch {
  const agent = new Agent({ ca: [...rootCertificates, ca] });
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const length = { "content-length": Buffer.byteLength(body) };
      const call = request(url, { method, headers: { ...headers, ...length }, agent, signal }, (answer) => {
        const stream = Readable.toWeb(answer) as unknown as FetchAnswer["body"];
        resolve({ status: answer.statusCode ?? 0, body: stream });
      });
      call.on("error", reject);
      call.end(body);
    });
}
