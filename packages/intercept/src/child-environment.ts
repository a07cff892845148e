import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Authority } from "./authority.js";
import { javaHosts, nodePreload, phpIni, phpPrepend, pythonSite } from "./child-files.js";
import { STORE_PASSWORD, trustStore } from "./key-store.js";

export interface ChildEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** The private folder (mode 0700) that holds the authority's certificate and the small files. */
  readonly folder: string;
  remove(): void;
}

export interface EnvironmentOptions {
  readonly authority: Authority;
  readonly hosts: readonly string[];
  readonly proxyPort: number;
  readonly directPort: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The environment that the child would have had. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
}

/**
 * Writes the private folder and says which variables make the child's runtime (Node, Python, Go, Ruby, PHP, .NET, Java,
 * curl, wget) send the gateway's hosts to the proxy and trust its authority. Nothing outside the child is touched.
 */
export function childEnvironment(options: EnvironmentOptions): ChildEnvironment {
  const { authority, hosts, proxyPort, directPort, inherited } = options;
  const folder = mkdtempSync(join(tmpdir(), "ksherproof-intercept-"));
  chmodSync(folder, 0o700);
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const caFile = write("authority.pem", authority.cert);
  const store = write("authority.jks", trustStore(authority.der, options.now));
  const settings = { hosts, proxyPort, directPort, caFile };
  const preload = write("preload.cjs", nodePreload(settings));
  write("sitecustomize.py", pythonSite(settings));
  const prepend = write("prepend.php", phpPrepend(settings));
  write("ksherproof.ini", phpIni(caFile, prepend));
  const javaHostsFile = write("java-hosts", javaHosts(hosts));
  const wgetrc = write("wgetrc", wgetSettings(inherited, caFile));
  const proxy = `http://127.0.0.1:${proxyPort}`;
  const local = "localhost,127.0.0.1,::1";
  const java = [
    `-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=${proxyPort} -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=${proxyPort}`,
    `-Dhttp.nonProxyHosts=localhost|127.*|[::1] -Djavax.net.ssl.trustStore=${store}`,
    `-Djavax.net.ssl.trustStorePassword=${STORE_PASSWORD} -Djavax.net.ssl.trustStoreType=JKS -Djdk.net.hosts.file=${javaHostsFile}`,
  ].join(" ");
  const variables: Record<string, string> = {
    CURL_CA_BUNDLE: caFile,
    DENO_CERT: caFile,
    JAVA_TOOL_OPTIONS: joined(inherited.JAVA_TOOL_OPTIONS, java, " "),
    NODE_EXTRA_CA_CERTS: caFile,
    NODE_OPTIONS: joined(inherited.NODE_OPTIONS, `--require=${JSON.stringify(preload)}`, " "),
    PHP_INI_SCAN_DIR: `${inherited.PHP_INI_SCAN_DIR ?? ""}${delimiter}${folder}`,
    PYTHONPATH: joined(folder, inherited.PYTHONPATH, delimiter),
    REQUESTS_CA_BUNDLE: caFile,
    SSL_CERT_DIR: folder,
    SSL_CERT_FILE: caFile,
    WGETRC: wgetrc,
  };
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]) {
    variables[name] = proxy;
    variables[name.toLowerCase()] = proxy;
  }
  variables.NO_PROXY = local;
  variables.no_proxy = local;
  return { variables, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
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
