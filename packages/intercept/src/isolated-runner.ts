import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the runner within a network of the child's own needs to lead the gateway's names out of it. */
export interface Isolation {
  /** The socket file on which the proxy listens outside. */
  readonly socket: string;
  /** The proxy's port: served on 127.0.0.1 within, as it is outside. */
  readonly port: number;
  /** Where the gateway's own ports are served within. */
  readonly address: string;
  /** Where refused names are written, one a line. */
  readonly refusedFile: string;
  readonly nodeOptions: string;
}

/**
 * Writes the program that runs within a network namespace: it hands each connection to the proxy through a socket file,
 * answers every look-up of a name with "no such name" and notes it, and runs the client as its child, signals and exit
 * code passed on. Returns its path.
 */
export function isolatedRunner(folder: string, isolation: Isolation): string {
  const path = join(folder, "isolated.cjs");
  writeFileSync(path, source(isolation), { mode: 0o600 });
  return path;
}

function source({ socket, port, address, refusedFile, nodeOptions }: Isolation): string {
  return `"use strict";
const { spawn } = require("node:child_process");
const { appendFileSync } = require("node:fs");
const net = require("node:net");
const names = require("node:dgram").createSocket("udp4");
const relay = (port, host) => new Promise((resolve, reject) => {
  const server = net.createServer({ allowHalfOpen: true }, (inner) => {
    const outer = net.connect({ path: ${JSON.stringify(socket)}, allowHalfOpen: true });
    inner.on("error", () => outer.destroy());
    outer.on("error", () => inner.destroy());
    outer.on("close", () => inner.destroy());
    inner.pipe(outer).pipe(inner);
  });
  server.once("error", reject);
  server.listen(port, host, resolve);
});
const noted = new Set();
names.on("message", (query, from) => {
  const labels = [];
  let at = 12;
  while (query[at]) {
    labels.push(query.toString("latin1", at + 1, at + 1 + query[at]));
    at += query[at] + 1;
  }
  const name = labels.join(".").toLowerCase();
  if (name && !noted.has(name)) appendFileSync(${JSON.stringify(refusedFile)}, name + " 0\\n");
  noted.add(name);
  const answer = Buffer.from(query.subarray(0, at + 5));
  answer.writeUInt16BE(0x8183, 2);
  answer.fill(0, 6, 12);
  names.send(answer, from.port, from.address);
});
names.on("error", () => {});
names.bind(53, "127.0.0.1");
const [program, ...args] = process.argv.slice(2);
Promise.all([relay(${port}, "127.0.0.1"), relay(443, ${JSON.stringify(address)}), relay(80, ${JSON.stringify(address)})]).then(() => {
  const child = spawn(program, args, { stdio: "inherit", env: { ...process.env, NODE_OPTIONS: ${JSON.stringify(nodeOptions)} } });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill("SIGKILL"), 500).unref();
  child.on("error", (error) => {
    process.stderr.write(error.message + "\\n");
    process.exit(127);
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    setTimeout(() => process.exit(1), 1000);
  });
}).catch((error) => {
  process.stderr.write("ksherproof intercept: " + error.message + "\\n");
  process.exit(126);
});
`;
}
