import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { type SendWebhook, WEBHOOK_TYPE } from "../webhook.js";
import { isLoopback } from "./guard.js";

/** For one delivery, in milliseconds. */
const DELIVERY_TIMEOUT_MS = 5_000;

/** At most so many bytes of a merchant's reply are read. */
const MOST_REPLY_BYTES = 65_536;

/**
 * Posts webhooks over HTTP, to this machine only unless `anywhere`: an order that names a real shop's address must not
 * send it simulated payments. Redirects are not followed.
 */
export function webhookCourier(options: { readonly anywhere: boolean }): SendWebhook {
  return ({ url, body }) =>
    new Promise((resolve) => {
      const target = URL.canParse(url) ? new URL(url) : null;
      if (target === null || !/^https?:$/.test(target.protocol))
        return resolve(notSent(`${url} is no address`));
      if (!options.anywhere && !isLoopback(target.hostname)) {
        return resolve(notSent(`${target.hostname} is not this machine: start with --allow-remote`));
      }
      const post = target.protocol === "https:" ? httpsRequest : httpRequest;
      const sent = post(
        target,
        {
          method: "POST",
          headers: { "content-type": WEBHOOK_TYPE, "content-length": Buffer.byteLength(body) },
          timeout: DELIVERY_TIMEOUT_MS,
        },
        (reply) => {
          const chunks: Buffer[] = [];
          let total = 0;
          reply.on("data", (chunk: Buffer) => {
            total += chunk.length;
            if (total > MOST_REPLY_BYTES) sent.destroy();
            else chunks.push(chunk);
          });
          reply.on("end", () => {
            clearTimeout(deadline);
            resolve({ status: reply.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") });
          });
          reply.on("error", () => resolve(null));
        },
      );
      const deadline = setTimeout(() => sent.destroy(), DELIVERY_TIMEOUT_MS);
      sent.on("timeout", () => sent.destroy());
      sent.on("error", () => resolve(null));
      sent.on("close", () => {
        clearTimeout(deadline);
        resolve(null);
      });
      sent.end(body);
    });
}

function notSent(why: string): { readonly status: number; readonly body: string } {
  return { status: 0, body: `not sent: ${why}` };
}
