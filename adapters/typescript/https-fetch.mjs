// `fetch` for one more certificate authority: Node's own takes none for a single call. Certificates are always verified.
import { Agent, request } from "node:https";
import { Readable } from "node:stream";
import { rootCertificates } from "node:tls";

/** A `fetch` for HTTPS that trusts `ca` (PEM) beside Node's own list. It follows no redirect. */
export function httpsFetch(ca) {
  const agent = new Agent({ ca: [...rootCertificates, ca], keepAlive: true });
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const length = { "content-length": Buffer.byteLength(body) };
      const call = request(url, { method, headers: { ...headers, ...length }, agent, signal }, (answer) =>
        resolve({ status: answer.statusCode, body: Readable.toWeb(answer) }),
      );
      call.on("error", reject);
      call.end(body);
    });
}
