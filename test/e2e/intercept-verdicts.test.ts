import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { InterceptReport } from "@ksherproof/intercept";
import { XMLParser } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { call, folder, intercepted, KEY, ksherproof, quickest, verdictOf } from "./intercepted.js";

const node = process.execPath;

describe("what the verdict and the exit code say", () => {
  it("SIG-003: pairs joined with & get the doctor's diagnosis, and the gateway's -2", async () => {
    const { code, stderr, report } = await intercepted(["--order", "A-1=unpaid"], call("node-joined.cjs"));
    expect([code, report.verdict]).toEqual([1, "fail"]);
    expect(report.requests[0]?.answer.code).toBe(-2);
    const broken = report.requirements.find(({ id }) => id === "SIG-003");
    expect(broken?.failure?.diagnosis?.mistakes[0]?.requirement).toBe("SIG-003");
    expect(broken?.failure?.canonical?.signed).toContain("&mch_order_no=A-1&");
    expect(stderr).toContain("[-&-]mch_order_no");
    expect(stderr).not.toContain("-----BEGIN");
  });

  it("a program that calls nothing proves nothing", async () => {
    const { code, report } = await intercepted([], [node, "-e", "0"]);
    expect([code, report.verdict, report.requests]).toEqual([1, "unproven", []]);
  });

  it("a program with authorities of its own proves nothing, and the reason says so", async () => {
    const script = `require("https").get({ host: "gateway.ksher.com", ca: [] }).on("error", () => {})`;
    const { report } = await intercepted(["--quiet"], [node, "-e", script]);
    expect([report.verdict, report.connections.map(({ kind }) => kind)]).toEqual([
      "unproven",
      ["handshake_refused"],
    ]);
    expect(report.reason).toContain("authorities from a bundle of its own");
  });

  it("the program's own exit code is kept, and said", async () => {
    const ran = await intercepted([], [node, "-e", "process.exit(7)"]);
    expect([ran.code, ran.stderr]).toEqual([7, expect.stringContaining("ended with exit code 7")]);
  });

  it("a folder, and a script whose interpreter is missing, cannot be started", async () => {
    const script = join(folder, "script");
    writeFileSync(script, "#!/nowhere/interpreter\n", { mode: 0o755 });
    for (const program of [folder, script]) {
      const ran = await ksherproof(["intercept", "--", program]);
      expect([ran.code, ran.stderr]).toEqual([
        3,
        expect.stringContaining(`The command ${program} cannot be started`),
      ]);
    }
  });

  it("without a registered key the program is served, and the verdict says what that is worth", async () => {
    const command = call(quickest, "gateway_order_query");
    const args = ["intercept", "--order", "A-1=paid", "--json", "-", "--quiet"];
    const strict = await ksherproof([...args, "--", ...command]);
    expect(strict.code).toBe(1);
    expect(strict.stderr, "with --json - the report has stdout for itself").toContain('"result":"SUCCESS"');
    const report = JSON.parse(strict.stdout) as InterceptReport;
    expect(report.verdict).toBe("unproven");
    expect(report.reason).toContain("give --merchant mch35005=KEY");
    const lenient = await ksherproof([...args, "--any-merchant", "--", ...command]);
    expect([lenient.code, (JSON.parse(lenient.stdout) as InterceptReport).verdict]).toEqual([0, "pass"]);
  });

  it("another merchant than the registered ones is refused with -1, and the report says why", async () => {
    const { report, stderr } = await intercepted(
      [],
      [...call(quickest).slice(0, 2), "mch1", KEY, "cancel_order", "A-1"],
    );
    expect(report.requests[0]?.answer.code).toBe(-1);
    expect(report.verdict).toBe("unproven");
    expect(stderr).toContain("--merchant mch1=KEY");
  });

  it("SEC-001: a private key in a request is found, and left out of the report", async () => {
    const script = `const key = require("fs").readFileSync(process.argv[1], "utf8");
      fetch("https://gateway.ksher.com/api/cancel_order", { method: "POST", body: new URLSearchParams({ key }) });`;
    const { report } = await intercepted([], [node, "-e", script, KEY]);
    expect(verdictOf(report, "SEC-001")).toBe("fail");
    expect(JSON.stringify(report)).not.toContain("PRIVATE KEY");
  });

  it("SEC-003: a redirect that is followed to another host is seen", async () => {
    const { report } = await intercepted(["-o", "A-1=unpaid", "-a", "any:redirect"], call("node-fetch.mjs"));
    expect(verdictOf(report, "SEC-003")).toBe("fail");
  });
});

describe("reports as check writes them", () => {
  it("JUnit counts what broke as failed and what was not shown as skipped", async () => {
    const file = join(folder, "junit.xml");
    const options = ["--order", "A-1=unpaid", "--quiet", "--report", `junit=${file}`];
    const { report } = await intercepted(options, call("node-joined.cjs"));
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(readFileSync(file, "utf8"));
    expect(Number(testsuites["@_failures"])).toBe(1);
    expect(Number(testsuites["@_tests"])).toBe(report.requirements.length);
  });

  it("SEC-002: plain HTTP, which does not decide at this level, is not called unseen in them", async () => {
    const file = join(folder, "plain.xml");
    const script = `fetch("http://gateway.ksher.com/api/cancel_order", { method: "POST", body: new URLSearchParams({ sign: "00" }) })`;
    const { report } = await intercepted(["--quiet", "--report", `junit=${file}`], [node, "-e", script]);
    expect(verdictOf(report, "SEC-002")).toBe("fail");
    expect(readFileSync(file, "utf8")).toContain(
      "Broken, which does not decide at level must: The signed form",
    );
  });

  it("a kind that an intercepted run has not is refused before the program runs", async () => {
    const ran = await ksherproof(["intercept", "--report", "ndjson=x", "--", node, "-e", "console.log(1)"]);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    expect(ran.stderr).toContain("no report of kind ndjson");
  });
});

describe("wrong usage", () => {
  it.each([
    [["intercept"], 2, "No command was given."],
    [["intercept", "--merchant", "35005=x.pem", "--", "true"], 2, "Expected a merchant as appid=KEY"],
    [["intercept", "--merchant", "mch1=nowhere.pem", "--", "true"], 3, "There is no key file nowhere.pem."],
    [["intercept", "--order", "A-1=gone", "--", "true"], 2, 'There is no order state "gone".'],
    [["intercept", "--answer", "cancel:boom", "--", "true"], 2, 'There is no answer "boom".'],
    [["intercept", "--answer", "refund:0", "--", "true"], 2, 'There is no endpoint "refund".'],
    [["intercept", "--level", "high", "--", "true"], 2, 'There is no level "high".'],
    [["intercept", "--timeout", "soon", "--", "true"], 2, 'Expected a time such as 30s, found "soon".'],
    [["intercept", "--host", "https://x", "--", "true"], 2, "Expected a host name"],
    [["intercept", "--set", "nothing=1", "--", "true"], 2, "nothing"],
    [["intercept", "--isolate", "--no-private-hosts", "--", "true"], 2, "exclude each other"],
    [["intercept", "--", "no-such-program-here"], 3, "there is no such program"],
  ])("%j", async (args, code, message) => {
    const ran = await ksherproof(args);
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).not.toContain("    at ");
    expect([ran.code, ran.stdout]).toEqual([code, ""]);
  });
});
