/** The operations of write-an-adapter.md. */
export const OPERATIONS = ["canonicalize", "sign", "verify", "create", "cancel", "query", "notify"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** What a client under test says of itself. */
export interface Hello {
  readonly protocol: 1;
  readonly name: string;
  readonly version: string;
  readonly language: string;
  readonly ops: readonly string[];
  readonly concurrent: boolean;
  readonly tls: boolean;
}

/** What came of one operation. Elapsed is in milliseconds. */
export type Reply =
  | { readonly kind: "ok"; readonly value: Readonly<Record<string, unknown>>; readonly elapsedMs: number }
  | {
      readonly kind: "error";
      readonly error: "unsupported" | "failed";
      readonly message: string;
      readonly elapsedMs: number;
    }
  /** The adapter crashed, spoke no protocol, or did not answer in time. */
  | {
      readonly kind: "broken";
      readonly reason: "deadline" | "exit" | "protocol" | "given_up";
      readonly message: string;
      readonly elapsedMs: number;
    };

/** A client under test, in a process of its own or in this one. */
export interface ClientUnderTest {
  readonly hello: Hello;
  /** Asks for one operation; never throws for what the client does. */
  call(op: Operation, args: Readonly<Record<string, unknown>>, deadlineMs: number): Promise<Reply>;
  /** Ends the client and starts it again, as a merchant's deployment would. */
  restart(): Promise<void>;
  /** What it wrote to stderr since the last call of this, the last 64 KiB. */
  takeStderr(): string;
  /** Everything that it wrote to stdout and stderr so far, the last 1 MiB of each, for leaks (SEC-001). */
  output(): string;
  close(): Promise<void>;
  /** Milliseconds that an answer took of late, in the mean; 0 while there are hardly any. */
  meanMs?(): number;
}
