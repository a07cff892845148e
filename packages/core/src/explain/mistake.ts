import { inEnglish, type Sentence } from "../sentence.js";
import type { NamedMistake } from "./explanation.js";
import type { Material, Recipe, Slot } from "./recipe.js";

/** A mistake with its words as a sentence, where they are one of the sentences with places. */
export interface ToldMistake extends NamedMistake {
  readonly sentence?: Sentence | undefined;
}

/** One named way to sign the wrong text: `joined_with_ampersand`, which "joins the pairs with &". */
export interface Mistake extends ToldMistake {
  readonly slot: Slot;
  readonly change: (recipe: Recipe, material: Material) => Recipe;
}

/** Names a mistake. What the signer did is a clause, or a sentence with places. */
export function told(id: string, requirement: string, says: string | Sentence): ToldMistake {
  if (typeof says === "string") return { id, requirement, says };
  return { id, requirement, says: inEnglish(says), sentence: says };
}

/** A mistake that changes one slot of the recipe. */
export function mistake(
  id: string,
  requirement: string,
  says: string | Sentence,
  slot: Slot,
  change: (recipe: Recipe, material: Material) => Partial<Recipe>,
): Mistake {
  return new Changed(id, requirement, says, slot, change);
}

/** The words are written only for the mistake that fits: a search makes many thousands. */
class Changed implements Mistake {
  readonly id: string;
  readonly requirement: string;
  readonly slot: Slot;
  private readonly words: string | Sentence;
  private readonly part: (recipe: Recipe, material: Material) => Partial<Recipe>;

  constructor(
    id: string,
    requirement: string,
    words: string | Sentence,
    slot: Slot,
    part: (recipe: Recipe, material: Material) => Partial<Recipe>,
  ) {
    this.id = id;
    this.requirement = requirement;
    this.words = words;
    this.slot = slot;
    this.part = part;
  }

  get says(): string {
    return typeof this.words === "string" ? this.words : inEnglish(this.words);
  }

  get sentence(): Sentence | undefined {
    return typeof this.words === "string" ? undefined : this.words;
  }

  change(recipe: Recipe, material: Material): Recipe {
    return { ...recipe, ...this.part(recipe, material) };
  }
}
