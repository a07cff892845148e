// Stands in for Node's Buffer when the page is bundled: the few methods that the audit's rows need.
const encoder = new TextEncoder();
const decoder = new TextDecoder();

class Bytes extends Uint8Array {
  override toString(encoding?: string, start = 0, end = this.length): string {
    if (encoding === "hex") return [...this].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return decoder.decode(new Uint8Array(this.buffer, this.byteOffset + start, end - start));
  }

  /** Below 0, 0 or above 0, as this stretch comes before, equals or follows that one of the target, byte by byte. */
  compare(
    target: Uint8Array,
    targetStart = 0,
    targetEnd = target.length,
    start = 0,
    end = this.length,
  ): number {
    const length = Math.min(targetEnd - targetStart, end - start);
    for (let i = 0; i < length; i += 1) {
      const apart = (this[start + i] ?? 0) - (target[targetStart + i] ?? 0);
      if (apart !== 0) return apart;
    }
    return end - start - (targetEnd - targetStart);
  }

  copy(target: Uint8Array, at: number): void {
    target.set(this, at);
  }

  readUInt32LE(at: number): number {
    return this.view().getUint32(at, true);
  }

  writeUInt16LE(value: number, at: number): void {
    this.view().setUint16(at, value, true);
  }

  writeUInt32LE(value: number, at: number): void {
    this.view().setUint32(at, value, true);
  }

  writeDoubleLE(value: number, at: number): void {
    this.view().setFloat64(at, value, true);
  }

  private view(): DataView {
    return new DataView(this.buffer, this.byteOffset, this.length);
  }
}

/** The part of `Buffer` that is used. */
export const Buffer = {
  from(source: string | ArrayBuffer | ArrayLike<number>, at?: number, length?: number): Bytes {
    if (typeof source === "string") return new Bytes(encoder.encode(source));
    return source instanceof ArrayBuffer ? new Bytes(source, at, length) : new Bytes(source);
  },

  alloc: (length: number): Bytes => new Bytes(length),

  concat(list: readonly Uint8Array[]): Bytes {
    const all = new Bytes(list.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of list) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  },
};
