import { EnvironmentError } from "@ksherproof/core";
import { type SmokeStep, smoke, splitCommandLine } from "@ksherproof/harness";
import { templateOf, writeTemplate } from "../check/templates.js";
import { colours, print, printJson, visible } from "../output.js";

export function init(language: string, folder: string, options: { force?: true }): void {
  const template = templateOf(language);
  const files = writeTemplate(template, folder, options.force === true);
  for (const file of files) print(file);
  print(`\nFill in the places marked YOUR CLIENT, and put their names into the table. Then, in ${folder}:`);
  if (template.build) print(`  ${template.build}`);
  print(`  ksherproof adapter smoke --adapter "${template.run}"`);
  print(`  ksherproof check --adapter "${template.run}"`);
}

export async function smokeTest(options: { adapter: string; json?: true }): Promise<void> {
  const command = splitCommandLine(options.adapter);
  const steps: SmokeStep[] = [];
  const good = await smoke(command, (step) => {
    steps.push(step);
    if (!options.json) print(lineOf(step));
  });
  if (options.json) printJson({ smoke: 1, adapter: options.adapter, good, steps });
  if (steps[0]?.good === false) {
    throw new EnvironmentError("adapter_hello", "The adapter did not say hello.", {
      hint: `Try it by hand: echo '{"id":1,"op":"hello","args":{"protocol":1}}' | ${options.adapter}`,
    });
  }
  process.exitCode = good ? 0 : 1;
}

function lineOf({ step, good, says }: SmokeStep): string {
  const mark = good ? colours.green("ok  ") : colours.red("FAIL");
  return `${mark} ${step}${says === "" ? "" : `: ${visible(says)}`}`;
}
