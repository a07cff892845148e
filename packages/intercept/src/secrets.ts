/** Stretches of a private key's PEM that give it away wherever they are found (SEC-001). */
export function secretsOf(pem: string): readonly string[] {
  if (!/PRIVATE KEY-----/.test(pem)) return [];
  const body = pem.replace(/-----[^-]*-----|\s+/g, "");
  return body.match(/.{32}/g)?.slice(Math.floor(body.length / 64)) ?? [];
}

/** Whether a text holds a private key, one of the known ones or any PEM. */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  if (/-----BEGIN[A-Z ]*PRIVATE KEY-----/.test(text)) return true;
  const solid = text.replace(/\s+/g, "");
  return secrets.some((secret) => solid.includes(secret));
}

/** Where in a request a private key is; null where it is nowhere. */
export function leakIn(
  request: { readonly target: string; readonly rawHeaders: readonly string[]; readonly body: Uint8Array },
  secrets: readonly string[],
): "the address" | "a header" | "the body" | null {
  if (holdsSecret(request.target, secrets)) return "the address";
  if (holdsSecret(request.rawHeaders.join("\n"), secrets)) return "a header";
  const body = Buffer.from(request.body).toString("latin1");
  return holdsSecret(body, secrets) || holdsSecret(unescaped(body), secrets) ? "the body" : null;
}

function unescaped(body: string): string {
  const plain = body.replace(/\+/g, " ");
  return plain.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
