/** The folder of the built engine: the worker, and the WebAssembly module beside it. */
export const ENGINE_FOLDER = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/engine/" : "./",
  import.meta.url,
);
