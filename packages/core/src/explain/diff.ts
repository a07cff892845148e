/** A stretch of two texts: in both, only in the right one, or only in the other. */
export interface DiffPart {
  readonly kind: "same" | "right" | "other";
  readonly text: string;
}

/** Longest texts that are compared character by character; longer ones get their middle shown whole. */
const MOST = 4000;

/** The differences between a right text and another one, by Unicode character (Myers' algorithm, greedy). */
export function diffTexts(right: string, other: string): readonly DiffPart[] {
  const a = [...right];
  const b = [...other];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail += 1;
  const parts: DiffPart[] = [];
  push(parts, "same", a.slice(0, head));
  const left = a.slice(head, a.length - tail);
  const middle = b.slice(head, b.length - tail);
  if (left.length + middle.length > MOST) {
    push(parts, "right", left);
    push(parts, "other", middle);
  } else {
    for (const part of myers(left, middle)) push(parts, part.kind, [part.text]);
  }
  push(parts, "same", a.slice(a.length - tail));
  return parts;
}

function push(parts: DiffPart[], kind: DiffPart["kind"], characters: readonly string[]): void {
  const text = characters.join("");
  if (text === "") return;
  const last = parts.at(-1);
  if (last?.kind === kind) parts[parts.length - 1] = { kind, text: last.text + text };
  else parts.push({ kind, text });
}

function myers(a: readonly string[], b: readonly string[]): readonly DiffPart[] {
  const offset = a.length + b.length + 1;
  const frontier = new Int32Array(2 * offset + 1);
  const history: Int32Array[] = [];
  for (let d = 0; d < offset; d += 1) {
    history.push(frontier.slice());
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (frontier[offset + k - 1] ?? 0) < (frontier[offset + k + 1] ?? 0));
      let x = down ? (frontier[offset + k + 1] ?? 0) : (frontier[offset + k - 1] ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      frontier[offset + k] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, history, offset, d);
    }
  }
  return [];
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  history: readonly Int32Array[],
  offset: number,
  steps: number,
): readonly DiffPart[] {
  const parts: DiffPart[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = steps; d >= 0; d -= 1) {
    const frontier = history[d] ?? new Int32Array();
    const k = x - y;
    const down = k === -d || (k !== d && (frontier[offset + k - 1] ?? 0) < (frontier[offset + k + 1] ?? 0));
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : (frontier[offset + fromK] ?? 0);
    const fromY = d === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY && a[x - 1] === b[y - 1]) {
      x -= 1;
      y -= 1;
      parts.push({ kind: "same", text: a[x] ?? "" });
    }
    if (d === 0) break;
    if (down) {
      y -= 1;
      parts.push({ kind: "other", text: b[y] ?? "" });
    } else {
      x -= 1;
      parts.push({ kind: "right", text: a[x] ?? "" });
    }
  }
  return parts.reverse();
}
