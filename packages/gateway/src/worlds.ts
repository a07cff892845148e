import type { Served } from "./served.js";
import type { ArrivedRequest } from "./shell/exchange.js";
import type { Route, Routed } from "./shell/server.js";
import { textAnswer } from "./wire.js";

/** Many worlds behind one listener: `/t/<world>/api/<endpoint>`. */
export interface Worlds {
  add(world: Served): void;
  remove(id: string): void;
  get(id: string): Served | undefined;
  readonly route: Route;
  /** The base path of a world, `/t/c-17/api`. */
  pathOf(id: string): string;
  /** Requests that led to no world, newest last. */
  readonly strays: readonly ArrivedRequest[];
}

/** A registry of worlds, with the route that finds them. */
export function createWorlds(...first: readonly Served[]): Worlds {
  const worlds = new Map(first.map((world) => [world.id, world]));
  const strays: ArrivedRequest[] = [];
  return {
    add(world) {
      worlds.set(world.id, world);
    },
    remove(id) {
      worlds.delete(id);
    },
    get: (id) => worlds.get(id),
    strays,
    pathOf: (id) => `/t/${encodeURIComponent(id)}/api`,
    route(request): Promise<Routed> | Routed {
      const found = /^\/t\/([^/]+)\/api(\/.*)?$/.exec(request.path);
      const world = worlds.get(decodedSegment(found?.[1] ?? ""));
      if (world) return world.route(request, found?.[2] ?? "/");
      strays.push(request);
      return { answer: textAnswer(404, "text/plain; charset=utf-8", "There is no such world.\n") };
    },
  };
}

function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
