"""RSA as the gateway uses it: PEM keys and RSASSA-PKCS1-v1_5 with MD5 (RFC 8017), in plain Python.

Private-key arithmetic is blinded, but Python integers do not run in constant time: in production, prefer the
`cryptography` package for `sign` where others can measure your process.
"""

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass

# DigestInfo { AlgorithmIdentifier { md5, NULL }, OCTET STRING (16) }: RFC 8017, 9.2, note 1.
MD5_PREFIX = bytes.fromhex("3020300c06082a864886f70d020505000410")
PEM = re.compile(r"-----BEGIN ([A-Z ]+)-----\s*([A-Za-z0-9+/=\s]+)-----END \1-----")
INTEGER, BIT_STRING, OCTET_STRING, SEQUENCE = 0x02, 0x03, 0x04, 0x30


@dataclass(frozen=True)
class PublicKey:
    n: int
    e: int

    @property
    def size(self):
        """Bytes of the modulus, which is the length of a signature (SIG-009)."""
        return (self.n.bit_length() + 7) // 8


@dataclass(frozen=True, repr=False)
class PrivateKey(PublicKey):
    p: int
    q: int
    dp: int
    dq: int
    qinv: int


def read_private_key(pem):
    """A private key from PEM, PKCS#1 (as the merchant portal issues it) or PKCS#8 (SIG-010)."""
    label, der = _der(pem)
    if label == "PRIVATE KEY":
        _version, _algorithm, (_tag, der) = _items(der)[:3]
    elif label != "RSA PRIVATE KEY":
        raise ValueError(f"expected a private key, found {label}")
    _version, n, e, _d, p, q, dp, dq, qinv = _integers(der)[:9]
    return PrivateKey(n, e, p, q, dp, dq, qinv)


def read_public_key(pem):
    """A public key from PEM, SPKI or PKCS#1 (SIG-010)."""
    label, der = _der(pem)
    if label == "PUBLIC KEY":
        _algorithm, (_tag, bits) = _items(der)[:2]
        der = bits[1:]  # a BIT STRING begins with the count of its unused bits
    elif label != "RSA PUBLIC KEY":
        raise ValueError(f"expected a public key, found {label}")
    return PublicKey(*_integers(der)[:2])


def sign(message, key):
    """The signature of a text's UTF-8 bytes, lower-case hex, leading zeros kept (SIG-006 to SIG-009)."""
    m = int.from_bytes(_encoded(message, key.size), "big")
    r = secrets.randbelow(key.n - 2) + 2
    blinded = m * pow(r, key.e, key.n) % key.n
    m1, m2 = pow(blinded, key.dp, key.p), pow(blinded, key.dq, key.q)
    s = (m2 + (m1 - m2) * key.qinv % key.p * key.q) * pow(r, -1, key.n) % key.n
    if pow(s, key.e, key.n) != m:
        raise ValueError("the private key's numbers do not fit together")
    return s.to_bytes(key.size, "big").hex()


def verify(message, signature, key):
    """Whether a hex signature of either case is exactly this key's over a text's UTF-8 bytes (SIG-008, QRY-009)."""
    if not re.fullmatch(r"[0-9a-fA-F]{%d}" % (2 * key.size), signature):
        return False
    s = int(signature, 16)
    return s < key.n and pow(s, key.e, key.n).to_bytes(key.size, "big") == _encoded(message, key.size)


def _encoded(message, size):
    info = MD5_PREFIX + hashlib.md5(message.encode("utf-8")).digest()
    return b"\x00\x01" + b"\xff" * (size - len(info) - 3) + b"\x00" + info


def _der(pem):
    found = PEM.search(pem)
    if not found:
        raise ValueError("expected a PEM block, found none")
    tag, content = _items(base64.b64decode(found[2]))[0]
    if tag != SEQUENCE:
        raise ValueError("expected a DER sequence")
    return found[1], content


def _items(der):
    """The tags and contents of DER values that follow one another."""
    items, at = [], 0
    while at < len(der):
        tag, length, at = der[at], der[at + 1], at + 2
        if length >= 0x80:
            octets = length & 0x7F
            length, at = int.from_bytes(der[at : at + octets], "big"), at + octets
        if at + length > len(der):
            raise ValueError("the key is cut short")
        items.append((tag, der[at : at + length]))
        at += length
    return items


def _integers(der):
    """The integers of a PKCS#1 key: its sequence's contents, or the sequence itself."""
    items = _items(der)
    if items[0][0] == SEQUENCE:
        items = _items(items[0][1])
    return [int.from_bytes(content, "big") for tag, content in items if tag == INTEGER]
