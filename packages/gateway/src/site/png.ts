import { crc32, deflateSync } from "node:zlib";

/** A black and white PNG: one bit a pixel, each module `scale` pixels wide, `true` for black (PNG, third edition). */
export function bitmapPng(modules: readonly (readonly boolean[])[], scale: number): Uint8Array {
  const size = modules.length * scale;
  const rowBytes = 1 + Math.ceil(size / 8);
  const raw = new Uint8Array(rowBytes * size);
  for (let y = 0; y < size; y += 1) {
    const row = modules[Math.floor(y / scale)] ?? [];
    for (let x = 0; x < size; x += 1) {
      if (row[Math.floor(x / scale)]) continue;
      const at = y * rowBytes + 1 + (x >> 3);
      raw[at] = (raw[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header[8] = 1;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(raw)),
    chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
