import { type PublicKey, portableSigner, portableVerifier, readPrivateKey } from "@ksherproof/core";
import { nodeSigner, nodeVerifier } from "@ksherproof/keys";
import type { Rsa } from "./judge.js";

const remembered = <K, V>(make: (key: K) => V, nameOf: (key: K) => string): ((key: K) => V) => {
  const made = new Map<string, V>();
  return (key) => {
    const name = nameOf(key);
    const known = made.get(name);
    if (known) return known;
    const value = make(key);
    made.set(name, value);
    return value;
  };
};

const nameOf = ({ modulus, exponent }: PublicKey): string => `${modulus.join()}/${exponent.join()}`;

/** The RSA code of Node (openssl), and the portable one that also runs in a browser (SIG-010). */
export const RSA: Readonly<Record<"node" | "portable", Rsa>> = {
  node: {
    verifier: remembered(nodeVerifier, nameOf),
    signer: remembered(nodeSigner as (pem: string) => ReturnType<typeof nodeSigner>, (pem) => pem),
  },
  portable: {
    verifier: remembered(portableVerifier, nameOf),
    signer: remembered(
      (pem: string) => portableSigner(readPrivateKey(pem)),
      (pem) => pem,
    ),
  },
};
