// npm start: install, build, and run the main job.
import { install, must, root } from "./steps.mjs";

install();
must(process.execPath, ["scripts/build.mjs"]);
must(process.execPath, ["packages/cli/bin/ksherproof.mjs", "--help"], { cwd: root });
