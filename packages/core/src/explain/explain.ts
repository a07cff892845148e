import { equalBytes, toHex } from "../bytes.js";
import { canonicalText, signedPairs } from "../canonical.js";
import { digestInfo, encodedMessage, md5 } from "../digest.js";
import { encodeUtf8 } from "../utf8.js";
import type { ExplainInput, Explanation } from "./explanation.js";
import { recover } from "./recovered.js";
import { readings } from "./signature-text.js";
import { inexact, noReading, otherKey, otherText, report, right, type Verdict } from "./verdicts.js";

/** Explains a signature: what it should be over, what it really carries, and which mistake turns one into the other. */
export function explain(input: ExplainInput): Explanation {
  const { key } = input.key;
  const canonical = canonicalText(input.params);
  const bytes = encodeUtf8(canonical);
  const digest = md5(bytes);
  const found = readings(input.signature, key.modulus.length).map((reading) => ({
    reading,
    carries: recover(reading.bytes, key),
  }));
  const best = found.find(({ carries }) => carries.kind !== "noise") ?? found[0];
  const about = ({ verdict, says, mistakes = [], ...rest }: Verdict): Explanation => ({
    verdict,
    ...report(says, mistakes),
    canonical,
    signedText: null,
    madeBy: null,
    hash: null,
    ...rest,
    steps: {
      pairs: signedPairs(input.params),
      canonicalHex: toHex(bytes),
      digest: toHex(digest),
      digestInfo: toHex(digestInfo(digest)),
      encodedMessage: toHex(encodedMessage(digestInfo(digest), key.modulus.length)),
      recovered: best ? best.carries.hex || null : null,
      recoveredDigest: best?.carries.kind === "digest" ? toHex(best.carries.digest) : null,
    },
  });
  if (!best) return about(noReading(input));
  const { reading, carries } = best;
  if (carries.kind === "noise") return about(otherKey(input, reading));
  const encoding = reading.mistake ? [reading.mistake] : [];
  if (carries.kind === "inexact") return about(inexact(input, carries, encoding, digest));
  if (carries.hash === "MD5" && equalBytes(carries.digest, digest))
    return about(right(input, reading, canonical));
  return about(otherText(input, carries, encoding));
}
