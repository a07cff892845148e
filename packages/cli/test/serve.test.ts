import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ksherproof, root, type ServeProcess, startServe } from "./served.js";

// biome-ignore lint/suspicious/noExplicitAny: JSON of another process, whose shape the assertions judge
type Json = any;

const folder = mkdtempSync(join(tmpdir(), "ksherproof-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
const valid = (name: string) =>
  new Ajv2020({ strict: false, allErrors: true }).compile(
    JSON.parse(readFileSync(join(root, "specs/schemas", name), "utf8")),
  );
const json = async (url: string, init?: RequestInit): Promise<Json> => (await fetch(url, init)).json();
const post = (url: string, body: unknown) =>
  json(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

describe("ksherproof serve and the client's commands", () => {
  let serve: ServeProcess;
  beforeAll(async () => {
    serve = await startServe();
  });
  afterAll(() => serve?.end());
  const run = (...args: readonly string[]) => ksherproof([...args, "--gateway", serve.file]);
  const runJson = (...args: readonly string[]) => JSON.parse(run(...args, "--json").stdout) as Json;

  it("prints one line that fits its schema, on loopback, with curl lines that work", () => {
    const fits = valid("cli-serve.schema.json");
    fits(serve.ready);
    expect(fits.errors).toBeNull();
    expect(serve.ready.base_url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api$/);
    const said = serve.ready.curl.map((line) =>
      JSON.parse(spawnSync(line, { shell: true }).stdout.toString()),
    );
    expect(said.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(said[1].data.result).toBe("NOTPAY");
  });

  it("pay, query, cancel tell outcomes by exit code, and their JSON fits its schemas", () => {
    const said = (name: string, report: unknown) => {
      const fits = valid(`cli-${name}.schema.json`);
      fits(report);
      expect(fits.errors).toBeNull();
      return report as Json;
    };
    expect(said("pay", runJson("pay", "cli-1")).pay_content).toContain("/pay?order_uuid=");
    expect(said("query", runJson("query", "cli-1")).outcome).toBe("unpaid");
    expect(said("cancel", runJson("cancel", "cli-1"))).toMatchObject({
      outcome: "cancelled",
      http_status: 200,
    });
    expect(said("cancel", runJson("cancel", "cli-1", "--confirm"))).toMatchObject({
      truth: "closed",
      cancels: [{ outcome: "already_cancelled" }],
      queries: [{ outcome: "closed" }],
    });
    expect(run("cancel", "cli-1").status).toBe(0);
    expect(run("cancel", "none").status).toBe(1);
    expect(run("query", "none")).toMatchObject({ status: 1, stdout: "not_found: there is no such order.\n" });
  });

  it("a lost answer is unknown, exit code 3; --confirm finds out what is true (RTY-003)", async () => {
    runJson("pay", "cli-2");
    const rule = { endpoint: "/cancel_order", faults: [{ kind: "drop_after_commit" }] };
    await post(`${serve.ready.control}/faults`, rule);
    expect(run("cancel", "cli-2")).toMatchObject({ status: 3, stderr: "" });
    await post(`${serve.ready.control}/faults`, { ...rule, mch_order_no: "cli-3" });
    runJson("pay", "cli-3");
    expect(runJson("cancel", "cli-3", "--confirm")).toMatchObject({
      truth: "closed",
      cancels: [{ outcome: "unknown" }],
      queries: [{ outcome: "closed" }],
    });
  });

  it("an answer by another key is untrusted", () => {
    runJson("pay", "cli-4");
    const other = run("query", "cli-4", "--gateway-key", "vectors/keys/stranger-1024.spki.pem");
    expect(other.status).toBe(1);
    expect(other.stdout).toMatch(/^untrusted: /);
  });

  it("never calls another machine without --live, and says what is missing", () => {
    const key = [
      "--appid",
      "mch1",
      "--key",
      "vectors/keys/merchant-512.pkcs1.pem",
      "--gateway-key",
      "ksher-v1",
    ];
    const far = ksherproof(["cancel", "x", ...key, "--base-url", "https://gateway.ksher.com/api"]);
    expect(far).toMatchObject({ status: 2, stdout: "" });
    expect(far.stderr).toContain("--live");
    expect(ksherproof(["cancel", "x"]).stderr).toContain("Give --gateway gateway.json");
    const env = { KSHERPROOF_GATEWAY: serve.file };
    expect(ksherproof(["query", "none"], env).status).toBe(1);
    writeFileSync(join(folder, "no.json"), "{}\n");
    expect(ksherproof(["query", "x", "--gateway", join(folder, "no.json")]).status).toBe(2);
  });
});

describe("ksherproof serve", () => {
  it("keeps orders, keys and settings in a state file, and ends with 0 at Ctrl-C", async () => {
    const state = join(folder, "state.json");
    const first = await startServe("--state", state, "--set", "cardInProgressCode=-4");
    await post(`${first.ready.control}/orders`, { mch_order_no: "kept" });
    await post(`${first.ready.control}/orders/kept/start_card`, {});
    expect(await first.end()).toBe(0);
    const second = await startServe("--state", state);
    expect(second.ready.private_key).toBe(first.ready.private_key);
    const { state: now, cancel_code, pay_content } = await json(`${second.ready.control}/orders/kept`);
    expect({ now, cancel_code }).toEqual({ now: "card_in_progress", cancel_code: -4 });
    expect(pay_content).toContain(second.ready.page);
    expect((await json(`${second.ready.control}/ledger`)).map(({ event }: Json) => event)).toEqual([
      "created",
      "card_started",
    ]);
    expect(await second.end()).toBe(0);
  });

  it("plays a scenario, tells it on stderr, and serves what it left", async () => {
    const serve = await startServe("--scenario", "vectors/scenarios/CXL-007.yaml", "--strict-nonce");
    expect(serve.stderr()).toContain("ok  9. The customer pays with the saved QR code.");
    expect((await json(`${serve.ready.control}/orders/order-1`)).state).toBe("paid_late");
    expect((await json(`${serve.ready.control}/settings`)).strictNonce).toBe(true);
    await serve.end();
  });

  it("a scenario whose step does not hold ends with 1, a file that is none with 2 and the place", () => {
    const wrong = join(folder, "wrong.yaml");
    const head = "id: CXL-004\ntitle: t\nrequirements: [CXL-004]\nstory: s\nsteps:\n";
    writeFileSync(wrong, `${head}  - merchant: cancel\n    expect: cancelled\n`);
    const failed = ksherproof(["serve", "--scenario", wrong]);
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain("expected cancelled, found not_found");
    writeFileSync(wrong, `${head}  - customer: dance\n`);
    const none = ksherproof(["serve", "--scenario", wrong]);
    expect(none.status).toBe(2);
    expect(none.stderr).toContain("steps[0].customer: expected one of open_link");
  });

  it("says what is wrong: port taken, not loopback, bad merchant, bad fault, bad state, bad setting", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const port = String((taken.address() as { port: number }).port);
    expect(ksherproof(["serve", "--port", port])).toMatchObject({
      status: 3,
      stderr: `ksherproof: Port ${port} on 127.0.0.1 is taken. [cannot_listen]\n  Give another --port, or 0 for any free one.\n`,
    });
    taken.close();
    const state = join(folder, "odd.json");
    writeFileSync(state, "[]");
    for (const [args, says] of [
      [["--host", "0.0.0.0"], "--allow-remote"],
      [["--port", "99999"], "from 0 to 65535"],
      [["--merchant", "35005=x.pem"], "appid=KEY"],
      [["--fault", '{"faults":[{"kind":"tls","certificate":"expired"}]}'], "A tls fault needs HTTPS"],
      [["--fault", '{"faults":[{"kind":"delay"}]}'], "--fault 1.faults[0]: the member ms is missing"],
      [["--state", state], "is no state that"],
      [["--set", "cardInProgressCode=7"], "one of: -6, -4"],
    ] as const) {
      const { status, stderr, stdout } = ksherproof(["serve", ...args]);
      expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: "" });
      expect(stderr).toContain(says);
    }
    expect(readFileSync(state, "utf8")).toBe("[]");
  });

  it("serves several merchants, and never prints or saves a key that is the user's own", async () => {
    const own = "vectors/keys/merchant-1024.pkcs1.pem";
    const state = join(folder, "own.json");
    const serve = await startServe("--merchant", `mch1=${own}`, "--merchant", "mch2", "--state", state);
    expect(serve.ready).toMatchObject({ appid: "mch1", private_key: null });
    const args = ["--gateway", serve.file, "--key", own, "--json"];
    expect(JSON.parse(ksherproof(["pay", "own-1", ...args]).stdout).outcome).toBe("created");
    await serve.end();
    expect(existsSync(state)).toBe(true);
    expect(readFileSync(state, "utf8")).not.toContain(readFileSync(join(root, own), "utf8").split("\n")[1]);
  });
});
