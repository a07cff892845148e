import { generateKeyPairSync, randomBytes } from "node:crypto";
import forge from "node-forge";

/** A certificate chain and its private key, PEM, as `node:tls` takes them. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** What can be wrong with a certificate on purpose (SEC-002). */
export type CertificateFlaw = "untrusted" | "expired" | "misnamed";

export const CERTIFICATE_FLAWS: readonly CertificateFlaw[] = ["untrusted", "expired", "misnamed"];

/** A certificate authority that lives as long as one run. Its private key never leaves the process. */
export interface Authority {
  /** The authority's certificate, PEM: what the child is told to trust. */
  readonly cert: string;
  /** The same in DER. */
  readonly der: Uint8Array;
  /** A server certificate for a host; with a flaw, one that a careful client refuses (SEC-002). */
  issue(host: string, flaw?: CertificateFlaw): Certificate;
}

const DAY = 86_400_000;

interface KeyPair {
  readonly pem: string;
  readonly privateKey: forge.pki.rsa.PrivateKey;
  readonly publicKey: forge.pki.rsa.PublicKey;
}

/** Makes a new authority, valid from yesterday for two days; `now` is in milliseconds since 1970. */
export function createAuthority(now: number): Authority {
  const name = [{ name: "commonName", value: "Ksherproof short-lived test authority" }];
  const keys = newKeys();
  const root = certificate(keys.publicKey, name, name, now - DAY, now + 2 * DAY);
  root.setExtensions([
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    { name: "subjectKeyIdentifier" },
  ]);
  root.sign(keys.privateKey, forge.md.sha256.create());
  const cert = forge.pki.certificateToPem(root);
  const leaf = newKeys();
  const issued = new Map<string, Certificate>();
  let stranger: { readonly keys: KeyPair; readonly name: typeof name } | undefined;
  return {
    cert,
    der: Buffer.from(forge.asn1.toDer(forge.pki.certificateToAsn1(root)).getBytes(), "binary"),
    issue(host, flaw) {
      const known = issued.get(`${host} ${flaw}`);
      if (known) return known;
      if (flaw === "untrusted")
        stranger ??= { keys: newKeys(), name: [{ name: "commonName", value: "Nobody" }] };
      const issuer = flaw === "untrusted" && stranger ? stranger : { keys, name };
      const until = flaw === "expired" ? now - DAY : now + DAY;
      const subject = flaw === "misnamed" ? "other-host.example" : host;
      const server = certificate(
        leaf.publicKey,
        [{ name: "commonName", value: subject }],
        issuer.name,
        now - (flaw === "expired" ? 3 : 1) * DAY,
        until,
      );
      const address = /^[0-9.]+$|:/.test(subject);
      server.setExtensions([
        { name: "basicConstraints", cA: false, critical: true },
        { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
        { name: "extKeyUsage", serverAuth: true },
        {
          name: "subjectAltName",
          altNames: [address ? { type: 7, ip: subject } : { type: 2, value: subject }],
        },
        { name: "subjectKeyIdentifier" },
        { name: "authorityKeyIdentifier", keyIdentifier: keyIdentifier(issuer.keys) },
      ]);
      server.sign(issuer.keys.privateKey, forge.md.sha256.create());
      const made = {
        cert: forge.pki.certificateToPem(server) + (flaw === "untrusted" ? "" : cert),
        key: leaf.pem,
      };
      issued.set(`${host} ${flaw}`, made);
      return made;
    },
  };
}

function keyIdentifier(keys: KeyPair): string {
  return forge.pki.getPublicKeyFingerprint(keys.publicKey, { type: "RSAPublicKey" }).getBytes();
}

/** node:crypto makes the numbers (forge would take seconds), forge the certificates. */
function newKeys(): KeyPair {
  const { privateKey: pem } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const privateKey = forge.pki.privateKeyFromPem(pem);
  return { pem, privateKey, publicKey: forge.pki.rsa.setPublicKey(privateKey.n, privateKey.e) };
}

function certificate(
  publicKey: forge.pki.rsa.PublicKey,
  subject: forge.pki.CertificateField[],
  issuer: forge.pki.CertificateField[],
  from: number,
  until: number,
): forge.pki.Certificate {
  const made = forge.pki.createCertificate();
  made.publicKey = publicKey;
  // A first byte of 01 to 7f: a positive number in the shortest encoding that DER admits.
  made.serialNumber = `01${randomBytes(15).toString("hex")}`;
  made.validity.notBefore = new Date(from);
  made.validity.notAfter = new Date(until);
  made.setSubject(subject);
  made.setIssuer(issuer);
  return made;
}
