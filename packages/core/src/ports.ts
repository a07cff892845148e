/** An RSA public key: big-endian bytes without leading zeros. */
export interface PublicKey {
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
  /** Size of the modulus in bits. */
  readonly bits: number;
}

/** Makes RSASSA-PKCS1-v1_5 signatures with MD5 (SIG-007); the private key stays inside (SEC-001). */
export interface Signer {
  readonly key: PublicKey;
  /** Signs the message's bytes; the result is as long as the modulus (SIG-009). */
  sign(message: Uint8Array): Uint8Array;
}

/** Verifies RSASSA-PKCS1-v1_5 signatures with MD5, exactly: the encoded message is compared byte for byte (QRY-009). */
export interface Verifier {
  readonly key: PublicKey;
  /** Whether the signature, of the modulus's length, is this key's over the message's bytes. */
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

/** The bytes that a signature under this key has (SIG-009). */
export function signatureBytes(key: PublicKey): number {
  return key.modulus.length;
}
