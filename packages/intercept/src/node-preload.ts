import type { ChildSettings } from "./child-settings.js";

/**
 * For Node (`NODE_OPTIONS=--require`): a socket to a gateway host ends at the proxy, whatever library opens it, and TLS
 * is checked as ever. Libraries that would use a proxy go direct as in production; child processes get the proxy back.
 */
export function nodePreload({ hosts, port, refusedFile }: ChildSettings): string {
  return `"use strict";
const childProcess = require("node:child_process");
const fs = require("node:fs");
const net = require("node:net");
const hosts = new Set(${JSON.stringify(hosts)});
const local = /^(localhost|::1|\\[::1\\]|0\\.0\\.0\\.0|::|127\\.\\d+\\.\\d+\\.\\d+|::ffff:127\\.\\d+\\.\\d+\\.\\d+)$/;
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const list = Array.isArray(args[0]) ? args[0] : args;
  let options = list[0];
  if (typeof options === "number" || (typeof options === "string" && /^[0-9]+$/.test(options))) {
    options = { port: Number(options), host: typeof list[1] === "string" ? list[1] : "localhost" };
    list.splice(0, typeof list[1] === "string" ? 2 : 1, options);
  }
  if (options && typeof options === "object" && !options.path) {
    const host = String(options.host || "localhost").toLowerCase().replace(/\\.$/, "");
    if (hosts.has(host)) {
      list[0] = Object.assign({}, options, { host: "127.0.0.1", port: ${port}, lookup: undefined });
    } else if (!local.test(host)) {
      try { fs.appendFileSync(${JSON.stringify(refusedFile)}, host + " " + (options.port || 0) + "\\n"); } catch {}
      const error = Object.assign(new Error("ksherproof intercept refuses the host " + host), { code: "ECONNREFUSED", syscall: "connect" });
      process.nextTick(() => this.destroy(error));
      return this;
    }
  }
  return Reflect.apply(connect, this, args);
};
const names = ["NO_PROXY", "no_proxy"];
const given = names.map((name) => process.env[name]);
const within = [given[0], ...hosts].filter(Boolean).join(",");
for (const name of names) process.env[name] = within;
const restored = (env) => {
  const copy = { ...(env || process.env) };
  names.forEach((name, i) => {
    if (copy[name] !== within) return;
    if (given[i] === undefined) delete copy[name];
    else copy[name] = given[i];
  });
  return copy;
};
const spawn = childProcess.ChildProcess.prototype.spawn;
childProcess.ChildProcess.prototype.spawn = function (options) {
  const pairs = (options && options.envPairs) || [];
  const env = restored(Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf("=", 1)), pair.slice(pair.indexOf("=", 1) + 1)])));
  return spawn.call(this, { ...options, envPairs: Object.entries(env).map(([name, value]) => name + "=" + value) });
};
for (const name of ["spawnSync", "execSync", "execFileSync"]) {
  const original = childProcess[name];
  childProcess[name] = function (...args) {
    let at = args.findIndex((value, i) => i > 0 && value !== null && typeof value === "object" && !Array.isArray(value));
    if (at < 0) {
      at = args.length > 1 && Array.isArray(args[1]) ? 2 : 1;
      args[at] = {};
    }
    args[at] = { ...args[at], env: restored(args[at].env) };
    return Reflect.apply(original, this, args);
  };
}
require("node:module").syncBuiltinESMExports();
`;
}
