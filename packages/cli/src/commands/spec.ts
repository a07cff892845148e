import { type Command, Option } from "commander";

const LEVELS = ["must", "should", "may"] as const;

export function register(program: Command): void {
  const spec = program.command("spec").description("read the protocol's requirements, states and documents");
  list(spec);
  show(spec);
  states(spec);
  openapi(spec);
  diff(spec);
}

function list(spec: Command): void {
  spec
    .command("list")
    .description("list the requirements")
    .argument("[group]", "SIG, REQ, RSP, QRY, CXL, RTY, WHK or SEC")
    .addOption(new Option("--level <level>", "only this level").choices(LEVELS))
    .option("--json", "print one JSON array")
    .action(async (group: string | undefined, options: { level?: string; json?: true }) =>
      (await import("../actions/spec.js")).list(group, options),
    );
}

function show(spec: Command): void {
  spec
    .command("show")
    .description("show a requirement (why, sources, checks, an example), a code, a result or a state")
    .argument("<id>", "a requirement such as CXL-007, a code (-4), a result (CLOSED), a state (paid_late)")
    .option("--json", "print one JSON object")
    .action(async (id: string, options: { json?: true }) =>
      (await import("../actions/spec.js")).show(id, options),
    );
}

function states(spec: Command): void {
  spec
    .command("states")
    .description("show the life of an order: states, events, transitions")
    .option("--mermaid", "print a Mermaid state diagram")
    .option("--json", "print one JSON object")
    .action(async (options: { mermaid?: true; json?: true }) =>
      (await import("../actions/spec.js")).states(options),
    );
}

function openapi(spec: Command): void {
  spec
    .command("openapi")
    .description("print the OpenAPI 3.1 document of the three endpoints and the webhook")
    .option("--json", "the same: the document is JSON")
    .action(async () => (await import("../actions/spec.js")).openapi());
}

function diff(spec: Command): void {
  spec
    .command("diff")
    .description("say what changed between two revisions of the specs, and whom it breaks")
    .argument("<old>", "a folder of specs, or a repository that has one")
    .argument("<new>", "the same")
    .option("--json", "print one JSON object")
    .addHelpText("after", "\nExit code 0: nobody is broken. 1: clients, gateways or vectors are.\n")
    .action(async (old: string, now: string, options: { json?: true }) =>
      (await import("../actions/spec.js")).diff(old, now, options),
    );
}
