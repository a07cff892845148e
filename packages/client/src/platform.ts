// What every platform has (Node, browsers, workers), declared here since this package sees neither DOM nor Node types.

/** The signal that ends a call early: the platform's AbortSignal. */
export interface Signal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Reads a body piece by piece: the platform's ReadableStreamDefaultReader. */
export interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<unknown>;
}

/** An HTTP answer as `fetch` gives it. */
export interface FetchAnswer {
  readonly status: number;
  readonly body: { getReader(): BodyReader } | null;
}

/** What the client asks of `fetch`. */
export interface FetchRequest {
  readonly method: "POST";
  readonly headers: Record<string, string>;
  readonly body: string;
  /** Never followed: a redirect would carry the signed form elsewhere (SEC-003). */
  readonly redirect: "manual";
  // biome-ignore lint/suspicious/noExplicitAny: the platform's own AbortSignal, whose type differs with the platform
  readonly signal: any;
}

/** `fetch`, or anything of its shape. Certificates are its business (SEC-002): the platform's own verifies them. */
export type Fetch = (url: string, request: FetchRequest) => Promise<FetchAnswer>;

/** The parts of the platform that the client uses by itself. */
export const platform = globalThis as unknown as {
  readonly AbortController: new () => { readonly signal: Signal; abort(): void };
  readonly crypto: { getRandomValues(bytes: Uint8Array): Uint8Array };
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
};
