// prepack and postpack of packages/vectors: the published package carries the vectors, their schemas and the manifest.
// `node pack.mjs --clean` takes the copies away again, so that none of them shadows the originals.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const target = `${root}packages/vectors/`;
for (const name of ["vectors", "schemas", "SHA256SUMS"])
  rmSync(`${target}${name}`, { recursive: true, force: true });
if (!process.argv.includes("--clean")) {
  cpSync(`${root}vectors`, `${target}vectors`, { recursive: true });
  mkdirSync(`${target}schemas`);
  for (const name of readdirSync(`${root}specs/schemas`)) {
    if (name.startsWith("vectors-")) cpSync(`${root}specs/schemas/${name}`, `${target}schemas/${name}`);
  }
  const { releasedFiles } = await import("../../packages/vectors/dist/index.js");
  const manifest = releasedFiles().find(({ path }) => path === "SHA256SUMS");
  writeFileSync(`${target}SHA256SUMS`, manifest.bytes);
}
