import { type AddressInfo, createServer, type ListenOptions, type Server, type Socket } from "node:net";
import { EnvironmentError } from "@ksherproof/core";
import { loopbackAddress } from "./containment.js";

/** The gateway's own ports on an address of this machine that is this run's alone. */
export interface DirectListeners {
  readonly address: string;
  close(): void;
}

/**
 * Listens on ports 443 and 80 of a loopback address drawn at random, so that names which the child resolves by itself can
 * lead here; null where the system does not allow it (no right to low ports, or one loopback address only).
 */
export async function listenAsGateway(accept: (socket: Socket) => void): Promise<DirectListeners | null> {
  const address = loopbackAddress();
  const servers: Server[] = [];
  for (const port of [443, 80]) {
    const server = createServer(accept);
    const listening = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, address, () => resolve(true));
    });
    if (!listening) {
      for (const one of servers) one.close();
      return null;
    }
    servers.push(server);
  }
  return {
    address,
    close() {
      for (const server of servers) server.close();
    },
  };
}

/** Listens on a port of 127.0.0.1 or on a socket file. Throws `EnvironmentError`. Returns the port, 0 for a file. */
export function listen(server: Server, where: ListenOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: Error) => {
      const place = where.path ?? where.host;
      reject(
        new EnvironmentError("cannot_listen", `Cannot listen on ${place}: ${cause.message}.`, { cause }),
      );
    });
    server.listen(where, () => {
      const address = server.address();
      resolve(typeof address === "string" ? 0 : (address as AddressInfo).port);
    });
  });
}
