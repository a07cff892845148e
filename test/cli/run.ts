import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ajvWith } from "@ksherproof/spec-loader";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const keys = `${root}vectors/keys/`;

/** Runs the built CLI as a user does. */
export function ksherproof(args: readonly string[], input: string | Uint8Array = "") {
  const found = spawnSync(process.execPath, [`${root}packages/cli/bin/ksherproof.mjs`, ...args], {
    cwd: root,
    input,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    maxBuffer: 64 << 20,
  });
  return { code: found.status, out: found.stdout, err: found.stderr };
}

/** What is wrong with a command's JSON by its published schema; empty where nothing is. */
export function schemaErrors(name: string, output: string): readonly string[] {
  const schema = JSON.parse(readFileSync(`${root}specs/schemas/cli-${name}.schema.json`, "utf8"));
  const validate = ajvWith([]).compile(schema);
  return validate(JSON.parse(output))
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
