import { chmodSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One temporary folder for the whole run, removed at its end: what a test leaves, also one that was stopped, goes with it. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "ksherproof-tests-"));
  // Some tests run programs as another user.
  chmodSync(folder, 0o1777);
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
