import { describe, expect, it } from "vitest";
import { call, has, intercepted, quickest, verdictOf } from "./intercepted.js";

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
    const { code, report } = await intercepted(["--tls", "misnamed", "--quiet"], call(quickest));
    expect(report.exit.code).not.toBe(0);
    expect([code, report.verdict]).toEqual([0, "pass"]);
  });
});
