/** Takes secrets out of every text of a value, at any depth; what has none comes back as it was. */
export type Redact = <T>(value: T) => T;

const MARK = "[private key redacted]";
/** A private key in PEM, whole or cut short, with real line ends or with `\n` as JSON and shells write them. */
const PEM = /-----BEGIN[A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END[A-Z ]*PRIVATE KEY-----|$)/g;
const FORM_PEM =
  /-----BEGIN(?:[A-Z]|\+|%20| )*PRIVATE(?:\+|%20| )KEY-----[^&\s"]*?(?:-----END(?:[A-Z]|\+|%20| )*PRIVATE(?:\+|%20| )KEY-----|(?=[&\s"])|$)/g;

/** Makes what takes given secrets, and every PEM private key, out of texts: reports show a leak, and do not repeat it (SEC-001). */
export function redactor(secrets: readonly string[]): Redact {
  const forms = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))]
    .filter((secret) => secret.length >= 16)
    .sort((a, b) => b.length - a.length);
  const text = (value: string): string => {
    let out = value;
    if (out.includes("PRIVATE")) out = out.replace(PEM, MARK).replace(FORM_PEM, MARK);
    // What is in base64 once more is told as well.
    out = out.replace(/[A-Za-z0-9+/_-]{200,}/g, (run) => {
      const inner = Buffer.from(run, "base64").toString("latin1");
      return /PRIVATE KEY/.test(inner) || forms.some((secret) => inner.includes(secret)) ? MARK : run;
    });
    for (const secret of forms) if (out.includes(secret)) out = out.replaceAll(secret, MARK);
    return out;
  };
  const walk = (value: unknown): unknown => {
    if (typeof value === "string") return text(value);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(walk);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [text(name), walk(inner)]));
  };
  return <T>(value: T): T => walk(value) as T;
}
