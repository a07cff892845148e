import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { EnvironmentError } from "@ksherproof/core";
import { type Isolation, isolatedRunner } from "./isolated-runner.js";

/** A command and its arguments. */
export type CommandWords = readonly [string, ...string[]];

/**
 * How a program is held that heeds neither proxy nor preload: by a hosts file of its own, by a network of its own, or not.
 * `required` is the hosts file, and an error where the system does not allow it.
 */
export type ContainmentAsked = "none" | "offered" | "required" | "isolated";

/** What holds the child: `detail` says why nothing does. */
export type Containment =
  | {
      readonly by: "hosts_file" | "network";
      /** Whether the gateway's own ports are served there, or closed: then what heeds no proxy reaches nobody. */
      readonly portsServed: boolean;
      readonly wrap: (command: CommandWords) => CommandWords;
    }
  | { readonly by: "none"; readonly detail: string };

export interface ContainmentOptions {
  readonly asked: ContainmentAsked;
  /** The private folder; its files are removed with it. */
  readonly folder: string;
  readonly hosts: readonly string[];
  /** Where the gateway's own ports are served; null where they are not. */
  readonly address: string | null;
  /** What a network of the child's own needs. */
  readonly isolation: Isolation;
}

/** An address of this machine's loopback that is likely nobody else's. */
export function loopbackAddress(): string {
  return `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
}

/**
 * On Linux, namespaces of the child's own: a mount namespace in which /etc/hosts leads the gateway's names to this
 * machine, and, where isolation is asked for, a network namespace in which nothing else can be reached at all. Without
 * root a user namespace gives the right to them; the program keeps its user id. The system's own files are not touched.
 * Throws `EnvironmentError` where what is required cannot be had.
 */
export function contain(options: ContainmentOptions): Containment {
  const { asked } = options;
  if (asked === "none") return { by: "none", detail: "it was switched off with --no-private-hosts" };
  const made = tryToContain(options);
  if (made.by !== "none" || asked === "offered") return made;
  const what = asked === "isolated" ? "a network of its own" : "a hosts file of its own";
  throw new EnvironmentError(
    "not_contained",
    `The program cannot be given ${what}: ${made.detail}. It was not started.`,
    {
      hint: "On Linux run it as root (in a container with --cap-add SYS_ADMIN), or let users make user namespaces: sysctl kernel.apparmor_restrict_unprivileged_userns=0.",
    },
  );
}

function tryToContain({ asked, folder, hosts, address, isolation }: ContainmentOptions): Containment {
  if (process.platform !== "linux") return { by: "none", detail: "only Linux has namespaces" };
  const isolated = asked === "isolated";
  const hostsFile = join(folder, "hosts");
  const namesFile = join(folder, "resolv.conf");
  let own: string;
  try {
    own = readFileSync("/etc/hosts", "utf8");
  } catch {
    return { by: "none", detail: "there is no /etc/hosts to stand in for" };
  }
  writeFileSync(hostsFile, `${hosts.map((host) => `${address ?? "127.0.0.1"} ${host}\n`).join("")}${own}`, {
    mode: 0o644,
  });
  writeFileSync(namesFile, "nameserver 127.0.0.1\noptions attempts:1 timeout:2\n", { mode: 0o644 });
  const runner = isolatedRunner(folder, isolation);
  const uid = process.getuid?.() ?? 0;
  const back = ["unshare", "--user", `--map-user=${uid}`, `--map-group=${process.getgid?.() ?? 0}`];
  const enter = uid === 0 ? ["unshare"] : ["unshare", "--user", "--map-root-user"];
  const script = [
    'mount --bind "$0" /etc/hosts',
    ...(isolated
      ? [
          `{ mount --bind ${quoted(namesFile)} /etc/resolv.conf || :; }`,
          "ip link set lo up",
          `exec env NODE_OPTIONS= ${quoted(process.execPath)} ${quoted(runner)} "$@"`,
        ]
      : ['exec "$@"']),
  ].join(" && ");
  const wrap = (command: CommandWords): CommandWords => [
    "unshare",
    ...enter.slice(1),
    "--mount",
    ...(isolated ? ["--net"] : []),
    "sh",
    "-c",
    script,
    hostsFile,
    ...(uid === 0 ? [] : back),
    ...command,
  ];
  const [program, ...args] = wrap(["true"]);
  const tried = spawnSync(program, args, { encoding: "utf8", timeout: 10_000 });
  if (tried.status === 0) {
    return { by: isolated ? "network" : "hosts_file", portsServed: address !== null, wrap };
  }
  if (tried.error) return { by: "none", detail: "the program unshare (util-linux) cannot be run" };
  const said = tried.stderr.trim().split("\n").at(-1) || `exit code ${tried.status}`;
  return { by: "none", detail: `the system does not allow it (${said})` };
}

/** A word for the shell. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Whether a program can be started by this name: the wrapped command could only say it in the shell's words. */
export function canStart(program: string, path: string, cwd: string): boolean {
  const candidates = program.includes("/")
    ? [program.startsWith("/") ? program : join(cwd, program)]
    : path.split(delimiter).map((folder) => join(folder || ".", program));
  const found = candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return statSync(file).isFile();
    } catch {
      return false;
    }
  });
  return found !== undefined && hasInterpreter(found);
}

/** Whether the program that the first line of a script names is there; true for what is no script, or can't be read. */
function hasInterpreter(file: string): boolean {
  let start: string;
  try {
    start = firstBytes(file, 256).toString("utf8");
  } catch {
    return true;
  }
  const [, interpreter] = /^#![ \t]*(\/\S+)/.exec(start) ?? [];
  return interpreter === undefined || existsSync(interpreter);
}

function firstBytes(file: string, count: number): Buffer {
  const descriptor = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(count);
    return bytes.subarray(0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}
