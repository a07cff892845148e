// npm start: install, build, and run the main job.
import { readFileSync } from "node:fs";
import { install, must, root } from "./steps.mjs";

install();
process.stderr.write("Building, which takes half a minute the first time ...\n");
must(process.execPath, ["scripts/build.mjs"]);
const cli = (...words) => must(process.execPath, ["packages/cli/bin/ksherproof.mjs", ...words]);
const { groups } = JSON.parse(readFileSync(`${root}vectors/real.json`, "utf8"));
const { body } = groups[0].tests.find(({ id }) => id === "real-published-rse-28");

process.stdout.write(
  "\nThe answer that the vendor published for a cancelled order, under the gateway's production key, offline:\n",
);
must(process.execPath, ["packages/cli/bin/ksherproof.mjs", "verify", "--key", "ksher-v1", "-"], {
  input: body,
  stdio: ["pipe", "inherit", "inherit"],
});

process.stdout.write("\nThe golden vectors:\n");
cli("vectors", "verify");

process.stdout.write("\nThe reference client, as a foreign process, held to every requirement:\n");
cli("check", "--adapter", "node adapters/typescript/adapter.mjs");
