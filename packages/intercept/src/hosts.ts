/** The hosts that belong to the gateway by default (protocol-facts: gateway_pay, order_* and mainland China). */
export const GATEWAY_HOSTS: readonly string[] = [
  "gateway.ksher.com",
  "gateway.ksher.cn",
  "api.mch.ksher.net",
];

/** What to do with a host that the child wants to reach. */
export type HostRule = "gateway" | "local" | "refused";

/** Whether a host is the gateway's, this machine itself, or one that a test must not reach. */
export function hostRule(host: string, gatewayHosts: readonly string[]): HostRule {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
  if (gatewayHosts.includes(name)) return "gateway";
  return name === "localhost" || name === "::1" || /^127\.\d+\.\d+\.\d+$/.test(name) ? "local" : "refused";
}

/** Splits `host:port`, also `[::1]:443`; null where it is neither. */
export function splitAuthority(
  authority: string,
  defaultPort: number,
): { readonly host: string; readonly port: number } | null {
  const found = /^(\[[0-9a-fA-F:.]+\]|[^:[\]/]+)(?::(\d{1,5}))?$/.exec(authority);
  if (!found?.[1]) return null;
  return {
    host: found[1].replace(/^\[|\]$/g, ""),
    port: found[2] === undefined ? defaultPort : Number(found[2]),
  };
}
