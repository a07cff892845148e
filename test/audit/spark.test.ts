import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { ksherproof, root } from "../cli/run.js";

/** The spark-submit of a PySpark 4, which `.ci/run` sees to; without it the test is not run: Spark weighs 430 MB. */
const submit = process.env.KSHERPROOF_SPARK_SUBMIT;

/** What makes a JVM start cheaply: it lives for seconds. */
const JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

const folder = mkdtempSync(join(tmpdir(), "ksherproof-spark-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const sorted = (file: string): readonly string[] => readFileSync(file, "utf8").trim().split("\n").sort();

it.runIf(submit)(
  "a cluster of two executors, one of them killed in the middle, finds what one machine finds, line for line",
  () => {
    const script = join(root, "scripts/audit/planted-log.mjs");
    const made = ["--records", "2000", "--faults", "260", "--seed", "11", "--out", folder];
    spawnSync(process.execPath, [script, ...made]);
    const audited = ["--key-ring", at("ring.json"), "--workers", "0", at("log.jsonl")];
    const whole = ksherproof(["audit", "--json", "--findings", at("whole.jsonl"), ...audited]);
    const job = [
      ...["--master", "local-cluster[2,1,1024]", "--conf", "spark.ui.enabled=false"],
      ...[
        "--conf",
        `spark.driver.extraJavaOptions=${JAVA}`,
        "--conf",
        `spark.executor.extraJavaOptions=${JAVA}`,
      ],
      ...["--conf", "spark.executor.memory=512m", join(root, "deploy/spark/audit_job.py"), "--tasks", "4"],
      ...["--out", at("spark"), "--ksherproof", join(root, "test/audit/lose-executor.sh"), "--", ...audited],
    ];
    const KSHERPROOF = join(root, "packages/cli/bin/ksherproof.mjs");
    const env = { ...process.env, LOST: at("lost"), KSHERPROOF, SPARK_LOCAL_IP: "127.0.0.1" };
    const ran = spawnSync(submit ?? "", job, { encoding: "utf8", env, maxBuffer: 64 << 20 });
    expect(ran.status, `${ran.stdout}${ran.stderr?.slice(-2000)}`).toBe(0);
    expect(existsSync(at("lost"))).toBe(true);
    expect(ran.stderr).toContain("Lost executor");
    expect(JSON.parse(readFileSync(at("spark.json"), "utf8"))).toEqual(JSON.parse(whole.out));
    expect(sorted(at("whole.jsonl")).length).toBeGreaterThan(260);
    expect(sorted(at("spark.jsonl"))).toEqual(sorted(at("whole.jsonl")));
  },
  300_000,
);
