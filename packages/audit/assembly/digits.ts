// Numbers as the dot instruction wants them: signed digits of 13 bits, -4096 to 4095, so that one instruction makes two
// products for each of four messages and adds them.
//
// A number has a multiple of four digits, in two forms. `pairs`: vector i holds digits (2i, 2i+1) of four messages.
// `turned`, behind it: two vectors for each i, digits (2i, 2i-1) and (2i+1, 2i). So a column of a product, the sum of all
// x[i] * y[k-i], is a sum of dots. Around both forms there are zeros, so that no loop needs a special first or last step.
// Numbers of the first four messages are at their place in the slot, those of the other four GROUP behind it.

export const BITS: i32 = 13;
/** From a number's pairs to its turned pairs. */
export const TURNED: usize = 0x540;

/** The two halves of each lane, changed round. */
@inline export function swapped(pairs: v128): v128 {
  return i16x8.shuffle(pairs, pairs, 1, 0, 3, 2, 5, 4, 7, 6);
}

/** The low halves of one vector's lanes with the high halves of another's. */
@inline export function pair(low: v128, high: v128): v128 {
  return i16x8.shuffle(low, high, 0, 9, 2, 11, 4, 13, 6, 15);
}
