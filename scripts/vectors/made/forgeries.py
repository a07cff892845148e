"""Signatures that no honest signer makes (QRY-009): encodings that are not exact, and cube roots under e = 3."""
import hashlib

from . import rsa
from .signed import PARAMS, TEXT, put
from .steps import Group, canonical


def _der(tag, content, length=None):
    return bytes([tag]) + (bytes([len(content)]) if length is None else length) + content


OIDS = {"md5": "2a864886f70d0205", "sha1": "2b0e03021a", "sha224": "608648016503040204", "sha256": "608648016503040201", "sha384": "608648016503040202",
        "sha512": "608648016503040203", "md2": "2a864886f70d0202", "md4": "2a864886f70d0204", "ripemd160": "2b24030201",
        "md5-with-rsa": "2a864886f70d010104", "rsa-encryption": "2a864886f70d010101", "hmac-md5": "2b060105050801 01".replace(" ", "")}
NULL = b"\x05\x00"


def _info(oid="md5", parameters=NULL, digest=None, outer=None, algorithm=None, oid_length=None, octets=None, behind=b"", inside=b""):
    identifier = _der(0x30, _der(6, bytes.fromhex(OIDS[oid]), oid_length) + parameters, algorithm)
    return _der(0x30, identifier + _der(4, rsa.md5(TEXT.encode()) if digest is None else digest, octets) + inside, outer) + behind


