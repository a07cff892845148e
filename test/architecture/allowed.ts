export interface Row {
  /** Packages of ours. */
  readonly ours: readonly string[];
  /** Packages of others. */
  readonly outside: readonly string[];
  /** Whether Node's own modules may be used. */
  readonly node: boolean;
}

/** Who may import whom: the table of docs/architecture.md. Nothing points up. */
export const ALLOWED = {
  spec: { ours: [], outside: [], node: false },
  "spec-loader": { ours: [], outside: ["ajv", "ajv-formats", "yaml"], node: true },
  core: { ours: ["spec"], outside: ["node-forge"], node: false },
  vectors: { ours: ["spec", "spec-loader"], outside: [], node: true },
  keys: { ours: ["spec", "core"], outside: [], node: true },
  gateway: { ours: ["spec", "core"], outside: ["node-forge", "uqr"], node: true },
  client: { ours: ["spec", "core"], outside: [], node: false },
  harness: {
    ours: ["spec", "core", "vectors", "gateway", "spec-loader"],
    outside: ["fast-check", "vitest"],
    node: true,
  },
  intercept: { ours: ["spec", "core", "gateway"], outside: [], node: true },
  audit: { ours: ["spec", "core", "keys"], outside: ["@duckdb/node-api", "fzstd"], node: true },
  web: { ours: ["spec", "core", "audit"], outside: [], node: false },
  cli: {
    ours: [
      "spec",
      "spec-loader",
      "core",
      "keys",
      "vectors",
      "gateway",
      "client",
      "harness",
      "intercept",
      "audit",
    ],
    outside: ["commander", "picocolors", "yaml"],
    node: true,
  },
} as const satisfies Readonly<Record<string, Row>>;
