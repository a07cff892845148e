import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir, hostname, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { EnvironmentError } from "@ksherproof/core";
import type { Authority } from "./authority.js";
import type { ChildSettings } from "./child-settings.js";
import { STORE_PASSWORD, trustStore } from "./key-store.js";
import { nodePreload } from "./node-preload.js";
import { phpIni, phpPrepend } from "./php-files.js";
import { pythonSite } from "./python-site.js";

export interface ChildEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** The private folder (mode 0700) that holds the authority's certificate and the small files. */
  readonly folder: string;
  /** Where they are written, one a line. */
  readonly refusedFile: string;
  /** Hosts that the child's own runtime refused, as `host port`. */
  refusedHosts(): readonly string[];
  remove(): void;
}

export interface EnvironmentOptions {
  readonly authority: Authority;
  readonly hosts: readonly string[];
  /** The proxy's port on 127.0.0.1. */
  readonly port: number;
  /** Where the gateway's own ports are served on this machine; null where they are not. */
  readonly directAddress: string | null;
  /** The simulated gateway's public key, PEM (SPKI): written to a file that a client may read. */
  readonly gatewayKey: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The environment that the child would have had. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
}

/**
 * Writes the private folder and says which variables make the child's runtime (Node, Python, Go, Ruby, PHP, .NET, Java,
 * Perl, curl, wget) send the gateway's hosts to the proxy and trust its authority. Nothing outside the child is touched.
 * Throws `EnvironmentError` where the folder cannot be made.
 */
export function childEnvironment(options: EnvironmentOptions): ChildEnvironment {
  const { authority, hosts, port, inherited } = options;
  removeAbandoned(options.now);
  const folder = privateFolder();
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const caFile = write("authority.pem", authority.cert);
  const refusedFile = write("refused-hosts", "");
  const settings: ChildSettings = { hosts, port, caFile, refusedFile };
  const store = write("authority.jks", trustStore(authority.der, options.now));
  const javaHostsFile = write("java-hosts", javaHosts(hosts, options.directAddress ?? "127.0.0.1"));
  const preload = write("preload.cjs", nodePreload(settings));
  write("sitecustomize.py", pythonSite(settings));
  write("ksherproof.ini", phpIni(settings, write("prepend.php", phpPrepend(settings))));
  const proxy = `http://127.0.0.1:${port}`;
  const variables: Record<string, string> = {
    CURL_CA_BUNDLE: caFile,
    DENO_CERT: caFile,
    JAVA_TOOL_OPTIONS: joined(inherited.JAVA_TOOL_OPTIONS, javaOptions(port, store, javaHostsFile), " "),
    KSHERPROOF_GATEWAY_KEY: write("gateway-key.pem", options.gatewayKey),
    NODE_EXTRA_CA_CERTS: caFile,
    NODE_OPTIONS: joined(inherited.NODE_OPTIONS, `--require=${JSON.stringify(preload)}`, " "),
    PERL_LWP_ENV_PROXY: "1",
    PERL_LWP_SSL_CA_FILE: caFile,
    PHP_INI_SCAN_DIR: `${inherited.PHP_INI_SCAN_DIR ?? ""}${delimiter}${folder}`,
    PYTHONPATH: joined(folder, inherited.PYTHONPATH, delimiter),
    REQUESTS_CA_BUNDLE: caFile,
    SSL_CERT_DIR: folder,
    SSL_CERT_FILE: caFile,
    WGETRC: write("wgetrc", wgetSettings(inherited, caFile)),
  };
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]) {
    variables[name] = proxy;
    variables[name.toLowerCase()] = proxy;
  }
  for (const name of ["NO_PROXY", "no_proxy"]) variables[name] = "localhost,127.0.0.1,::1";
  return {
    variables,
    folder,
    refusedFile,
    refusedHosts: () => readFileSync(refusedFile, "utf8").split("\n").filter(Boolean),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const PREFIX = "ksherproof-intercept-";
const DAY_MS = 24 * 60 * 60 * 1000;

/** A new private folder. Throws `EnvironmentError` where there can be none. */
function privateFolder(): string {
  try {
    const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
    chmodSync(folder, 0o700);
    return folder;
  } catch (thrown) {
    throw new EnvironmentError("temp_folder", `No folder can be made in ${tmpdir()}.`, {
      cause: thrown,
      hint: "Set TMPDIR to a folder that you can write to.",
    });
  }
}

/** Removes folders of runs that were killed before they could: their process is gone, and they are a day old. */
function removeAbandoned(now: number): void {
  for (const name of namesIn(tmpdir()).filter((one) => one.startsWith(PREFIX))) {
    const pid = Number(name.slice(PREFIX.length).split("-")[0]);
    const path = join(tmpdir(), name);
    try {
      if (now - statSync(path).mtimeMs > DAY_MS && !isRunning(pid)) rmSync(path, { recursive: true });
    } catch {
      // Another user's, or removed meanwhile.
    }
  }
}

/** What a folder holds; nothing where it cannot be read. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Java: trust store, proxy properties for URL connections and java.net.http, SOCKS for libraries with sockets of their
 * own, and a hosts file, so that a library which heeds none of them finds nobody rather than production.
 */
function javaOptions(port: number, store: string, hostsFile: string): string {
  const own = "localhost|127.*|[::1]";
  const properties: Readonly<Record<string, string | number>> = {
    "https.proxyHost": "127.0.0.1",
    "https.proxyPort": port,
    "http.proxyHost": "127.0.0.1",
    "http.proxyPort": port,
    "http.nonProxyHosts": own,
    socksProxyHost: "127.0.0.1",
    socksProxyPort: port,
    socksNonProxyHosts: own,
    "javax.net.ssl.trustStore": store,
    "javax.net.ssl.trustStorePassword": STORE_PASSWORD,
    "javax.net.ssl.trustStoreType": "JKS",
    "jdk.net.hosts.file": hostsFile,
  };
  return Object.entries(properties)
    .map(([name, value]) => `-D${name}=${/\s/.test(String(value)) ? `"${value}"` : value}`)
    .join(" ");
}

/** For Java's resolver: gateway hosts are this machine, and so is its own name; every other name is unknown. */
function javaHosts(hosts: readonly string[], address: string): string {
  const own = ["localhost", hostname()].map((host) => `127.0.0.1 ${host}\n`);
  return [...own, ...hosts.map((host) => `${address} ${host}\n`)].join("");
}

/** `a`, `b` or both with a separator between. */
function joined(a: string | undefined, b: string | undefined, separator: string): string {
  return [a, b].filter((part) => part !== undefined && part !== "").join(separator);
}

/** wget reads one settings file only: the user's, with the authority added. */
function wgetSettings(inherited: EnvironmentOptions["inherited"], caFile: string): string {
  const own = inherited.WGETRC ?? join(inherited.HOME ?? homedir(), ".wgetrc");
  const before = existsSync(own) ? `${readFileSync(own, "utf8")}\n` : "";
  return `${before}ca_certificate=${caFile}\n`;
}
