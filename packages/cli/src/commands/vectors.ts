import { EXPORT_FORMATS, type ExportFormat, type Profile, VECTOR_FILES } from "@ksherproof/vectors";
import { type Command, Option } from "commander";
import { collect } from "../collect.js";

const profileOption = (): Option =>
  new Option("--profile <name>", "which reading, where sources disagree")
    .choices(["documented", "observed"])
    .default("documented");

export function register(program: Command): void {
  const vectors = program
    .command("vectors")
    .description("the golden vectors: verify, export, check, show, count");
  registerVerify(vectors);
  registerExport(vectors);
  registerCheck(vectors);
  registerShow(vectors);
}

function registerVerify(vectors: Command): void {
  vectors
    .command("verify")
    .description("run every vector through this project's own code")
    .addOption(new Option("--rsa <code>", "which RSA code").choices(["node", "portable"]).default("node"))
    .option("--json", "print one JSON object")
    .action(async (options: { rsa: "node" | "portable"; json?: true }) =>
      (await import("../actions/vectors.js")).verify(options),
    );
}

function registerExport(vectors: Command): void {
  vectors
    .command("export")
    .description("print the vectors in a form that your language reads")
    .addOption(new Option("--format <form>", "the form").choices(EXPORT_FORMATS).default("json"))
    .option("--file <name>", `only this file: ${VECTOR_FILES.join(", ")}; repeatable`, collect)
    .addOption(profileOption())
    .option("-o, --output <file>", "write there, not to standard output")
    .addOption(
      new Option(
        "--archive <file>",
        "write the release archive instead, a .tar.gz: vectors, keys, scenarios, schemas and SHA256SUMS",
      ).conflicts(["format", "file", "profile", "output"]),
    )
    .action(
      async (options: {
        format: ExportFormat;
        file?: readonly string[];
        profile: Profile;
        output?: string;
        archive?: string;
      }) => (await import("../actions/vectors.js")).exportTo(options),
    );
}

function registerCheck(vectors: Command): void {
  vectors
    .command("check")
    .description("grade a port's results, layer by layer")
    .argument("[results]", "JSON Lines file, or - for standard input", "-")
    .addOption(profileOption())
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      [
        "",
        "One result a line; leave out what your port does not do:",
        '  {"id": "canonical-shape-cancel", "canonical": "appid=...", "digest": "...", "signature": "..."}',
        '  {"id": "signature-good-merchant-512-one", "valid": true}',
        '  {"id": "outcome-cancel-code-5", "outcome": "already_cancelled"}',
        'canonical_utf8_hex may stand for canonical. Where params or a body must be refused: {"id": "...", "valid": false}',
        "",
        "Exit code 0: every answer is right. 1: one is wrong, or says nothing.",
        "",
      ].join("\n"),
    )
    .action(async (file: string, options: { profile: Profile; json?: true }) =>
      (await import("../actions/vectors.js")).check(file, options),
    );
}

function registerShow(vectors: Command): void {
  vectors
    .command("show")
    .description("one vector: every value, and what a failure costs")
    .argument("<id>", "the vector's id")
    .option("--json", "print the vector as JSON")
    .action(async (id: string, options: { json?: true }) =>
      (await import("../actions/vectors.js")).show(id, options),
    );
  vectors
    .command("stats")
    .description("how many vectors there are, by file, flag and requirement")
    .option("--json", "print one JSON object")
    .action(async (options: { json?: true }) => (await import("../actions/vectors.js")).stats(options));
}
