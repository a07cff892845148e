import { readFileSync, statSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { createAuthority } from "../src/authority.js";
import { childEnvironment } from "../src/child-environment.js";

const authority = createAuthority(Date.now());
const environment = childEnvironment({
  authority,
  hosts: ["gateway.ksher.com"],
  port: 4567,
  directAddress: null,
  gatewayKey: "",
  now: Date.now(),
  inherited: { NO_PROXY: "*", HOME: "/nowhere" },
});
const { variables, folder } = environment;
afterAll(() => environment.remove());

describe("the environment of an intercepted program", () => {
  it("its folder is the user's alone", () => {
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  // What .NET on Linux, OpenSSL's defaults (Go, Ruby, Rust with native-tls) and rustls-native-certs read.
  it("SSL_CERT_FILE is the authority, and SSL_CERT_DIR leads to no other", () => {
    expect(readFileSync(variables.SSL_CERT_FILE ?? "", "utf8")).toBe(authority.cert);
    expect(variables.SSL_CERT_DIR).toBe(folder);
  });

  it.each(["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])(
    "%s is the proxy: .NET and Rust read either spelling",
    (name) => expect(variables[name]).toBe("http://127.0.0.1:4567"),
  );

  it.each(["NO_PROXY", "no_proxy"])("%s of the caller does not let a gateway host past", (name) => {
    expect(variables[name]).toBe("localhost,127.0.0.1,::1");
  });
});
