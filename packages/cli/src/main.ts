/** Runs one command line and sets the exit code. */
export async function run(argv: readonly string[]): Promise<void> {
  process.stdout.write(`ksherproof ${argv.join(" ")}\n`);
}
