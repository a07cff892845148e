"""RSA keys and signatures: numbers from PEM, signatures from openssl, raw powers for what openssl refuses to make."""
import base64
import hashlib
import re
import subprocess
from functools import lru_cache
from pathlib import Path

KEYS = Path(__file__).resolve().parents[3] / "vectors" / "keys"
DIGEST_INFO = bytes.fromhex("3020300c06082a864886f70d020505000410")


def _elements(der):
    """The elements of a DER sequence's content, as (tag, content)."""
    at, found = 0, []
    while at < len(der):
        tag, size, head = der[at], der[at + 1], 2
        if size & 0x80:
            count = size & 0x7F
            size = int.from_bytes(der[at + 2 : at + 2 + count], "big")
            head += count
        found.append((tag, der[at + head : at + head + size]))
        at += head + size
    return found


def _numbers(pem):
    der = base64.b64decode(re.sub(r"-----[^-]+-----|\s", "", pem))
    return [int.from_bytes(content, "big") for _, content in _elements(_elements(der)[0][1])]


class Key:
    """A key of vectors/keys. `d` is None where only the public half is known."""

    def __init__(self, name):
        self.name = name
        read = lambda form: (KEYS / f"{name}.{form}.pem").read_text("ascii")
        self.public = {"spki_pem": read("spki"), "pkcs1_pem": read("pkcs1-public")}
        self.private = None
        if (KEYS / f"{name}.pkcs1.pem").exists():
            self.private = {"pkcs1_pem": read("pkcs1"), "pkcs8_pem": read("pkcs8")}
            _, self.n, self.e, self.d = _numbers(self.private["pkcs1_pem"])[:4]
        else:
            self.n, self.e = _numbers(self.public["pkcs1_pem"])
            self.d = None
        self.bits = self.n.bit_length()
        self.size = (self.bits + 7) // 8

    def described(self):
        found = {
            "bits": self.bits,
            "modulus": f"{self.n:0{2 * self.size}x}",
            "exponent": self.e,
            "public_key": self.public["spki_pem"],
            "public_key_pkcs1": self.public["pkcs1_pem"],
        }
        if self.private:
            found["private_key"] = self.private["pkcs1_pem"]
            found["private_key_pkcs8"] = self.private["pkcs8_pem"]
        return found

    def raw(self, message):
        """The signature whose public power is exactly these bytes."""
        value = int.from_bytes(message, "big")
        assert value < self.n, "the message is not below the modulus"
        return f"{pow(value, self.d, self.n):0{2 * self.size}x}"

    def padded(self, content, fill=b"\xff", block=b"\x00\x01", separator=b"\x00"):
        """`00 01 FF.. 00 content`, as long as the modulus."""
        gap = self.size - len(block) - len(separator) - len(content)
        return block + fill * gap + separator + content

    def recovered(self, signature):
        """What a signature carries, s^e mod n, as hex; None where it has another form, length or is not below n."""
        if not re.fullmatch(r"[0-9a-fA-F]+", signature) or len(signature) != 2 * self.size:
            return None
        value = int(signature, 16)
        return None if value >= self.n else f"{pow(value, self.e, self.n):0{2 * self.size}x}"


@lru_cache(None)
def key(name):
    return Key(name)


def md5(message):
    return hashlib.md5(message).digest()


def digest_info(message):
    return DIGEST_INFO + md5(message)


@lru_cache(None)
def openssl_sign(name, message, digest="md5", options=()):
    """A signature by openssl over bytes, lower-case hex."""
    words = ["openssl", "dgst", f"-{digest}", "-sign", str(KEYS / f"{name}.pkcs1.pem")]
    for option in options:
        words += ["-sigopt", option]
    return subprocess.run(words, input=message, capture_output=True, check=True).stdout.hex()


def sign(name, message):
    """The documented signature, by openssl; Python's own arithmetic must recover the documented encoding from it."""
    made = openssl_sign(name, message)
    assert key(name).recovered(made) == key(name).padded(digest_info(message)).hex(), "openssl and Python disagree"
    return made
