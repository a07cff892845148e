// Builds packages/web/dist/verifier.html: one file, style and script inside, a policy that forbids every connection.
// The same sources give the same bytes.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "./steps.mjs";

const web = `${root}packages/web/`;
const LARGEST = 400_000;

const module = gzipSync(readFileSync(`${root}packages/audit/dist/engine/engine.wasm`), { level: 9 });
// The byte that names the packing machine's system.
module[9] = 0xff;

const { outputFiles } = await build({
  entryPoints: [`${web}dist/main.js`],
  absWorkingDir: root,
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  platform: "browser",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  // Node's part of node-forge; a browser has none of it.
  external: ["crypto"],
  inject: [`${web}dist/portable/buffer.js`],
  define: { AUDIT_MODULE: JSON.stringify(module.toString("base64")), "import.meta.url": '"file:///"' },
  alias: {
    "@ksherproof/keys": `${web}dist/portable/keys.js`,
    "node:crypto": `${web}dist/portable/node.js`,
    "node:fs": `${web}dist/portable/node.js`,
    "node:path": `${web}dist/portable/node.js`,
  },
});
const style = (
  await build({ entryPoints: [`${web}assets/page.css`], minify: true, write: false, logLevel: "silent" })
).outputFiles[0].text.trim();
// `</script` inside a text would end the element.
const script = outputFiles[0].text.trim().replaceAll("</script", "<\\/script");
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)} 'wasm-unsafe-eval'`,
  `style-src ${hash(style)}`,
  "worker-src blob:",
  "connect-src 'none'",
  "img-src data:",
  "form-action 'none'",
  "base-uri 'none'",
].join("; ");
const page = readFileSync(`${web}assets/page.html`, "utf8")
  .replace("%POLICY%", () => policy)
  .replace("%STYLE%", () => style)
  .replace("%SCRIPT%", () => script);
if (page.length > LARGEST)
  throw new Error(`verifier.html has ${page.length} bytes; at most ${LARGEST} are promised.`);
writeFileSync(`${web}dist/verifier.html`, page);
