import type { ClientUnderTest, Hello, Operation, Reply } from "./client.js";
import { readHello } from "./hello.js";

/** A client in this process: an object whose methods are the operations that it offers (`describeConformance`). */
export type ClientObject = {
  readonly [op in Operation]?: (args: Readonly<Record<string, unknown>>) => unknown;
} & {
  readonly name?: string;
  readonly tls?: boolean;
  /** A fresh client, as after a restart; the same one is used where this is missing. */
  readonly restart?: () => ClientObject;
};

/** Wraps an object as a client under test. */
export function inProcess(object: ClientObject): ClientUnderTest {
  let current = object;
  const ops = (Object.keys(object) as string[]).filter(
    (name) => typeof object[name as Operation] === "function" && name !== "restart",
  );
  const hello = readHello({
    protocol: 1,
    name: object.name ?? "in process",
    version: "0",
    language: "TypeScript",
    ops,
    concurrent: true,
    tls: object.tls === true,
  });
  if (typeof hello === "string") throw new TypeError(hello);
  const said: Hello = hello;
  return {
    hello: said,
    call: (op, args, deadlineMs) => callObject(current, op, args, deadlineMs),
    restart: async () => {
      current = object.restart?.() ?? current;
    },
    takeStderr: () => "",
    output: () => "",
    close: async () => undefined,
  };
}

/** A copy that the client may change; most arguments are flat, for which the general way is slow. */
function copyOf(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.values(args).some((value) => typeof value === "object") ? structuredClone(args) : { ...args };
}

async function callObject(
  object: ClientObject,
  op: Operation,
  args: Readonly<Record<string, unknown>>,
  deadlineMs: number,
): Promise<Reply> {
  const began = performance.now();
  const elapsed = (): number => performance.now() - began;
  const method = object[op];
  if (!method) return { kind: "error", error: "unsupported", message: `no ${op}`, elapsedMs: 0 };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Reply>((resolve) => {
    timer = setTimeout(
      () =>
        resolve({
          kind: "broken",
          reason: "deadline",
          message: `it did not answer ${op} within ${deadlineMs} ms`,
          elapsedMs: deadlineMs,
        }),
      deadlineMs,
    );
  });
  const answer = (async (): Promise<Reply> => {
    try {
      const value = (await method.call(object, copyOf(args))) as Record<string, unknown>;
      return {
        kind: "ok",
        value: JSON.parse(JSON.stringify(value ?? {})) as Record<string, unknown>,
        elapsedMs: elapsed(),
      };
    } catch (error) {
      return {
        kind: "error",
        error: "failed",
        message: String((error as Error)?.message ?? error),
        elapsedMs: elapsed(),
      };
    }
  })();
  const first = await Promise.race([answer, late]);
  clearTimeout(timer);
  return first;
}
