import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "../architecture/sources.js";

/** What a page's commands find beside them: the repository's folders, and the files that its examples name. */
const LINKED = ["adapters", "packages", "specs", "test", "vectors", "node_modules", "scripts"];

const KSHERPROOF = `#!/bin/sh
# A whole check takes half a minute; pages that show no output of it are held to a part.
if [ "$1" = check ] && [ -n "$NARROW" ]; then
  case " $* " in
    *" --only "*|*" --list "*|*" --help "*) ;;
    *) shift; exec "${process.execPath}" "${root}packages/cli/bin/ksherproof.mjs" check --only CXL-004,SIG-003 --runs 0 "$@" ;;
  esac
fi
exec "${process.execPath}" "${root}packages/cli/bin/ksherproof.mjs" "$@"
`;

/** The adapter that a reader has written by then. */
const MY_ADAPTER = `import runpy, sys
sys.path.insert(0, "adapters/python")
runpy.run_path("adapters/python/adapter.py", run_name="__main__")
`;

const NPX = `#!/bin/sh
[ "$1" = ksherproof ] || { echo "npx $1: no page may need this" >&2; exit 1; }
shift
exec ksherproof "$@"
`;

export interface Workspace {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

/** A folder of its own in which the commands of one page run. */
export function workspace(): Workspace {
  const base = mkdtempSync(join(tmpdir(), "ksherproof-docs-"));
  const folder = join(base, "work");
  const bin = join(base, "bin");
  mkdirSync(folder);
  mkdirSync(bin);
  for (const name of LINKED) symlinkSync(join(root, name), join(folder, name));
  cpSync(join(root, "docs"), join(folder, "docs"), { recursive: true });
  cpSync(join(root, "docs/examples"), folder, { recursive: true });
  cpSync(join(root, "vectors/keys/merchant-1024.pkcs1.pem"), join(folder, "merchant.pem"));
  cpSync(join(root, "vectors/keys/gateway-512.spki.pem"), join(folder, "gateway.pem"));
  const log = readFileSync(join(root, "docs/examples/exchanges.jsonl"));
  writeFileSync(join(folder, "year.jsonl"), log);
  mkdirSync(join(folder, "logs"));
  writeFileSync(join(folder, "logs/2024-05.jsonl.gz"), gzipSync(log));
  writeFileSync(join(folder, "my_adapter.py"), MY_ADAPTER);
  writeFileSync(join(folder, "adapter"), "#!/bin/sh\nexec python3 my_adapter.py\n", { mode: 0o755 });
  writeFileSync(join(bin, "ksherproof"), KSHERPROOF, { mode: 0o755 });
  writeFileSync(join(bin, "npx"), NPX, { mode: 0o755 });
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, NO_COLOR: "1", HOME: base };
  return { folder, env, remove: () => rmSync(base, { recursive: true, force: true }) };
}
