// pnpm mutate [files...]: mutation testing of core and harness, or of these files of theirs alone, and the page of scores.
// One file takes minutes, a package hours; what was measured before stays on the page.
import { must, root, tool } from "../steps.mjs";

const asked = process.argv.slice(2);
for (const name of ["core", "harness"]) {
  const files = asked.filter((file) => file.startsWith(`packages/${name}/src/`));
  if (asked.length > 0 && files.length === 0) continue;
  const picked = files.length > 0 ? ["--mutate", files.join(",")] : [];
  const code = tool("stryker", ["run", `scripts/mutation/${name}.json`, ...picked]);
  if (code !== 0) process.exit(code);
  must(process.execPath, ["scripts/mutation/page.mjs", `${root}reports/mutation/${name}.json`]);
}
