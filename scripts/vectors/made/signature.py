"""signature.json: texts and signatures under public keys: good ones, forgeries, and what signers get wrong (SIG-007 to SIG-009, QRY-009)."""
import base64
import re
from urllib.parse import quote

from . import rsa
from .forgeries import forged, low_exponent
from .mistaken import mistakes
from .signed import PARAMS, TEXT, put
from .steps import Group, canonical, note, vector_file

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

SEARCHED = {  # nonces for which the signature begins with zeros; found by counting up from 0
    "merchant-512": {1: 43, 2: 61000}, "merchant-1024": {1: 0, 2: 8632}, "merchant-2048": {1: 203, 2: 86078},
}


def _good(name):
    group = Group("signature", f"good-{name}", f"Good signatures of {name}", ["SIG-007", "SIG-008", "SIG-009", "SIG-010"], key=name)
    key = rsa.key(name)
    flags = ["basic", "key_size"]
    for slug, params in [("cancel", PARAMS), ("one", [("a", "1")]), ("empty-text", []), ("empty-value", [("a", "")]), ("thai", [("a", "\u0e01\u6d4b\U0001f600")]),
                         ("raw", [("a", "+ %&=")]), ("long", [("a", "x" * 4096)])]:
        put(group, slug, "Made by openssl.", flags, key, params, rsa.sign(name, canonical(params).encode()))
    for zeros, nonce in SEARCHED.get(name, {}).items():
        params = [("nonce_str", str(nonce))]
        signature = rsa.sign(name, canonical(params).encode())
        assert signature.startswith("00" * zeros), (name, zeros)
        word = "byte" if zeros == 1 else "bytes"
        put(group, f"zeros-{zeros}", f"The signature begins with {zeros} zero {word}.", ["leading_zero", "key_size"], key, params, signature)
        put(group, f"zeros-{zeros}-dropped", "Its leading zeros are dropped.", ["leading_zero", "length"], key, params,
             signature.lstrip("0"), "signature_length", )
        put(group, f"zeros-{zeros}-byte-dropped", "Its leading zero bytes are dropped.", ["leading_zero", "length"], key, params,
             signature[2 * zeros:], "signature_length")
    return group


def _forms(name):
    group = Group("signature", f"form-{name}", f"How a signature of {name} is written", ["QRY-002", "SIG-008", "SIG-009"], key=name)
    key = rsa.key(name)
    good = rsa.sign(name, TEXT.encode())
    raw = bytes.fromhex(good)
    mixed = "".join(c.upper() if i % 3 else c for i, c in enumerate(good))
    add = lambda slug, comment, flag, text, reason=None: put(group, slug, comment, [flag], key, PARAMS, text, reason)
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


def _numbers(name):
    group = Group("signature", f"number-{name}", f"Signatures of {name} as numbers, and changed ones", ["QRY-002", "QRY-009"], key=name)
    key = rsa.key(name)
    good = rsa.sign(name, TEXT.encode())
    hexed = lambda value: f"{value:0{2 * key.size}x}"
    add = lambda slug, comment, flag, text: put(group, slug, comment, [flag], key, PARAMS, text, "signature_wrong")
    for slug, comment, value in [("zero", "0", 0), ("one", "1", 1), ("two", "2", 2), ("minus-one", "n - 1", key.n - 1), ("modulus", "n", key.n), ("modulus-one", "n + 1", key.n + 1),
                                 ("negated", "n - s", key.n - int(good, 16)), ("all-ff", "All bytes FF", (1 << 8 * key.size) - 1)]:
        add(slug, f"{comment}.", "number_range", hexed(value))
    for nonce in range(64):  # s + n fits in the same bytes for some s
        params = [("nonce_str", f"r{nonce}")]
        value = int(rsa.sign(name, canonical(params).encode()), 16) + key.n
        if value < 1 << 8 * key.size:
            put(group, "plus-modulus", "A good signature plus n: the same number modulo n.", ["number_range"], key, params, hexed(value), "signature_wrong")
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
    put(group, "pss", "PSS with MD5, no salt.", ["other_scheme"], key, PARAMS, pss, "signature_wrong")
    for digest, plain in (("sha1", "SHA-1"), ("sha256", "SHA-256"), ("sha512", "SHA-512")):
        put(group, f"openssl-{digest}", f"PKCS#1 v1.5 with {plain}, by openssl.", ["other_hash"], key, PARAMS, rsa.openssl_sign(name, data, digest), "signature_wrong", mistakes=["other_hash"])
    digest = rsa.md5(data)
    put(group, "raw", "The bare digest, no padding at all.", ["other_scheme"], key, PARAMS, key.raw(b"\x00" * (key.size - 16) + digest), "signature_wrong")
    put(group, "iso9796", "The padding of ISO 9796-2: 6A, digest, BC.", ["other_scheme"], key, PARAMS, key.raw(b"\x00\x6a" + b"\xbb" * (key.size - 19) + digest + b"\xbc"), "signature_wrong")
    put(group, "x931", "The padding of X9.31: 6B BB.. BA, digest, CC.", ["other_scheme"], key, PARAMS, key.raw(b"\x00\x6b" + b"\xbb" * (key.size - 21) + b"\xba" + digest + b"\x33\xcc"), "signature_wrong")
    return group


def _other_keys():
    group = Group("signature", "key-gateway-1024", "Good signatures of other keys", ["QRY-008", "QRY-002"], key="gateway-1024")
    key = rsa.key("gateway-1024")
    for name in ("merchant-1024", "stranger-1024", "low-exponent-1024"):
        put(group, name, f"Signed by {name}.", ["other_key"], key, PARAMS, rsa.sign(name, TEXT.encode()), "signature_wrong")
    for name in ("gateway-512", "gateway-2048", "stranger-512"):
        put(group, name, f"Signed by {name}, of another size.", ["other_key", "length"], key, PARAMS, rsa.sign(name, TEXT.encode()), "signature_length")
    return group


def vectors():
    sizes = ("merchant-512", "merchant-1024", "merchant-2048")
    groups = [*(_good(name) for name in sizes), _forms("merchant-512"), _forms("merchant-1024"), *(forged(name) for name in ("gateway-512", "gateway-1024", "gateway-2048")),
              *(_numbers(name) for name in ("gateway-512", "gateway-1024")), _schemes(), _other_keys(), *low_exponent(), mistakes()]
    keys = list(dict.fromkeys(group.head["key"] for group in groups))
    return vector_file("signature", "Texts and signatures under public keys: good ones, forgeries, and what signers get wrong.", NOTES, groups, keys)
