#!/usr/bin/env node
// Old syntax on purpose: on an older Node this file must still run far enough to say what is wrong.
var version = process.versions.node.split(".").map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  process.stderr.write(`ksherproof needs Node 20.19 or later; this is Node ${process.versions.node}.\n`);
  process.exit(3);
}
import("../dist/main.bundle.js").then(
  (main) => main.run(process.argv.slice(2)),
  (cause) => {
    if (
      cause &&
      cause.code === "ERR_MODULE_NOT_FOUND" &&
      /dist.main\.bundle\.js/.test(String(cause.message))
    ) {
      process.stderr.write("ksherproof is not built yet: run `npm start` (or `pnpm build`) first.\n");
      process.exit(3);
    }
    throw cause;
  },
);
