import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

// CI has both (.ci/tools); on a machine without them this test fails and says which is missing.
it("Python and openssl make every vector again, byte for byte", () => {
  for (const tool of ["python3", "openssl"]) {
    const found = spawnSync(tool, [tool === "python3" ? "--version" : "version"]);
    expect(found.error, `${tool} is needed to make the vectors again`).toBeUndefined();
  }
  const made = spawnSync("python3", ["-B", "scripts/vectors/generate.py", "--check"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(made.stderr).toBe("");
  expect(made.stdout).toMatch(/^\d+ vectors are made again byte for byte\n$/);
});
