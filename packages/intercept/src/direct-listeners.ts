import { randomInt } from "node:crypto";
import { createServer, type Server, type Socket } from "node:net";

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
  const address = `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
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
