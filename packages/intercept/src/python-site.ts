import type { ChildSettings } from "./child-settings.js";

/**
 * For Python (`sitecustomize` on PYTHONPATH): look-ups of a gateway host lead to the proxy, for libraries that know no
 * proxy, and a TLS context that loads authorities of its own (certifi's) also takes the test's.
 */
export function pythonSite({ hosts, port, caFile, refusedFile }: ChildSettings): string {
  return `import os, socket, sys
_hosts = frozenset(${JSON.stringify(hosts)})
_look_up = socket.getaddrinfo
_own = frozenset(("localhost", "::1", "::", "0.0.0.0", "", socket.gethostname().lower()))
def _name(host):
    if isinstance(host, (bytes, bytearray)):
        host = bytes(host).decode("ascii", "replace")
    return str(host or "").lower().rstrip(".")
def getaddrinfo(host, port, *rest, **named):
    name = _name(host)
    if name in _hosts:
        return _look_up("127.0.0.1", ${port}, *rest, **named)
    if name not in _own and not name.startswith("127."):
        try:
            with open(${JSON.stringify(refusedFile)}, "a") as log:
                log.write("%s %s\\n" % (name, port or 0))
        except OSError:
            pass
        raise socket.gaierror(socket.EAI_NONAME, "ksherproof intercept refuses the host " + name)
    return _look_up(host, port, *rest, **named)
socket.getaddrinfo = getaddrinfo
try:
    import ssl
    _load = ssl.SSLContext.load_verify_locations
    def load_verify_locations(self, cafile=None, capath=None, cadata=None):
        _load(self, cafile, capath, cadata)
        _load(self, ${JSON.stringify(caFile)})
    ssl.SSLContext.load_verify_locations = load_verify_locations
except ImportError:
    pass
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
