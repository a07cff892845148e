import type { Params } from "@ksherproof/core";
import type { ArrivedRequest } from "@ksherproof/gateway";
import type { Place } from "./foreign.js";

/** What is worth saying of a call and breaks nothing: an API that is not simulated, a merchant that nobody registered. */
export function notesOf(
  kind: Place["kind"],
  request: ArrivedRequest,
  params: Params | null,
  registered: ReadonlyMap<string, unknown>,
  anyMerchant: boolean,
): readonly string[] {
  const notes: string[] = [];
  if (kind === "other_api") notes.push(`${request.path} is not simulated: it was refused.`);
  if (kind === "page") notes.push("The payment page is not simulated here.");
  const appid = params?.get("appid");
  if (kind === "endpoint" && appid && !registered.has(appid)) {
    const then = anyMerchant ? "its signature was not checked" : "it was refused with -1";
    notes.push(`No key of ${appid} is registered: ${then}. Give --merchant ${appid}=KEY.`);
  }
  return notes;
}
