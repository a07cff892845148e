import type { Material, Recipe, Slot } from "./recipe.js";

/** One named way to sign the wrong text. */
export interface Mistake {
  /** Stable id, `joined_with_ampersand`. */
  readonly id: string;
  /** The requirement that it breaks. */
  readonly requirement: string;
  /** What the signer did, in one clause: "joins the pairs with &". */
  readonly says: string;
  readonly slot: Slot;
  readonly change: (recipe: Recipe, material: Material) => Recipe;
}

/** A mistake that changes one slot of the recipe. */
export function mistake(
  id: string,
  requirement: string,
  says: string,
  slot: Slot,
  change: (recipe: Recipe, material: Material) => Partial<Recipe>,
): Mistake {
  return {
    id,
    requirement,
    says,
    slot,
    change: (recipe, material) => ({ ...recipe, ...change(recipe, material) }),
  };
}
