/** The member names of an exchange that a column of a CSV may hold. */
const COLUMNS = ["at", "endpoint", "request", "status"] as const;

/** A JSON string of raw bytes: quotes, backslashes and control characters escaped, all else left as it is. */
function quoted(bytes: Uint8Array): Buffer {
  const out: number[] = [0x22];
  for (const byte of bytes) {
    if (byte === 0x22 || byte === 0x5c) out.push(0x5c, byte);
    else if (byte < 0x20) out.push(...Buffer.from(`\\u${byte.toString(16).padStart(4, "0")}`));
    else out.push(byte);
  }
  out.push(0x22);
  return Buffer.from(out);
}

/** Which columns of a CSV hold what; null where none holds answers. */
export interface Columns {
  readonly answer: number;
  readonly others: readonly (readonly [name: string, index: number])[];
}

/** Finds the columns by the names in the first row; `asked` names the one with the answers. */
export function columnsOf(header: readonly Uint8Array[], asked: string | null): Columns | null {
  const names = header.map((cell) => Buffer.from(cell).toString("utf8").trim());
  const candidates = asked === null ? ["response", "body", "answer", "payload", "json", "message"] : [asked];
  const answer = candidates.map((name) => names.indexOf(name)).find((index) => index >= 0);
  if (answer === undefined) return null;
  return {
    answer,
    others: COLUMNS.flatMap((name) => (names.includes(name) ? [[name, names.indexOf(name)] as const] : [])),
  };
}

/** A CSV row as an exchange in one line of JSON; a row without other columns as the bare answer. */
export function exchangeOfRow(cells: readonly Uint8Array[], columns: Columns): Uint8Array {
  const answer = cells[columns.answer] ?? new Uint8Array();
  if (columns.others.length === 0)
    return Buffer.from(answer).map((byte) => (byte === 0x0a || byte === 0x0d ? 0x20 : byte));
  const parts: Uint8Array[] = [Buffer.from("{")];
  for (const [name, index] of columns.others) {
    const cell = Buffer.from(cells[index] ?? []);
    if (cell.length === 0) continue;
    const number = name === "status" && /^\d+$/.test(cell.toString("latin1"));
    parts.push(Buffer.from(`"${name}":`), number ? cell : quoted(cell), Buffer.from(","));
  }
  parts.push(
    Buffer.from('"response":'),
    answer.length === 0 ? Buffer.from("null") : quoted(answer),
    Buffer.from("}"),
  );
  return Buffer.concat(parts);
}

interface HarEntry {
  readonly startedDateTime?: unknown;
  readonly request?: {
    readonly method?: string;
    readonly url?: string;
    readonly postData?: {
      readonly text?: string;
      readonly params?: readonly { readonly name: string; readonly value?: string }[];
    };
  };
  readonly response?: {
    readonly status?: number;
    readonly content?: { readonly text?: string; readonly encoding?: string; readonly size?: number };
  };
}

/**
 * A HAR entry as an exchange in one line of JSON (HAR 1.2, 4.11); null where it is no call of the protocol, `no_body` where
 * the HAR was saved without the answer's body.
 */
export function exchangeOfEntry(
  bytes: Uint8Array,
  endpoints: readonly string[],
): Uint8Array | "no_body" | null {
  let entry: HarEntry;
  try {
    entry = JSON.parse(Buffer.from(bytes).toString("utf8")) as HarEntry;
  } catch {
    return bytes;
  }
  const url = entry.request?.url ?? "";
  const path = url.split("?")[0] ?? "";
  const gateway = /^https?:\/\/[\w.-]*\bksher\.(com|net|cn)(:\d+)?\//.test(url);
  if (!gateway && !endpoints.some((name) => path.endsWith(`/${name}`))) return null;
  const { postData } = entry.request ?? {};
  const params = postData?.params?.map(({ name, value }) => `${name}=${value ?? ""}`).join("&");
  const { status, content } = entry.response ?? {};
  if (status === 200 && content?.text === undefined && (content?.size ?? 0) > 0) return "no_body";
  const head = JSON.stringify({
    at: entry.startedDateTime,
    endpoint: url,
    request: postData?.text || params || null,
    status,
    response: 0,
  });
  const body = Buffer.from(content?.text ?? "", content?.encoding === "base64" ? "base64" : "utf8");
  const response = body.length === 0 ? Buffer.from("null") : quoted(body);
  return Buffer.concat([Buffer.from(head.slice(0, -2)), response, Buffer.from("}")]);
}
