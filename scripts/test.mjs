// npm test: install if needed, then everything that CI checks.
import { install, must } from "./steps.mjs";

install();
must(process.execPath, ["scripts/check.mjs"]);
