import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseProbe } from "@ksherproof/intercept";
import { ajvWith, parseYamlFile } from "@ksherproof/spec-loader";
import { describe, expect, it } from "vitest";
import { APPID, folder, KEY, ksherproof, root } from "./intercepted.js";

const schema = (name: string) =>
  JSON.parse(readFileSync(join(root, `specs/schemas/${name}.schema.json`), "utf8"));
const ajv = ajvWith([
  schema("intercept-report"),
  schema("probe-report"),
  schema("probe"),
  schema("intercept-scenario"),
]);
const fits = (name: string, value: unknown): void => {
  const id = `https://ksherproof.dev/schemas/${name}.schema.json`;
  expect(ajv.validate(id, value), JSON.stringify(ajv.errors)).toBe(true);
};
const driver = (name: string, ...more: readonly string[]): string =>
  [`"${process.execPath}"`, name, "{appid} {key} {op} {order}", ...more].join(" ");
const merchant = ["--merchant", `${APPID}=${KEY}`];

async function probed(args: readonly string[]) {
  const ran = await ksherproof(["probe", ...merchant, "--json", "-", ...args]);
  const report = JSON.parse(ran.stdout);
  fits("probe-report", report);
  return { ...ran, report };
}

describe("ready scripts", () => {
  const probes = join(root, "packages/intercept/probes");
  const files = readdirSync(probes);

  it.each(files)("%s is what its schema and its reader want, under its id", (file) => {
    const { value } = parseYamlFile(file, readFileSync(join(probes, file), "utf8"));
    fits("probe", value);
    expect(`${parseProbe(value).id}.yaml`).toBe(file);
  });

  it("every cancel requirement that a client is held to has one", () => {
    const ids = files.map((file) => file.slice(0, 7));
    const wanted = ["001", "002", "003", "004", "005", "007", "010", "011", "012"].map((n) => `CXL-${n}`);
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("hold for the reference client: a late payment, a signature that is not believed, a bad certificate", async () => {
    const ready = ["CXL-007", "QRY-002", "SEC-002"].flatMap((id) => ["--ready", id]);
    const { code, report } = await probed([...ready, "--run", driver("driver.mjs")]);
    expect(report.probes.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([]);
    expect([code, report.summary]).toEqual([0, { passed: 3, failed: 0 }]);
  });

  it("CXL-007, CXL-012, RSP-002 do not hold for a client that remembers CLOSED and tells few codes apart", async () => {
    const memory = join(folder, "memory.json");
    const ready = ["CXL-007", "CXL-012", "RSP-002"].flatMap((id) => ["--ready", id]);
    const { code, report } = await probed([...ready, "--run", driver("driver-forgetful.mjs", memory)]);
    expect([code, report.summary]).toEqual([1, { passed: 0, failed: 3 }]);
    const details = report.probes.map(({ steps }: { steps: { detail: string }[] }) => steps.at(-1)?.detail);
    expect(details[0]).toContain("The client sent no request");
    expect(details[1]).toContain("Expected 1 or more requests at the gateway, found 0.");
    expect(details[2]).toContain("Expected rejected, found failed");
  });

  it("hold for a client that hands the gateway's answers through", async () => {
    const run = `"${process.execPath}" node-fetch.mjs {appid} {key} {endpoint} {order}`;
    const { report } = await probed(["--ready", "CXL-003", "--run", run]);
    expect(report.conforms).toBe(true);
    expect(report.probes[0].steps[0].runs[0]).toMatchObject({ outcome: "already_paid", read_by: "answer" });
  });
});

describe("own scripts", () => {
  const script = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };

  it("stdout, exit code, requests and a table of outcomes are held against what happened", async () => {
    const file = script(
      "own.yaml",
      `id: own
run: '"${process.execPath}" node-fetch.mjs {appid} {key} {endpoint} {order}'
order: "X 1"
orders: { "X 1": unpaid }
outcomes: { cancelled: { exit: 0, stdout: { contains: 取消成功 } } }
steps:
  - { call: cancel, expect: { outcome: cancelled, requests: 1, stderr: { equals: "" } } }
  - { call: query, expect: { exit: 0, stdout: { json: { data.result: CLOSED, data.mch_order_no: X 1 } } } }
  - { call: query, answer: PENDING, expect: { stdout: { matches: '"result":"PENDING"' } } }
  - { call: query, expect: { exit: nonzero } }
  - { call: query, expect: paid }
`,
    );
    const { code, report } = await probed([file]);
    expect(code).toBe(1);
    const [probe] = report.probes;
    expect(probe.steps.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, true, true, false]);
    expect(probe.steps[0].runs[0].read_by).toBe("table");
    expect(probe.steps[3].detail).toBe("Expected another exit code than 0, found 0.");
    expect(probe.wire["REQ-010"]).toBe("pass");
  });

  it.each([
    ["steps: [", ":1:9: "],
    [
      "id: a\nsteps:\n  - call: refund\n    expect: paid\n",
      ':3:5: Expected call to be one of cancel, query, create, found "refund".',
    ],
    ["id: a\nsteps:\n  - call: cancel\n", "A call without expect shows nothing"],
    ["id: a\nstep: []\n", ":2:1: There is no member step here. Did you mean steps?"],
    ["id: a\nsteps:\n  - { call: query, expect: gone }\n", 'found "gone"'],
    ["id: a\norders: { x: lost }\nsteps: [{ wait: 1 s }]\n", ':2:11: There is no order state "lost".'],
    ["id: a\nsteps:\n  - { call: cancel, answer: boom, expect: paid }\n", 'There is no answer "boom".'],
    ["id: a\nsteps:\n  - { call: cancel, expect: { stdout: { matches: '(' } } }\n", "no regular expression"],
    ["- 1\n", "Expected the script to be a mapping, found a list."],
    ["id: &a CXL-001\ntitle: *a\n", "Aliases are not taken: write out what *a stands for."],
  ])("%j is refused with its place", async (text, message) => {
    const ran = await ksherproof(["probe", ...merchant, "--run", "true", script("bad.yaml", text)]);
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).toMatch(/bad\.yaml:\d+:\d+: /);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
  });

  it.each([
    [["probe"], 2, "No script was given."],
    [["probe", "--ready", "CXL-099"], 2, 'There is no ready script "CXL-099".'],
    [["probe", "--ready", "CXL-001", ...merchant], 2, "Nothing says how the client is run in CXL-001."],
    [["probe", "--ready", "CXL-001", "--run", "true"], 2, "No merchant was given"],
    [
      ["probe", "--ready", "CXL-001", ...merchant, "--run", "true {what}"],
      2,
      "There is no placeholder {what}.",
    ],
    [
      ["probe", "--ready", "CXL-001", ...merchant, "--run", "no-such-program {op}"],
      3,
      "there is no such program",
    ],
    [["probe", "--ready", "CXL-001", ...merchant, "--run", "true 'x"], 2, "is never closed"],
    [["probe", "nowhere.yaml"], 3, "There is no file nowhere.yaml."],
  ])("%j", async (args, code, message) => {
    const ran = await ksherproof(args);
    expect(ran.stderr).toContain(message);
    expect([ran.code, ran.stdout]).toEqual([code, ""]);
  });

  it.each([
    ["sleep 20", "200ms", "The client did not end within 0.2 s."],
    ["kill -SEGV $$", "20s", "ended by SIGSEGV"],
  ])("a client that does `%s` is told as what it is", async (script, timeout, detail) => {
    const run = `sh -c '${script}'`;
    const { report } = await probed(["--ready", "CXL-001", "--timeout", timeout, "--run", run]);
    expect(report.probes[0].steps[0].detail).toContain(detail);
  });

  it("--list and --show print what is ready", () => {
    const show = spawnSync(
      process.execPath,
      [join(root, "packages/cli/bin/ksherproof.mjs"), "probe", "--show", "CXL-007"],
      {
        encoding: "utf8",
      },
    );
    expect(parseProbe(parseYamlFile("shown", show.stdout).value).id).toBe("CXL-007");
  });
});
