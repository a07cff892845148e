/** Every way to spoil one place of a JSON value: the member gone, or something of another kind in its place. */
export function* spoilt(value: unknown): Generator<unknown> {
  for (const other of [undefined, null, 7, "seven", [7], {}, true]) yield other;
  if (typeof value !== "object" || value === null) return;
  for (const [name, one] of Object.entries(value))
    for (const other of spoilt(one))
      yield Array.isArray(value)
        ? value.map((item, i) => (String(i) === name ? other : item))
        : { ...value, [name]: other };
}
