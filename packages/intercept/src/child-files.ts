// Small files that the child's own runtime loads because its environment says so. Each leads the gateway's hosts to the
// proxy where a proxy variable alone would not, and refuses every other host.

/** What the files need to know. */
export interface ChildSettings {
  readonly hosts: readonly string[];
  readonly proxyPort: number;
  readonly directPort: number;
  readonly caFile: string;
}

/** For Node (`NODE_OPTIONS=--require`): sockets to a gateway host end at the proxy's TLS port, whatever library opens them. */
export function nodePreload({ hosts, directPort }: ChildSettings): string {
  return `"use strict";
const net = require("node:net");
const hosts = new Set(${JSON.stringify(hosts)});
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
    if (hosts.has(host)) list[0] = Object.assign({}, options, { host: "127.0.0.1", port: ${directPort} });
    else if (!/^(localhost|::1|127\\.\\d+\\.\\d+\\.\\d+)$/.test(host)) {
      const error = Object.assign(new Error("ksherproof intercept refuses the host " + host), { code: "ECONNREFUSED" });
      process.nextTick(() => this.destroy(error));
      return this;
    }
  }
  return Reflect.apply(connect, this, args);
};
`;
}

/** For Python (`sitecustomize` on PYTHONPATH): name look-ups of a gateway host lead to the proxy's TLS port. */
export function pythonSite({ hosts, directPort }: ChildSettings): string {
  return `import os, socket, sys
_hosts = set(${JSON.stringify(hosts)})
_look_up = socket.getaddrinfo
def _name(host):
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    return (host or "localhost").lower().rstrip(".")
def getaddrinfo(host, port, *rest, **named):
    name = _name(host)
    if name in _hosts:
        return _look_up("127.0.0.1", ${directPort}, *rest, **named)
    if name not in ("localhost", "::1", "0.0.0.0", "") and not name.startswith("127.") and name != socket.gethostname().lower():
        raise socket.gaierror(socket.EAI_NONAME, "ksherproof intercept refuses the host " + name)
    return _look_up(host, port, *rest, **named)
socket.getaddrinfo = getaddrinfo
# A sitecustomize of the user's own still runs: this one only came first.
_here = os.path.dirname(os.path.abspath(__file__))
sys.path = [p for p in sys.path if os.path.abspath(p or ".") != _here]
_self = sys.modules.pop("sitecustomize", None)
try:
    import sitecustomize
except ImportError:
    if _self is not None:
        sys.modules["sitecustomize"] = _self
`;
}

/** For PHP (`PHP_INI_SCAN_DIR`): where libcurl and OpenSSL find the authority, and the file to load first. */
export function phpIni(caFile: string, prependFile: string): string {
  return `curl.cainfo = "${caFile}"\nopenssl.cafile = "${caFile}"\nauto_prepend_file = "${prependFile}"\n`;
}

/** For PHP's stream functions, which read no proxy variable: an https wrapper that adds the proxy to each context. */
export function phpPrepend({ proxyPort }: ChildSettings): string {
  return `<?php
final class KsherproofHttps {
    public $context;
    private $inner;
    public function stream_open($path, $mode, $options, &$opened) {
        $set = $this->context ? stream_context_get_options($this->context) : [];
        $params = $this->context ? stream_context_get_params($this->context) : [];
        $set['http']['proxy'] = 'tcp://127.0.0.1:${proxyPort}';
        unset($params['options']);
        stream_wrapper_restore('https');
        try {
            $this->inner = @fopen($path, $mode, false, stream_context_create($set, $params));
        } finally {
            stream_wrapper_unregister('https');
            stream_wrapper_register('https', self::class, STREAM_IS_URL);
        }
        if ($this->inner === false && ($options & STREAM_REPORT_ERRORS)) {
            trigger_error(error_get_last()['message'] ?? 'https request failed', E_USER_WARNING);
        }
        return $this->inner !== false;
    }
    public function stream_read($count) { return fread($this->inner, $count); }
    public function stream_eof() { return feof($this->inner); }
    public function stream_stat() { return fstat($this->inner); }
    public function stream_close() { fclose($this->inner); }
    public function stream_set_option($option, $arg1, $arg2) {
        return $option === STREAM_OPTION_READ_TIMEOUT && stream_set_timeout($this->inner, $arg1, $arg2 ?? 0);
    }
}
stream_wrapper_unregister('https');
stream_wrapper_register('https', KsherproofHttps::class, STREAM_IS_URL);
`;
}

/** For Java (\`-Djdk.net.hosts.file\`): gateway hosts are this machine; every other name is unknown. */
export function javaHosts(hosts: readonly string[]): string {
  return ["localhost", ...hosts].map((host) => `127.0.0.1 ${host}\n`).join("");
}