def forged(name):
    """Encodings that carry the right digest and are not exact, or are exact and carry another; s = m^d, so s^e is just that."""
    group = Group("signature", f"forged-{name}", f"Encodings that {name} never makes", ["QRY-009", "SIG-007"], key=name)
    key = rsa.key(name)
    right = rsa.digest_info(TEXT.encode())
    assert _info() == right

    def add(slug, comment, flag, message):
        if message is None or len(message) != key.size or int.from_bytes(message, "big") >= key.n:
            return
        put(group, slug, comment, [flag], key, PARAMS, key.raw(message), "signature_wrong")

    def content(slug, comment, flag, value):
        if len(value) + 11 <= key.size:
            add(slug, comment, flag, key.padded(value))

    gap = key.size - 3 - len(right)
    for count in (0, 1, 7, 8):
        front = b"\x00\x01" + b"\xff" * count + b"\x00" + right
        add(f"short-{count}-right", f"{count} bytes of padding, garbage behind the DigestInfo.", "trailing", front + b"\xa5" * (key.size - len(front)))
        add(f"short-{count}-left", f"{count} bytes of FF, the rest of the padding is 00.", "padding", b"\x00\x01" + b"\xff" * count + b"\x00" * (gap - count + 1) + right)
    for slug, at in (("first", 0), ("middle", gap // 2), ("last", gap - 1)):
        odd = bytearray(b"\xff" * gap)
        odd[at] = 0xFE
        add(f"padding-{slug}", f"The {slug} byte of the padding is FE.", "padding", b"\x00\x01" + bytes(odd) + b"\x00" + right)
    add("padding-zeros", "The padding is 00 throughout.", "padding", b"\x00\x01" + b"\x00" * (gap + 1) + right)
    add("separator", "The byte before the DigestInfo is 01.", "padding", b"\x00\x01" + b"\xff" * gap + b"\x01" + right)
    add("no-separator", "No 00 before the DigestInfo.", "padding", b"\x00\x01" + b"\xff" * (gap + 1) + right)
    add("second-separator", "A 00 in the padding.", "padding", b"\x00\x01" + b"\xff" * (gap - 2) + b"\x00\xff" + b"\x00" + right)
    for block in (0, 2, 3, 0xFF):
        add(f"block-{block:02x}", f"Block type {block:02X}.", "padding", key.padded(right, block=bytes([0, block])))
    add("first-byte", "The first byte is 01.", "padding", key.padded(right, block=b"\x01\x01"))
    add("no-padding", "The DigestInfo behind zeros only.", "padding", b"\x00" * (key.size - len(right)) + right)
    for slug, comment, value in [
        ("null-missing", "The hash has no parameters.", _info(parameters=b"")), ("null-octets", "An empty OCTET STRING for NULL.", _info(parameters=b"\x04\x00")),
        ("null-long", "NULL with a byte in it.", _info(parameters=b"\x05\x01\x00")), ("null-twice", "NULL twice.", _info(parameters=NULL * 2)),
        ("null-garbage", "Garbage in the parameters.", _info(parameters=b"\x04\x06\xa5\xa5\xa5\xa5\xa5\xa5")), ("null-ber", "NULL with a length of two bytes.", _info(parameters=b"\x05\x81\x00")),
    ]:
        content(slug, comment, "parameters", value)
    for slug, comment, value in [
        ("outer-81", "Outer length 81 20.", _info(outer=b"\x81\x20")), ("outer-82", "Outer length 82 00 20.", _info(outer=b"\x82\x00\x20")),
        ("algorithm-81", "Algorithm length 81 0C.", _info(algorithm=b"\x81\x0c", outer=b"\x21")), ("oid-81", "OID length 81 08.", _info(oid_length=b"\x81\x08", algorithm=b"\x0d", outer=b"\x21")),
        ("octets-81", "Digest length 81 10.", _info(octets=b"\x81\x10", outer=b"\x21")), ("octets-84", "Digest length 84 00 00 00 10.", _info(octets=b"\x84\x00\x00\x00\x10", outer=b"\x25")),
        ("indefinite", "Indefinite outer length.", _info(outer=b"\x80") + b"\x00\x00"), ("outer-long", "Outer length one too many.", _info(outer=b"\x21")), ("outer-short", "Outer length one too few.", _info(outer=b"\x1f")),
    ]:
        content(slug, comment, "ber_length", value)
    for slug, comment, value in [
        ("behind-1", "A byte behind the DigestInfo, full padding.", _info(behind=b"\x00")), ("behind-8", "Eight bytes behind the DigestInfo, full padding.", _info(behind=b"\xa5" * 8)),
        ("inside", "A third element inside the DigestInfo.", _info(inside=b"\x04\x02\xa5\xa5", outer=b"\x24")), ("twice", "The DigestInfo twice.", right * 2),
    ]:
        content(slug, comment, "trailing", value)
    for oid, digest in [("sha1", "sha1"), ("sha224", "sha224"), ("sha256", "sha256"), ("sha384", "sha384"), ("sha512", "sha512")]:
        content(f"hash-{oid}", f"A good signature with {oid}.", "other_hash", _info(oid, digest=hashlib.new(digest, TEXT.encode()).digest()))
    for oid in ("md2", "md4", "md5-with-rsa", "rsa-encryption", "hmac-md5"):
        content(f"oid-{oid}", f"The right digest under the OID of {oid}.", "other_hash", _info(oid))
    content("oid-sha1-md5", "The MD5 digest under the OID of sha1.", "other_hash", _info("sha1"))
    content("oid-ripemd160", "20 bytes under the OID of ripemd160.", "other_hash", _info("ripemd160", digest=rsa.md5(TEXT.encode()) + b"\x00" * 4))
    digest = rsa.md5(TEXT.encode())
    for slug, comment, value in [
        ("bare", "The digest alone.", digest), ("bare-hex", "The digest's hex text alone.", digest.hex().encode()), ("bare-octets", "The digest as an OCTET STRING alone.", _der(4, digest)),
        ("text", "The text itself, cut, in the place of the DigestInfo.", TEXT.encode()[:34]),
    ]:
        content(slug, comment, "bare_digest", value)
    flip = lambda at: bytes(byte ^ (1 if i == at else 0) for i, byte in enumerate(digest))
    for slug, comment, value in [
        ("digest-first", "The digest's first byte differs.", flip(0)), ("digest-last", "The digest's last byte differs.", flip(15)), ("digest-middle", "The digest's eighth byte differs.", flip(7)),
        ("digest-zeros", "The digest is zeros.", b"\x00" * 16), ("digest-15", "The digest lacks its last byte.", digest[:15]), ("digest-17", "A byte behind the digest.", digest + b"\x00"),
        ("digest-empty", "No digest.", b""), ("digest-8", "Half the digest.", digest[:8]), ("digest-reversed", "The digest backwards.", digest[::-1]), ("digest-twice", "MD5 of the digest.", rsa.md5(digest)),
        ("digest-hex-hashed", "MD5 of the digest's hex text.", rsa.md5(digest.hex().encode())),
    ]:
        content(slug, comment, "wrong_digest", _info(digest=value))
    return group


def _cube(value):
    """The least x with x^3 >= value."""
    low, high = 0, 1 << (value.bit_length() // 3 + 2)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if middle ** 3 < value else (low, middle)
    return low


def low_exponent():
    groups = []
    for name in ("low-exponent-1024", "low-exponent-2048"):
        group = Group("signature", f"cube-{name}", f"Forgeries for e = 3, made with the public half of {name}", ["QRY-009"], key=name)
        key = rsa.key(name)
        put(group, "good", "A good signature under e = 3, by openssl.", ["low_exponent", "basic"], key, PARAMS, rsa.sign(name, TEXT.encode()))
        right = rsa.digest_info(TEXT.encode())
        ber = b"\x30\x20" + bytes.fromhex("300c06082a864886f70d02050500")
        rows = [("short-1", b"\x00\x01\xff\x00" + right, "one byte of padding"), ("short-4", b"\x00\x01" + b"\xff" * 4 + b"\x00" + right, "four bytes of padding"),
                ("none", b"\x00\x01\x00" + right, "no padding"), ("short-8", b"\x00\x01" + b"\xff" * 8 + b"\x00" + right, "eight bytes of padding"),
                ("no-null", b"\x00\x01" + b"\xff" * 4 + b"\x00" + _info(parameters=b""), "no NULL"), ("short-40", b"\x00\x01" + b"\xff" * 40 + b"\x00" + right, "forty bytes of padding"),
                ("bare-ber", b"\x00\x01" + b"\xff" * 4 + b"\x00" + ber + b"\x04\x10" + rsa.md5(TEXT.encode()), "the DigestInfo first")]
        for slug, front, comment in rows:
            low = int.from_bytes(front + b"\x00" * (key.size - len(front)), "big")
            root = _cube(low)
            if (root ** 3).to_bytes(key.size, "big").startswith(front):
                put(group, slug, f"A cube root: {comment}, garbage behind it.", ["low_exponent", "trailing"], key, PARAMS, f"{root:0{2 * key.size}x}", "signature_wrong")
        groups.append(_suffix(group, key))
    return groups


def _suffix(group, key):
    """A cube whose last bytes are `00 DigestInfo` and whose first are `00 01 FF..`: only the middle of the padding is wrong."""
    for nonce in range(99):
        params = [("nonce_str", f"cube{nonce}")]
        tail = b"\x00" + rsa.digest_info(canonical(params).encode())
        if not tail[-1] & 1:
            continue
        root = 1  # lifted bit by bit: cubing is a bijection of the odd numbers modulo a power of two
        wanted = int.from_bytes(tail, "big")
        for bit in range(1, 8 * len(tail)):
            if (root ** 3 - wanted) >> bit & 1:
                root |= 1 << bit
        top = _cube(int.from_bytes(b"\x00\x01" + b"\xff" * (key.size - 2), "big")) - 1
        value = (top >> 8 * len(tail) << 8 * len(tail)) - (1 << 8 * len(tail)) | root
        message = (value ** 3).to_bytes(key.size, "big")
        assert message.endswith(tail) and message.startswith(b"\x00\x01\xff\xff"), message.hex()
        put(group, "middle", "A cube root: the ends are right, the middle of the padding is garbage.", ["low_exponent", "padding"], key, params, f"{value:0{2 * key.size}x}", "signature_wrong")
        return group
    raise AssertionError("no odd digest")
