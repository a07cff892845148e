"""signature.json: texts and signatures under public keys: good ones, forgeries, and what signers get wrong (SIG-007 to SIG-009, QRY-009)."""
import base64
import json
import re
from urllib.parse import quote, quote_plus

from . import rsa
from .steps import Group, canonical, joined, note, ordered, steps, vector_file

NOTES = {
    "basic": note("basic", "A signature as documented.", "Nothing works at all."),
    "key_size": note("basic", "512, 1024 and 2048 bits are all in use.", "A merchant with another key size is locked out."),
    "leading_zero": note("encoding", "The signature's first byte, or its first two, are zero.", "One in 256 genuine messages is refused, or made too short."),
    "hex_form": note("encoding", "How the bytes are written as text.", "Genuine signatures are refused, or others taken."),
    "length": note("encoding", "More or fewer digits than the modulus has.", "A parser of numbers takes altered signatures."),
    "padding": note("forgery", "The PKCS#1 v1.5 padding is not exactly 00 01 FF.. 00.", "With a low exponent, anyone forges signatures without the private key."),
    "trailing": note("forgery", "Bytes behind the DigestInfo, or hidden inside it.", "Room for garbage: Bleichenbacher's forgery of 2006."),
    "ber_length": note("forgery", "DigestInfo in BER, not DER: other lengths for the same content.", "A lenient ASN.1 parser gives a forger room (BERserk)."),
    "parameters": note("forgery", "The hash's parameters are not exactly NULL.", "Room for garbage in an unchecked field."),
    "other_hash": note("forgery", "Another hash than MD5 is named.", "A verifier that takes any hash takes the weakest."),
    "bare_digest": note("interop", "No DigestInfo around the digest.", "Signers of other libraries are taken where the gateway refuses them."),
    "wrong_digest": note("forgery", "The digest is changed, cut or missing.", "Only part of the digest is compared."),
    "number_range": note("forgery", "The signature as a number is not below the modulus, or a trivial one.", "One signature has several texts; 0 and 1 verify for careless code."),
    "low_exponent": note("forgery", "e = 3: a cube root, computed with the public key alone.", "Anyone forges any answer."),
    "other_key": note("forgery", "A good signature of another key.", "Anyone who has some key can speak as the gateway."),
    "other_scheme": note("forgery", "RSA, but another scheme.", "Two schemes on one key weaken both."),
    "changed": note("forgery", "A bit of a good signature is changed.", "No verification happens."),
    "other_text": note("interop", "A good signature over the text that a mistaken signer makes; `mistakes` names what it did.", "The gateway answers -2; which rule was broken is hard to see."),
}

PARAMS = [("appid", "mch35005"), ("mch_order_no", "A-1"), ("nonce_str", "n1"), ("time_stamp", "20261124112030")]
TEXT = canonical(PARAMS)
SEARCHED = {  # nonces for which the signature begins with zeros; found by counting up from 0
    "merchant-512": {1: 43, 2: 61000}, "merchant-1024": {1: 0, 2: 8632}, "merchant-2048": {1: 203, 2: 86078},
}


def _add(group, slug, comment, flags, key, params, signature, reason=None, **more):
    text = canonical(params)
    group.add(slug, comment, flags, result="invalid" if reason else "valid", reason=reason, params=[list(p) for p in params],
              pairs=[list(p) for p in ordered(params)], **steps(text, key), signature=signature, recovered=key.recovered(signature), **more)


def _good(name):
    group = Group("signature", f"good-{name}", f"Good signatures of {name}", ["SIG-007", "SIG-008", "SIG-009", "SIG-010"], key=name)
    key = rsa.key(name)
    flags = ["basic", "key_size"]
    for slug, params in [("cancel", PARAMS), ("one", [("a", "1")]), ("empty-text", []), ("empty-value", [("a", "")]), ("thai", [("a", "\u0e01\u6d4b\U0001f600")]),
                         ("raw", [("a", "+ %&=")]), ("long", [("a", "x" * 4096)])]:
        _add(group, slug, "Made by openssl.", flags, key, params, rsa.sign(name, canonical(params).encode()))
    for zeros, nonce in SEARCHED.get(name, {}).items():
        params = [("nonce_str", str(nonce))]
        signature = rsa.sign(name, canonical(params).encode())
        assert signature.startswith("00" * zeros), (name, zeros)
        word = "byte" if zeros == 1 else "bytes"
        _add(group, f"zeros-{zeros}", f"The signature begins with {zeros} zero {word}.", ["leading_zero", "key_size"], key, params, signature)
        _add(group, f"zeros-{zeros}-dropped", "Its leading zeros are dropped.", ["leading_zero", "length"], key, params,
             signature.lstrip("0"), "signature_length", )
        _add(group, f"zeros-{zeros}-byte-dropped", "Its leading zero bytes are dropped.", ["leading_zero", "length"], key, params,
             signature[2 * zeros:], "signature_length")
    return group


