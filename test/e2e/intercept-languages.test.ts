// Small programs with the gateway's address built in, in each language's common HTTP libraries, unmodified.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { APPID, folder, has, intercepted, KEY, KEY_PKCS8, programs, verdictOf } from "./intercepted.js";

interface Client {
  readonly name: string;
  readonly command: readonly string[];
  readonly key?: string;
  /** Whether this machine can run it; .ci/tools installs what CI needs. */
  readonly here: boolean;
}

/** Rust's TLS crates take half a minute to build and .NET must be fetched: only by hand, KSHERPROOF_ALL_CLIENTS=1. */
const all = process.env.KSHERPROOF_ALL_CLIENTS === "1";

const goBinary = join(folder, "go-client");
const rustFolder = process.env.CARGO_TARGET_DIR ?? join(folder, "rust");
const php = (extension: string): boolean =>
  has("php", "-r", `exit(extension_loaded('${extension}') ? 0 : 1);`);

const CLIENTS: readonly Client[] = [
  { name: "Node, fetch", command: [process.execPath, "node-fetch.mjs"], here: true },
  { name: "Node, https", command: [process.execPath, "node-https.cjs"], here: true },
  { name: "Python, urllib", command: ["python3", "python_urllib.py"], here: has("python3", "--version") },
  {
    name: "Python, requests",
    command: ["python3", "python_requests.py"],
    here: has("python3", "-c", "import requests"),
  },
  { name: "curl", command: ["bash", "curl.sh"], here: has("curl", "--version") },
  { name: "wget", command: ["bash", "wget.sh"], here: has("wget", "--version") },
  { name: "PHP, curl", command: ["php", "php_curl.php"], here: php("curl") },
  { name: "PHP, streams", command: ["php", "php_streams.php"], here: php("openssl") },
  { name: "Ruby, net/http", command: ["ruby", "ruby_http.rb"], here: has("ruby", "--version") },
  { name: "Go, net/http", command: [goBinary], here: has("go", "version") },
  {
    name: "Java, java.net.http and HttpURLConnection",
    command: ["java", "JavaHttp.java"],
    key: KEY_PKCS8,
    here: has("java", "-version"),
  },
  {
    name: "Rust, reqwest",
    command: [join(rustFolder, "debug/reqwest_client")],
    here: all && has("cargo", "--version"),
  },
  {
    name: "Rust, ureq",
    command: [join(rustFolder, "debug/ureq_client")],
    here: all && has("cargo", "--version"),
  },
  {
    name: ".NET, HttpClient",
    command: [join(folder, "dotnet/dotnet-client")],
    here: all && has("mcs", "--version"),
  },
];

/** Cancel, then query, in one run. */
const BOTH = 'for op in cancel_order gateway_order_query; do "$@" "$op" A-1 || exit; done';

describe("programs whose address is built in", () => {
  beforeAll(() => {
    const built = (program: string, ...args: readonly string[]): string => {
      const env = { ...process.env, CARGO_TARGET_DIR: rustFolder };
      return spawnSync(program, args, { cwd: programs, encoding: "utf8", env }).stderr;
    };
    const isHere = (language: string): boolean =>
      CLIENTS.some(({ name, here }) => here && name.startsWith(language));
    if (isHere("Go")) expect(built("go", "build", "-o", goBinary, "go_http.go")).toBe("");
    if (isHere("Rust"))
      built("cargo", "build", "--quiet", "--all-features", "--manifest-path=rust/Cargo.toml");
    if (isHere(".NET")) built("bash", "dotnet/build.sh", join(folder, "dotnet"));
  }, 900_000);

  it("at least five languages are here", () => {
    const languages = new Set(CLIENTS.filter(({ here }) => here).map(({ name }) => name.split(",")[0]));
    expect(languages.size).toBeGreaterThanOrEqual(5);
  });

  for (const { name, command, key = KEY, here } of CLIENTS) {
    // Languages that are not on this machine, and those that download for minutes where not all are asked for; five must be here.
    it.skipIf(!here)(`${name}: cancel and query arrive, are judged, and TLS is content`, async () => {
      const { code, stdout, stderr, report } = await intercepted(
        ["--order", "A-1=unpaid", "--quiet"],
        ["sh", "-c", BOTH, "sh", ...command, APPID, key],
      );
      expect(stderr.replace(/^Picked up JAVA_TOOL_OPTIONS: .*\n/gm, "")).toBe("");
      expect(code).toBe(0);
      expect(stdout).toContain("取消成功");
      expect(report.requests.map(({ path, signature, answer }) => [path, signature, answer.code])).toEqual([
        ["/api/cancel_order", "valid", 0],
        ["/api/gateway_order_query", "valid", 0],
      ]);
      expect(report.requests[1]?.answer.result).toBe("CLOSED");
      expect(report.verdict).toBe("pass");
      expect(verdictOf(report, "SIG-003")).toBe("pass");
      expect(report.connections.filter(({ kind }) => kind !== "handshake")).toEqual([]);
    });
  }
});
