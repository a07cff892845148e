// The parts of node-forge that core uses, typed by hand: @types/node-forge would bring Node's types in, and core must
// not even see them (`"types": []` keeps it pure at compile time).
declare module "node-forge/lib/forge.js" {
  interface BigInteger {
    toString(radix: number): string;
    bitLength(): number;
  }
  interface RsaKey {
    readonly n: BigInteger;
    readonly e: BigInteger;
  }
  interface RsaPrivateKey extends RsaKey {
    readonly d: BigInteger;
    readonly p: BigInteger;
    readonly q: BigInteger;
    readonly dP: BigInteger;
    readonly dQ: BigInteger;
    readonly qInv: BigInteger;
  }
  interface Digest {
    update(binary: string): Digest;
    digest(): { getBytes(): string };
  }
  interface Asn1 {
    readonly tagClass: number;
    readonly type: number;
    readonly constructed: boolean;
    readonly value: string | Asn1[];
  }
  const forge: {
    readonly md: {
      readonly md5: { create(): Digest };
      readonly sha1: { create(): Digest };
      readonly sha256: { create(): Digest };
      readonly sha384: { create(): Digest };
      readonly sha512: { create(): Digest };
    };
    readonly jsbn: { readonly BigInteger: new (text: string, radix: number) => BigInteger };
    readonly asn1: {
      fromDer(binary: string, options: { strict: boolean; parseAllBytes: boolean }): Asn1;
      derToOid(binary: string): string;
    };
    readonly pki: {
      readonly rsa: {
        setPublicKey(n: BigInteger, e: BigInteger): RsaKey;
        setPrivateKey(
          n: BigInteger,
          e: BigInteger,
          d: BigInteger,
          p: BigInteger,
          q: BigInteger,
          dP: BigInteger,
          dQ: BigInteger,
          qInv: BigInteger,
        ): RsaPrivateKey;
        encrypt(message: string, key: RsaKey, blockType: number): string;
        decrypt(encrypted: string, key: RsaKey, publicOperation: boolean, unpadded: false): string;
      };
    };
    readonly util: { decode64(text: string): string };
  };
  export default forge;
}
declare module "node-forge/lib/md5.js";
declare module "node-forge/lib/sha1.js";
declare module "node-forge/lib/sha256.js";
declare module "node-forge/lib/sha512.js";
declare module "node-forge/lib/util.js";
declare module "node-forge/lib/asn1.js";
declare module "node-forge/lib/rsa.js";
declare module "node-forge/lib/jsbn.js";
