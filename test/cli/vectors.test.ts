import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allVectors, ofProfile } from "@ksherproof/vectors";
import { describe, expect, it } from "vitest";
import { ksherproof, schemaErrors } from "./run.js";

const ours = ofProfile(allVectors(), "documented");
const lines = (results: readonly object[]): string =>
  results.map((one) => `${JSON.stringify(one)}\n`).join("");
const grade = (results: readonly object[]) => {
  const found = ksherproof(["vectors", "check", "--json"], lines(results));
  expect(schemaErrors("vectors-check", found.out)).toEqual([]);
  return { code: found.code, report: JSON.parse(found.out) };
};
const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
const texts = ours.flatMap((one) =>
  one.file === "canonical" && one.test.result === "valid" ? [one.test] : [],
);

describe("ksherproof vectors check", () => {
  it("passes a port that is right about everything", () => {
    const results = ours.map((one) => {
      if (one.file === "outcome") return { id: one.test.id, outcome: one.test.outcome };
      const { id, canonical, digest, result } = one.test;
      return { id, ...(canonical === undefined ? {} : { canonical, digest }), valid: result === "valid" };
    });
    const { code, report } = grade(results);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      conforms: true,
      failed: 0,
      not_answered: 0,
      passed: ours.length,
      faults: [],
    });
  });

  it.each([
    [
      "empty values dropped",
      "SIG-005",
      (p: readonly (readonly string[])[]) =>
        p
          .filter(([, v]) => v !== "")
          .map((one) => one.join("="))
          .join(""),
    ],
    [
      "joined with &",
      "SIG-003",
      (p: readonly (readonly string[])[]) => p.map((one) => one.join("=")).join("&"),
    ],
    [
      "percent-encoded",
      "SIG-004",
      (p: readonly (readonly string[])[]) =>
        p.map(([n, v]) => `${n}=${encodeURIComponent(v ?? "")}`).join(""),
    ],
  ] as const)("names what a port does: %s", (_, requirement, canonicalOf) => {
    const { code, report } = grade(
      texts.map(({ id, pairs }) => ({
        id,
        canonical: canonicalOf(pairs ?? []),
        digest: md5(canonicalOf(pairs ?? [])),
      })),
    );
    expect(code).toBe(1);
    expect(report.failed).toBeGreaterThan(3);
    for (const fault of report.faults) {
      expect(fault.layer).toBe("canonical");
      expect(Buffer.from(fault.expected).subarray(0, fault.first_wrong_byte)).toEqual(
        Buffer.from(fault.found).subarray(0, fault.first_wrong_byte),
      );
    }
    const named = report.faults.filter((fault: { requirement: string }) => fault.requirement === requirement);
    expect(named.length).toBeGreaterThanOrEqual(report.failed * 0.8);
  });

  it.each([
    ["", "Standard input is empty: expected a result a line."],
    ["[\n]", "Found the start of a list: write one object a line, not one list of them"],
  ])("input %j is refused with the reason", (input, message) => {
    const found = ksherproof(["vectors", "check"], input);
    expect([found.code, found.out]).toEqual([2, ""]);
    expect(found.err).toContain(message);
  });

  it("the digest and the signature are layers of their own", () => {
    const [one] = texts;
    const { report } = grade([{ id: one?.id, canonical: one?.canonical, digest: "0".repeat(40) }]);
    expect(report.faults[0]).toMatchObject({ layer: "digest", requirement: "SIG-007" });
    const upper = grade([{ id: one?.id, signature: one?.signature?.toUpperCase() }]);
    expect(upper.report.faults[0]).toMatchObject({ layer: "signature", requirement: "SIG-008" });
  });

  it("a port that takes forgeries is failed, and one that says nothing is not passed", () => {
    const forged = ours.flatMap((one) =>
      one.file === "signature" && one.test.id.includes("-cube-") ? [{ id: one.test.id, valid: true }] : [],
    );
    expect(grade(forged)).toMatchObject({ code: 1, report: { conforms: false } });
    expect(grade(texts.map(({ id }) => ({ id })))).toMatchObject({
      code: 1,
      report: { conforms: false, passed: 0 },
    });
  });
});

describe("ksherproof vectors export", () => {
  it.each(["json", "jsonl", "csv", "go", "java", "python", "c"])(
    "%s holds every vector, in ASCII",
    (format) => {
      const found = ksherproof(["vectors", "export", "--format", format]);
      expect(found).toMatchObject({ code: 0, err: "" });
      expect(found.out).not.toMatch(/[^\0-\x7f]/);
      for (const { test } of ours)
        if (!found.out.includes(`"${test.id}"`) && !found.out.includes(`\n${test.id},`))
          expect.unreachable(test.id);
    },
  );

  it.for([
    ["go", "vectors.go", "go", "build -o /dev/null vectors.go"],
    ["java", "KsherproofVectors.java", "javac", "-Xlint:all -d . KsherproofVectors.java"],
    ["c", "vectors.h", "cc", "-std=c99 -Wall -Werror -Wno-unused-variable -fsyntax-only vectors.h"],
  ] as const)("%s is compiled as it is", ([format, file, compiler, args], test) => {
    const folder = mkdtempSync(join(tmpdir(), "ksherproof-export-"));
    const { code } = ksherproof(["vectors", "export", "--format", format, "-o", join(folder, file)]);
    const made = spawnSync(compiler, args.split(" "), { cwd: folder, encoding: "utf8" });
    rmSync(folder, { recursive: true });
    // A compiler need not be on the machine of who changes something else; CI has all of them.
    if (made.error) return test.skip(`${compiler} is not on this machine`);
    expect([code, made.stderr, made.status]).toEqual([0, "", 0]);
  });

  it("Python reads its form and finds the same digests", () => {
    const script =
      "import sys,hashlib\nspace={}\nexec(sys.stdin.read(),space)\nv=[x for x in space['VECTORS'] if x.digest]\nprint(len(v), all(hashlib.md5(bytes.fromhex(x.canonical_utf8_hex)).hexdigest()==x.digest for x in v))";
    const text = ksherproof(["vectors", "export", "--format", "python"]).out;
    const found = spawnSync("python3", ["-c", script], { input: text, encoding: "utf8" });
    expect(found.stdout).toBe(`${ours.filter(({ test }) => "digest" in test).length} True\n`);
  });
});
