import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { APPID, folder, has, intercepted, KEY, ksherproof, verdictOf } from "./intercepted.js";

const node = process.execPath;
/** Whether this machine lets a child have a hosts file of its own, and the gateway's ports be opened. */
const canContain =
  process.platform === "linux" &&
  process.getuid?.() === 0 &&
  has("unshare", "--mount", "true") &&
  has("curl", "--version");
const call = (program: string, op = "cancel_order", order = "A-1"): readonly string[] => [
  ...(program.endsWith(".py") ? ["python3"] : program.endsWith(".sh") ? ["bash"] : [node]),
  program,
  APPID,
  KEY,
  op,
  order,
];

describe("SEC-002: bad certificates", () => {
  for (const program of ["node-insecure.cjs", "python_insecure.py", "curl-insecure.sh"]) {
    it.skipIf(program.endsWith(".py") && !has("python3", "--version"))(
      `${program}, which checks no certificate, is reported`,
      async () => {
        const { code, stderr, report } = await intercepted(
          ["--order", "A-1=unpaid", "--tls-check"],
          call(program),
        );
        expect(report.tls_checks.map(({ certificate, verdict }) => [certificate, verdict])).toEqual([
          ["untrusted", "accepted"],
          ["expired", "accepted"],
          ["misnamed", "accepted"],
        ]);
        expect(verdictOf(report, "SEC-002")).toBe("fail");
        expect(report.verdict).toBe("fail");
        expect(stderr).toContain("signed, over an untrusted certificate");
        expect(code).toBe(1);
      },
    );
  }

  it.each(["node-fetch.mjs", "curl.sh"])("%s refuses all three and sends nothing", async (program) => {
    const { code, report } = await intercepted(["--order", "A-1=unpaid", "--tls-check"], call(program));
    expect(report.tls_checks.map(({ verdict, requests }) => [verdict, requests])).toEqual([
      ["refused", 0],
      ["refused", 0],
      ["refused", 0],
    ]);
    expect([code, verdictOf(report, "SEC-002")]).toEqual([0, "pass"]);
  });

  it("--tls shows one certificate in the only run; the program's failure is what it should be", async () => {
    const { code, report } = await intercepted(["--tls", "misnamed", "--quiet"], call("node-fetch.mjs"));
    expect(report.exit.code).not.toBe(0);
    expect([code, report.verdict]).toEqual([0, "pass"]);
  });
});

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

  it("the program's own exit code is kept", async () => {
    const script = "process.exit(7)";
    expect((await intercepted([], [node, "-e", script])).code).toBe(7);
  });

  it("another host is refused by name, and is no request", async () => {
    const script = 'fetch("https://example.com/").catch((error) => console.log(error.cause.message))';
    const { stdout, report } = await intercepted(["--quiet"], [node, "-e", script]);
    expect(stdout).toBe("ksherproof intercept refuses the host example.com\n");
    expect(report.connections).toEqual([{ kind: "refused_host", host: "example.com", port: 443 }]);
  });

  it.skipIf(!canContain)(
    "a program that heeds no proxy is met at the gateway's own ports all the same",
    async () => {
      const direct = [
        "curl",
        "-sS",
        "--noproxy",
        "*",
        "-d",
        "a=b",
        "https://gateway.ksher.com/api/cancel_order",
      ];
      const { stdout, report } = await intercepted(["--quiet"], direct);
      expect(stdout).toContain('"code":-1');
      expect(report.contained).toBe(true);
      expect(report.requests.map(({ via, host }) => [via, host])).toEqual([["direct", "gateway.ksher.com"]]);
    },
  );

  it("NO_PROXY of the caller does not let the program past", async () => {
    const env = { ...process.env, NO_PROXY: "gateway.ksher.com", no_proxy: "*" };
    const { report } = await intercepted(["--order", "A-1=unpaid"], call("curl.sh"), env);
    expect(report.requests).toHaveLength(1);
  });

  it("without a registered key the program is served, and the verdict says what that is worth", async () => {
    const command = call("node-fetch.mjs", "gateway_order_query");
    const args = ["intercept", "--order", "A-1=paid", "--json", "-", "--quiet"];
    const strict = await ksherproof([...args, "--", ...command]);
    expect(strict.code).toBe(1);
    expect(strict.stdout).toContain('"result":"SUCCESS"');
    expect(strict.stdout).toContain('"verdict": "unproven"');
    expect(strict.stdout).toContain("give --merchant mch35005=KEY");
    const lenient = await ksherproof([...args, "--any-merchant", "--", ...command]);
    expect([lenient.code, /"verdict": "(\w+)"/.exec(lenient.stdout)?.[1]]).toEqual([0, "pass"]);
  });

  it("another merchant than the registered ones is refused with -1, and the report says why", async () => {
    const { report, stderr } = await intercepted(
      [],
      [node, "node-fetch.mjs", "mch1", KEY, "cancel_order", "A-1"],
    );
    expect(report.requests[0]?.answer.code).toBe(-1);
    expect(report.verdict).toBe("unproven");
    expect(stderr).toContain("--merchant mch1=KEY");
  });

  it.each([
    ["paid", -4, "SUCCESS"],
    ["card-in-progress", -6, "USERPAYING"],
    ["closed", -5, "CLOSED"],
    ["paid_late", -4, "SUCCESS"],
    ["refunded", -4, "REFUND"],
    ["card_failed", 0, "CLOSED"],
  ])("--order A-1=%s: a cancel gets %i, the query then %s", async (state, code, result) => {
    const both = `${call("node-fetch.mjs").join(" ")} && ${call("node-fetch.mjs", "gateway_order_query").join(" ")}`;
    const { report } = await intercepted(["--order", `A-1=${state}`], ["sh", "-c", both]);
    expect(report.requests.map(({ answer }) => answer.code)).toEqual([code, 0]);
    expect(report.requests[1]?.answer.result).toBe(result);
  });

  it("answers can be scripted: a code, a result, a fault", async () => {
    const cancel = call("node-fetch.mjs").join(" ");
    const query = call("node-fetch.mjs", "gateway_order_query").join(" ");
    const { report } = await intercepted(
      ["-o", "A-1=unpaid", "-a", "cancel:-6@1", "-a", "query:PENDING", "-a", "cancel:status/html@2"],
      ["sh", "-c", `${cancel}; ${query}; ${cancel}; ${query}`],
    );
    expect(report.requests.map(({ answer }) => [answer.status, answer.code, answer.result])).toEqual([
      [200, -6, null],
      [200, 0, "PENDING"],
      [502, null, null],
      [200, 0, "PENDING"],
    ]);
    expect(verdictOf(report, "RTY-003")).toBe("pass");
    expect(verdictOf(report, "RTY-002")).toBe("pass");
  });

  it("CXL-007: a scenario lets the customer pay just after the cancel", async () => {
    const file = join(folder, "scenario.yaml");
    writeFileSync(file, "orders: { A-1: qr_saved }\nanswers: [{ to: cancel, after: pay_by_qr }]\n");
    const both = `${call("node-fetch.mjs").join(" ")} && ${call("node-fetch.mjs", "gateway_order_query").join(" ")}`;
    const { report } = await intercepted(["--scenario", file], ["sh", "-c", both]);
    expect(
      report.requests.map(({ answer, state_after }) => [answer.code, answer.result, state_after]),
    ).toEqual([
      [0, null, "paid_late"],
      [0, "SUCCESS", "paid_late"],
    ]);
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

describe.skipIf(!has("python3", "--version"))(
  "a client with the production gateway's public key built in",
  () => {
    const query = (order: string) => ["python3", "python_pinned.py", APPID, KEY, order];

    it.each([
      ["k_20210520_24", "CLOSED"],
      ["20210519", "SUCCESS"],
      ["2023-02-22-17-11-00", "NOTSURE"],
    ])("gets the published answer about %s, and finds it genuine", async (order, result) => {
      const { code, stdout, report } = await intercepted(["--quiet"], query(order));
      expect([code, stdout, report.published_answers]).toEqual([0, `${result}\n`, 1]);
    });

    it("refuses the simulator's own answers, and serves none where an order of that number was prepared", async () => {
      const { stdout, report } = await intercepted(["--order", "20210519=unpaid"], query("20210519"));
      expect([stdout, report.published_answers]).toEqual(["untrusted\n", 0]);
    });

    it("QRY-003: refuses a changed answer; a client that does not is found out", async () => {
      const careful = await intercepted(["--tamper"], query("k_20210520_24"));
      expect([careful.code, careful.stdout, verdictOf(careful.report, "QRY-003")]).toEqual([
        0,
        "untrusted\n",
        "pass",
      ]);
      const careless = await intercepted(
        ["--tamper"],
        call("node-fetch.mjs", "gateway_order_query", "k_20210520_24"),
      );
      expect([careless.code, verdictOf(careless.report, "QRY-003")]).toEqual([1, "fail"]);
    });
  },
);

describe("reports as check writes them", () => {
  it("JUnit counts what broke as failed and what was not shown as skipped", async () => {
    const file = join(folder, "junit.xml");
    const options = ["--order", "A-1=unpaid", "--quiet", "--report", `junit=${file}`];
    const { report } = await intercepted(options, call("node-joined.cjs"));
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(readFileSync(file, "utf8"));
    expect(Number(testsuites["@_failures"])).toBe(1);
    expect(Number(testsuites["@_tests"])).toBe(report.requirements.length);
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
    [["intercept", "--", "no-such-program-here"], 3, "there is no such program"],
  ])("%j", async (args, code, message) => {
    const ran = await ksherproof(args);
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).not.toContain("    at ");
    expect([ran.code, ran.stdout]).toEqual([code, ""]);
  });
});