def _forms(name):
    group = Group("signature", f"form-{name}", f"How a signature of {name} is written", ["QRY-002", "SIG-008", "SIG-009"], key=name)
    key = rsa.key(name)
    good = rsa.sign(name, TEXT.encode())
    raw = bytes.fromhex(good)
    mixed = "".join(c.upper() if i % 3 else c for i, c in enumerate(good))
    add = lambda slug, comment, flag, text, reason=None: _add(group, slug, comment, [flag], key, PARAMS, text, reason)
    add("upper", "Upper-case hex, which one SDK makes, is taken.", "hex_form", good.upper())
    add("mixed", "Mixed case is taken.", "hex_form", mixed)
    not_hex, length = "signature_not_hex", "signature_length"
    for slug, comment, text in [
        ("prefix", "0x before it.", f"0x{good}"), ("space", "A space before it.", f" {good}"), ("newline", "A line end behind it.", f"{good}\n"),
        ("wrapped", "Wrapped at 64 characters.", "\n".join(re.findall(".{1,64}", good))), ("colons", "Colons between the bytes.", ":".join(re.findall("..", good))),
        ("base64", "Base64.", base64.b64encode(raw).decode()), ("base64url", "Base64url without padding.", base64.urlsafe_b64encode(raw).decode().rstrip("=")),
        ("quoted", "In quotes.", f'"{good}"'), ("letter-g", "A g in place of the last digit.", f"{good[:-1]}g"), ("full-width", "A full-width digit.", f"{good[:-1]}\uff11"),
        ("nul", "NUL behind it.", f"{good}\0"), ("minus", "A minus sign in place of the first digit.", f"-{good[1:]}"), ("escaped", "Percent-encoded base64.", quote(base64.b64encode(raw).decode(), safe="")),
    ]:
        add(slug, comment, "hex_form", text, not_hex)
    add("empty", "Empty.", "length", "", "signature_empty")
    for slug, comment, text in [
        ("odd", "One digit less.", good[:-1]), ("odd-more", "One digit more.", f"{good}0"), ("cut", "One byte less.", good[:-2]), ("cut-front", "The first byte is missing.", good[2:]),
        ("zero-front", "A zero byte before it.", f"00{good}"), ("zero-back", "A zero byte behind it.", f"{good}00"), ("twice", "Twice.", good * 2), ("half", "Its first half.", good[: len(good) // 2]),
        ("one-byte", "One byte.", "00"), ("hex-of-hex", "Hex of the hex text.", good.encode().hex()),
    ]:
        add(slug, comment, "length", text, length)
    return group


def _der(tag, content, length=None):
    return bytes([tag]) + (bytes([len(content)]) if length is None else length) + content


OIDS = {"md5": "2a864886f70d0205", "sha1": "2b0e03021a", "sha224": "608648016503040204", "sha256": "608648016503040201", "sha384": "608648016503040202",
        "sha512": "608648016503040203", "md2": "2a864886f70d0202", "md4": "2a864886f70d0204", "ripemd160": "2b24030201",
        "md5-with-rsa": "2a864886f70d010104", "rsa-encryption": "2a864886f70d010101", "hmac-md5": "2b060105050801 01".replace(" ", "")}
NULL = b"\x05\x00"


def _info(oid="md5", parameters=NULL, digest=None, outer=None, algorithm=None, oid_length=None, octets=None, behind=b"", inside=b""):
    identifier = _der(0x30, _der(6, bytes.fromhex(OIDS[oid]), oid_length) + parameters, algorithm)
    return _der(0x30, identifier + _der(4, rsa.md5(TEXT.encode()) if digest is None else digest, octets) + inside, outer) + behind


def _forged(name):
    """Encodings that carry the right digest and are not exact, or are exact and carry another; s = m^d, so s^e is just that."""
    group = Group("signature", f"forged-{name}", f"Encodings that {name} never makes", ["QRY-009", "SIG-007"], key=name)
    key = rsa.key(name)
    right = rsa.digest_info(TEXT.encode())
    assert _info() == right

    def add(slug, comment, flag, message):
        if message is None or len(message) != key.size or int.from_bytes(message, "big") >= key.n:
            return
        _add(group, slug, comment, [flag], key, PARAMS, key.raw(message), "signature_wrong")

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
    import hashlib
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


def _numbers(name):
    group = Group("signature", f"number-{name}", f"Signatures of {name} as numbers, and changed ones", ["QRY-002", "QRY-009"], key=name)
    key = rsa.key(name)
    good = rsa.sign(name, TEXT.encode())
    hexed = lambda value: f"{value:0{2 * key.size}x}"
    add = lambda slug, comment, flag, text: _add(group, slug, comment, [flag], key, PARAMS, text, "signature_wrong")
    for slug, comment, value in [("zero", "0", 0), ("one", "1", 1), ("two", "2", 2), ("minus-one", "n - 1", key.n - 1), ("modulus", "n", key.n), ("modulus-one", "n + 1", key.n + 1),
                                 ("negated", "n - s", key.n - int(good, 16)), ("all-ff", "All bytes FF", (1 << 8 * key.size) - 1)]:
        add(slug, f"{comment}.", "number_range", hexed(value))
    for nonce in range(64):  # s + n fits in the same bytes for some s
        params = [("nonce_str", f"r{nonce}")]
        value = int(rsa.sign(name, canonical(params).encode()), 16) + key.n
        if value < 1 << 8 * key.size:
            _add(group, "plus-modulus", "A good signature plus n: the same number modulo n.", ["number_range"], key, params, hexed(value), "signature_wrong")
            break
    raw = bytes.fromhex(good)
    for slug, at, bit in [("first-bit", 0, 0x80), ("last-bit", -1, 1), ("middle-bit", key.size // 2, 0x10)]:
        changed = bytearray(raw)
        changed[at] ^= bit
        add(slug, "One bit is changed.", "changed", changed.hex())
    add("reversed", "The bytes backwards: little-endian, as Windows' CryptoAPI gives them.", "changed", raw[::-1].hex())
    add("swapped", "Its halves are swapped.", "changed", (raw[key.size // 2:] + raw[: key.size // 2]).hex())
    return group


def _schemes():
    group = Group("signature", "scheme-merchant-1024", "Other RSA schemes with the right key", ["QRY-009", "SIG-007"], key="merchant-1024")
    name, key, data = "merchant-1024", rsa.key("merchant-1024"), TEXT.encode()
    pss = rsa.openssl_sign(name, data, "md5", ("rsa_padding_mode:pss", "rsa_pss_saltlen:0"))
    _add(group, "pss", "PSS with MD5, no salt.", ["other_scheme"], key, PARAMS, pss, "signature_wrong")
    for digest, plain in (("sha1", "SHA-1"), ("sha256", "SHA-256"), ("sha512", "SHA-512")):
        _add(group, f"openssl-{digest}", f"PKCS#1 v1.5 with {plain}, by openssl.", ["other_hash"], key, PARAMS, rsa.openssl_sign(name, data, digest), "signature_wrong", mistakes=["other_hash"])
    digest = rsa.md5(data)
    _add(group, "raw", "The bare digest, no padding at all.", ["other_scheme"], key, PARAMS, key.raw(b"\x00" * (key.size - 16) + digest), "signature_wrong")
    _add(group, "iso9796", "The padding of ISO 9796-2: 6A, digest, BC.", ["other_scheme"], key, PARAMS, key.raw(b"\x00\x6a" + b"\xbb" * (key.size - 19) + digest + b"\xbc"), "signature_wrong")
    _add(group, "x931", "The padding of X9.31: 6B BB.. BA, digest, CC.", ["other_scheme"], key, PARAMS, key.raw(b"\x00\x6b" + b"\xbb" * (key.size - 21) + b"\xba" + digest + b"\x33\xcc"), "signature_wrong")
    return group


def _other_keys():
    group = Group("signature", "key-gateway-1024", "Good signatures of other keys", ["QRY-008", "QRY-002"], key="gateway-1024")
    key = rsa.key("gateway-1024")
    for name in ("merchant-1024", "stranger-1024", "low-exponent-1024"):
        _add(group, name, f"Signed by {name}.", ["other_key"], key, PARAMS, rsa.sign(name, TEXT.encode()), "signature_wrong")
    for name in ("gateway-512", "gateway-2048", "stranger-512"):
        _add(group, name, f"Signed by {name}, of another size.", ["other_key", "length"], key, PARAMS, rsa.sign(name, TEXT.encode()), "signature_length")
    return group


def _cube(value):
    """The least x with x^3 >= value."""
    low, high = 0, 1 << (value.bit_length() // 3 + 2)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if middle ** 3 < value else (low, middle)
    return low


def _low_exponent():
    groups = []
    for name in ("low-exponent-1024", "low-exponent-2048"):
        group = Group("signature", f"cube-{name}", f"Forgeries for e = 3, made with the public half of {name}", ["QRY-009"], key=name)
        key = rsa.key(name)
        _add(group, "good", "A good signature under e = 3, by openssl.", ["low_exponent", "basic"], key, PARAMS, rsa.sign(name, TEXT.encode()))
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
                _add(group, slug, f"A cube root: {comment}, garbage behind it.", ["low_exponent", "trailing"], key, PARAMS, f"{root:0{2 * key.size}x}", "signature_wrong")
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
        _add(group, "middle", "A cube root: the ends are right, the middle of the padding is garbage.", ["low_exponent", "padding"], key, params, f"{value:0{2 * key.size}x}", "signature_wrong")
        return group
    raise AssertionError("no odd digest")


RICH = [("time_stamp", "20261124112030"), ("mch_order_no", "00A b+c&d=\u00e9%20"), ("appid", "mch35005"), ("nonce_str", " 9f8E7d/6c5b4a39 "), ("lang", ""),
        ("Zone", "\u0e01\u6e2c\u8a66\U0001f600"), ("total_fee", "2000"), ("a", "1"), ("a1", "2")]


def _mistakes():
    """What a signer with a known mistake signs; made here by Python, so that the doctor is checked by another hand."""
    group = Group("signature", "mistake-merchant-1024", "What mistaken signers sign", ["SIG-001", "SIG-002", "SIG-003", "SIG-004", "SIG-005", "SIG-006"], key="merchant-1024")
    name, key = "merchant-1024", rsa.key("merchant-1024")
    right = ordered(RICH)
    values = lambda change: joined([(n, change(v)) for n, v in right])
    one = lambda field, change: joined([(n, change(v) if n == field else v) for n, v in right])
    without = lambda pairs: [pair for pair in pairs if pair[1] != ""]
    glue = lambda pairs, joiner: joiner.join("=".join(pair) for pair in pairs)
    by_case = sorted(RICH, key=lambda p: p[0].lower())
    by_pair = sorted(RICH, key=lambda p: "=".join(p).encode())
    escaped = lambda v: quote(v, safe="-_.!~*'()")
    rows = [
        (["joined_with_ampersand"], glue(right, "&")), (["joined_with_comma"], glue(right, ",")), (["joined_with_newline"], glue(right, "\n")), (["joined_with_bar"], glue(right, "|")),
        (["no_equals"], "".join(n + v for n, v in right)), (["values_only"], "".join(v for _, v in right)), (["trailing_newline"], joined(right) + "\n"), (["trailing_ampersand"], joined(right) + "&"),
        (["text_upper_cased"], joined(right).upper()), (["text_lower_cased"], joined(right).lower()), (["keys_not_sorted"], joined(RICH)), (["sorted_case_insensitively"], joined(by_case)),
        (["sorted_by_pair"], joined(by_pair)), (["sorted_backwards"], joined(right[::-1])), (["empty_values_dropped"], joined(without(right))), (["values_percent_encoded"], values(escaped)),
        (["values_form_encoded"], values(lambda v: quote_plus(v).replace("%2A", "*").replace("~", "%7E"))), (["values_trimmed"], values(str.strip)), (["values_upper_cased"], values(str.upper)), (["values_lower_cased"], values(str.lower)),
        (["plus_as_space"], values(lambda v: v.replace("+", " "))), (["space_as_plus"], values(lambda v: v.replace(" ", "+"))), (["slashes_escaped"], values(lambda v: v.replace("/", "\\/"))),
        (["amount_as_float"], one("total_fee", lambda v: f"{v}.0")), (["amount_in_baht"], one("total_fee", lambda v: str(int(v) // 100))), (["time_stamp_with_s"], one("time_stamp", lambda v: f"{v}{v[-2:]}S")),
        (["order_number_left_out"], joined([p for p in right if p[0] != "mch_order_no"])), (["left_out_nonce_str"], joined([p for p in right if p[0] != "nonce_str"])),
        (["extra_version_3_0_0"], joined(ordered([*RICH, ("version", "3.0.0")]))), (["json_signed"], json.dumps(dict(right), ensure_ascii=False, separators=(",", ":"))),
        (["json_with_spaces_signed"], json.dumps(dict(right), ensure_ascii=False)), (["hex_digest_signed"], rsa.md5(joined(right).encode()).hex()), (["values_unicode_escaped"], values(lambda v: json.dumps(v)[1:-1])),
        (["empty_values_dropped", "joined_with_ampersand"], glue(without(right), "&")), (["keys_not_sorted", "joined_with_ampersand"], glue(RICH, "&")),
        (["values_percent_encoded", "joined_with_ampersand"], glue([(n, escaped(v)) for n, v in right], "&")), (["sorted_by_pair", "joined_with_ampersand"], glue(by_pair, "&")),
        (["sorted_case_insensitively", "joined_with_ampersand"], glue(by_case, "&")), (["empty_values_dropped", "keys_not_sorted"], joined(without(RICH))),
        (["joined_with_ampersand", "trailing_newline"], glue(right, "&") + "\n"), (["empty_values_dropped", "extra_version_3_0_0"], joined(ordered(without([*RICH, ("version", "3.0.0")])))),
        (["values_trimmed", "joined_with_ampersand"], glue([(n, v.strip()) for n, v in right], "&")),
    ]
    requirements = {"joined": "SIG-003", "sorted": "SIG-002", "keys": "SIG-002", "empty": "SIG-005"}
    for ids, text in rows:
        slug = "-and-".join(ids).replace("_", "-")
        broken = [requirements.get(one.split("_")[0], "SIG-004") for one in ids]
        group.add(slug, f"The signer made: {', '.join(ids)}.", ["other_text"], broken, result="invalid", reason="signature_wrong", params=[list(p) for p in RICH], pairs=[list(p) for p in right],
                  **steps(canonical(RICH), key), signature=rsa.sign(name, text.encode()), recovered=key.recovered(rsa.sign(name, text.encode())), mistakes=ids, signed_text=text)
    data = joined(right).encode()
    for ids, encoding in ((["signed_as_utf16le"], "utf-16-le"), (["signed_as_utf16be"], "utf-16-be")):
        signature = rsa.sign(name, joined(right).encode(encoding))
        _add(group, ids[0].replace("_", "-"), f"The signer encoded the text as {encoding}.", ["other_text"], key, RICH, signature, "signature_wrong", mistakes=ids)
    for ids, params, encoding in ((["signed_as_latin1"], [("a", "caf\u00e9")], "latin-1"), (["signed_as_gbk"], [("a", "\u6d4b\u8bd5")], "gbk")):
        signature = rsa.sign(name, canonical(params).encode(encoding))
        _add(group, ids[0].replace("_", "-"), f"The signer encoded the text as {encoding}.", ["other_text"], key, params, signature, "signature_wrong", mistakes=ids)
    assert data.decode() == joined(right)
    return group


def vectors():
    sizes = ("merchant-512", "merchant-1024", "merchant-2048")
    groups = [*(_good(name) for name in sizes), _forms("merchant-512"), _forms("merchant-1024"), *(_forged(name) for name in ("gateway-512", "gateway-1024", "gateway-2048")),
              *(_numbers(name) for name in ("gateway-512", "gateway-1024")), _schemes(), _other_keys(), *_low_exponent(), _mistakes()]
    keys = list(dict.fromkeys(group.head["key"] for group in groups))
    return vector_file("signature", "Texts and signatures under public keys: good ones, forgeries, and what signers get wrong.", NOTES, groups, keys)
