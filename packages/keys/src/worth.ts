/** What a key of some size is worth as proof of origin, in one sentence (SEC-006). */
export function worthOf(bits: number): string {
  if (bits < 600)
    return "factored with a few dollars of rented computing: a signature proves origin to nobody who can rent that";
  if (bits < 1000) return "factored by universities with a cluster: weak";
  if (bits < 2000) return "out of reach for most, within reach of states: no longer recommended since 2013";
  if (bits < 3000) return "out of reach; but MD5, which the protocol hashes with, is broken for collisions";
  return "out of reach; MD5, which the protocol hashes with, is the weak part";
}
