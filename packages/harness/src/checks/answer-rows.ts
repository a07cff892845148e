import type { Fault } from "@ksherproof/gateway";

/** One spoiled answer to a cancel: what a correct client makes of it. */
export interface Row {
  readonly requirement: string;
  readonly why: string;
  readonly fault: Fault | readonly Fault[];
  /** What the client may say; a lost answer that it asked for again may also be what the gateway then said. */
  readonly outcomes: readonly string[];
}

export const lost: readonly string[] = ["unknown"];

export const row = (
  requirement: string,
  why: string,
  fault: Row["fault"],
  outcomes: readonly string[] = lost,
): Row => ({
  requirement,
  why,
  fault,
  outcomes,
});
/** Another code, with messages that say nothing: what is read here is the code. */
const coded = (code: Fault): readonly Fault[] => [code, { kind: "messages", as: "other_language" }];
const html = { kind: "not_json", body: "html" } as const;

export const UNREADABLE: readonly Row[] = [
  row("RSP-007", "an empty body", { kind: "empty" }),
  row("RSP-007", "a body that is cut short", { kind: "truncate" }),
  row("RSP-007", "a body that is cut after 20 bytes", { kind: "truncate", at: 20 }),
  row("RSP-007", "HTML", html),
  row("RSP-007", "plain text", { kind: "not_json", body: "text" }),
  row("RSP-007", "a JSON list", { kind: "not_json", body: "array" }),
  row("RSP-007", "a JSON string", { kind: "not_json", body: "string" }),
  row("RSP-007", "a JSON number", { kind: "not_json", body: "number" }),
  row("RSP-007", "JSON null", { kind: "not_json", body: "null" }),
  row("RSP-007", "a code that is a string", coded({ kind: "code", as: "string" })),
  row("RSP-007", "a code with a fraction", coded({ kind: "code", as: "float" })),
  row("RSP-007", "no code", coded({ kind: "code", as: "missing" })),
  row("RSP-007", "a code of null", coded({ kind: "code", as: "null" })),
  row("RSP-007", "a code of true", coded({ kind: "code", as: "boolean" })),
  row("RSP-003", "an undocumented code", coded({ kind: "code", as: "undocumented", value: -7 })),
  row("RSP-003", "an undocumented code above 0", coded({ kind: "code", as: "undocumented", value: 1 })),
  row("RSP-003", "an undocumented large code", coded({ kind: "code", as: "undocumented", value: 200 })),
  row("RSP-003", "a code of 2^32", coded({ kind: "code", as: "undocumented", value: 4_294_967_296 })),
  row("RSP-003", "a code beyond 64 bits", coded({ kind: "code", as: "huge_number" })),
  row("RSP-003", "an undocumented code of -100", coded({ kind: "code", as: "undocumented", value: -100 })),
];

export const STATUSES: readonly Row[] = [
  ...[400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503, 504].map((status) =>
    row("RSP-006", `HTTP ${status} with a valid body`, { kind: "status", status, body: "valid" }),
  ),
  ...[201, 202, 203, 206].map((status) =>
    row("RSP-006", `HTTP ${status} with a valid body`, { kind: "status", status, body: "valid" }),
  ),
  row("RSP-006", "HTTP 500 with HTML", { kind: "status", status: 500, body: "html" }),
  row("RSP-006", "HTTP 502 with JSON", { kind: "status", status: 502, body: "json" }),
  row("RSP-006", "HTTP 503 with nothing", { kind: "status", status: 503, body: "empty" }),
];

export const BROKEN: readonly Row[] = [
  row("RSP-009", "a connection closed before the answer", { kind: "drop_after_commit", how: "close" }),
  row("RSP-009", "a connection reset before the answer", { kind: "drop_after_commit", how: "reset" }),
  row("RSP-009", "a connection reset before the gateway acted", { kind: "drop_before_commit", how: "reset" }),
  row("RSP-009", "a connection closed in the middle of the body", { kind: "close_mid_body" }),
  row("RSP-009", "a connection reset in the middle of the body", { kind: "reset_mid_body" }),
];

export const TOLERATED: readonly Row[] = [
  row("RSP-004", "messages in another language", { kind: "messages", as: "other_language" }, ["cancelled"]),
  row("RSP-004", "messages that are empty", { kind: "messages", as: "empty" }, ["cancelled"]),
  row("RSP-004", "messages that are missing", { kind: "messages", as: "missing" }, ["cancelled"]),
  row("RSP-004", "messages exchanged", { kind: "messages", as: "swapped" }, ["cancelled"]),
  row("RSP-004", "the messages of a failure", { kind: "messages", as: "of_failure" }, ["cancelled"]),
  row(
    "RSP-004",
    "an undocumented code and the messages of a success",
    [
      { kind: "code", as: "undocumented", value: -7 },
      { kind: "messages", as: "of_success" },
    ],
    lost,
  ),
  row("RSP-005", "members that are not documented", { kind: "extra_members" }, ["cancelled"]),
  row("RSP-010", "chunks of one byte", { kind: "chunks", sizes: [1] }, ["cancelled"]),
  row("RSP-010", "chunks of two bytes", { kind: "chunks", sizes: [2] }, ["cancelled"]),
  row("RSP-010", "chunks of five bytes", { kind: "chunks", sizes: [5, 7, 1] }, ["cancelled"]),
];
