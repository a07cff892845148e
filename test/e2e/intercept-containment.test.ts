// A program that heeds neither proxy nor preload, and hosts that are not the gateway's.
import { describe, expect, it } from "vitest";
import { call, cli, has, intercepted, ksherproof, quickest } from "./intercepted.js";

const node = process.execPath;
const asRoot = process.getuid?.() === 0;
const linux = process.platform === "linux" && has("curl", "--version");
const ownHosts = linux && asRoot && has("unshare", "--mount", "true");
const ownNetwork =
  linux && has("ip", "-V") && has("unshare", ...(asRoot ? [] : ["-Ur"]), "--mount", "--net", "true");
const NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] as const;
/** Whether another user may make namespaces, and read what the test runs. */
const unprivileged =
  ownNetwork &&
  asRoot &&
  has(...NOBODY, "unshare", "-Urmn", "true") &&
  has(...NOBODY, node, cli, "--version");

/** Calls an address past every proxy. */
const direct = (url: string): string => `curl -sS --noproxy '*' --max-time 20 -d a=b ${url}`;
const GATEWAY = direct("https://gateway.ksher.com/api/cancel_order");

describe("programs that heed no proxy", () => {
  it("another host is refused by name, and is no request", async () => {
    const script = 'fetch("https://example.com/").catch((error) => console.log(error.cause.message))';
    const { stdout, report } = await intercepted(["--quiet"], [node, "-e", script]);
    expect(stdout).toBe("ksherproof intercept refuses the host example.com\n");
    expect(report.connections).toEqual([{ kind: "refused_host", host: "example.com", port: 443 }]);
  });

  it("NO_PROXY of the caller does not let the program past", async () => {
    const env = { ...process.env, NO_PROXY: "gateway.ksher.com", no_proxy: "*" };
    const { report } = await intercepted(["--order", "A-1=unpaid"], call(quickest), env);
    expect(report.requests).toHaveLength(1);
  });

  it.skipIf(!ownHosts)("as root, they meet the gateway's own ports through a hosts file", async () => {
    const { stdout, report } = await intercepted(["--require-containment"], ["sh", "-c", GATEWAY]);
    expect(stdout).toContain('"code":-1');
    expect([report.contained, report.containment.by]).toEqual([true, "hosts_file"]);
    expect(report.requests.map(({ via, host }) => [via, host])).toEqual([["direct", "gateway.ksher.com"]]);
  });

  it.skipIf(!ownNetwork)(
    "--isolate: only the gateway is there; look-ups of other names are told",
    async () => {
      const script = `${GATEWAY}; ${direct("https://example.com")}; ${direct("http://192.0.2.1")}; exit 9`;
      const { code, stdout, stderr, report } = await intercepted(["--isolate"], ["sh", "-c", script]);
      expect(code).toBe(9);
      expect(stdout).toContain('"code":-1');
      expect(stderr).toMatch(/192\.0\.2\.1/);
      expect([report.containment.by, report.requests.map(({ via }) => via)]).toEqual(["network", ["direct"]]);
      expect(report.connections.filter(({ kind }) => kind === "refused_host")).toEqual([
        { kind: "refused_host", host: "example.com", port: 0 },
      ]);
    },
  );

  it.skipIf(!unprivileged)("--isolate needs no root, and leaves the program its user id", async () => {
    const args = ["intercept", "--isolate", "--any-merchant", "--quiet", "--json", "-"];
    const own = ["sh", "-c", `id -u; ${GATEWAY}`];
    const { stdout, stderr } = await ksherproof([...args, "--", ...own], process.env, NOBODY);
    expect(stderr).toMatch(/^65534\n/);
    expect(stdout).toContain('"via": "direct"');
  });

  it("where nothing can hold them, the report says why, and --require-containment starts nothing", async () => {
    const env = { ...process.env, PATH: "/nowhere" };
    const command = [node, "-e", "console.log(1)"];
    const { stderr, report } = await intercepted([], command, env);
    expect([report.contained, report.containment.by]).toEqual([false, "none"]);
    expect(stderr).toContain("A program that heeds no proxy could reach the real gateway");
    for (const option of ["--require-containment", "--isolate"]) {
      const ran = await ksherproof(["intercept", option, "--", ...command], env);
      expect([ran.code, ran.stdout]).toEqual([3, ""]);
      expect(ran.stderr).toContain("It was not started.");
    }
  });

  it("without a temporary folder it says so, and ends", async () => {
    const env = { ...process.env, TMPDIR: "/nowhere" };
    const ran = await ksherproof(["intercept", "--", node, "-e", "console.log(1)"], env);
    expect([ran.code, ran.stdout]).toEqual([3, ""]);
    expect(ran.stderr).toContain("No folder can be made in /nowhere.");
  });
});
