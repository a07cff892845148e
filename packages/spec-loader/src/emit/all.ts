import type { Specs } from "../model.js";
import { emitPages } from "../pages/all.js";
import { catalogueModule } from "./catalogue.js";
import { codesModule, outcomesModule } from "./codes.js";
import { enums } from "./enums.js";
import { mermaid } from "./mermaid.js";
import { header } from "./module.js";
import { openapi } from "./openapi.js";
import { fieldsModule, protocolModule } from "./protocol.js";
import { requirementsModule } from "./requirements.js";
import { statesModule } from "./states.js";
import { messagesModule, validatorsModule } from "./validators.js";

/** A generated file: its path from the root of the repository, and its text. */
export interface Emitted {
  readonly path: string;
  readonly text: string;
}

/** Of the specs as a whole; counted up when a change breaks clients. */
const SPEC_VERSION = "1.0.0";

/** Everything that is generated from the specs alone. */
export function emitAll(specs: Specs): readonly Emitted[] {
  const module = (name: string, text: string): Emitted => ({
    path: `packages/spec/src/generated/${name}.ts`,
    text,
  });
  const document = openapi(specs, SPEC_VERSION);
  const text = (path: string, content: string): Emitted => ({
    path: `specs/generated/${path}`,
    text: content,
  });
  const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  return [
    text("openapi.json", pretty(document)),
    text("enums.json", pretty(enums(specs))),
    text("states.mmd", mermaid(specs.states)),
    module(
      "openapi",
      `${header("specs")}\n/** The OpenAPI 3.1 document. */\nexport const OPENAPI = ${JSON.stringify(document)};\n`,
    ),
    module(
      "diagram",
      `${header("specs/states.yaml")}\n/** The order machine as a Mermaid state diagram. */\nexport const STATE_DIAGRAM = ${JSON.stringify(mermaid(specs.states))};\n`,
    ),
    ...emitPages(specs),
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
