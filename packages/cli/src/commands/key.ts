import type { Command } from "commander";
import { KEY_NAMES } from "../key-help.js";

export function register(program: Command): void {
  const key = program.command("key").description("look at keys");
  key
    .command("inspect")
    .description("size, form, fingerprint of a key, and what it is worth as proof of origin")
    .argument("<key>", `a key file (PEM or DER), or a built-in name: ${KEY_NAMES.join(", ")}`)
    .option("--json", "print one JSON object")
    .action(async (name: string, options: { json?: true }) =>
      (await import("../actions/key.js")).inspect(name, options),
    );
  key
    .command("list")
    .description("the built-in keys")
    .action(async () => (await import("../actions/key.js")).list());
}
