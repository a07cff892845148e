import type { Specs } from "../model.js";
import { catalogueModule } from "./catalogue.js";
import { codesModule, outcomesModule } from "./codes.js";
import { fieldsModule, protocolModule } from "./protocol.js";
import { requirementsModule } from "./requirements.js";
import { statesModule } from "./states.js";
import { messagesModule, validatorsModule } from "./validators.js";

/** A generated file: its path from the root of the repository, and its text. */
export interface Emitted {
  readonly path: string;
  readonly text: string;
}

/** Everything that is generated from the specs alone. */
export function emitAll(specs: Specs): readonly Emitted[] {
  const module = (name: string, text: string): Emitted => ({
    path: `packages/spec/src/generated/${name}.ts`,
    text,
  });
  return [
    module("protocol", protocolModule(specs)),
    module("codes", codesModule(specs)),
    module("outcomes", outcomesModule(specs)),
    module("states", statesModule(specs)),
    module("fields", fieldsModule(specs)),
    module("messages", messagesModule(specs)),
    module("validators", validatorsModule(specs)),
    module("requirements", requirementsModule(specs.requirements)),
    module("catalogue", catalogueModule(specs)),
  ];
}
