"""form.json: form bodies in, params out; what a strict decoder refuses, and where (REQ-003, REQ-006)."""
from urllib.parse import parse_qsl, quote, quote_plus, urlencode

from . import rsa
from .steps import Group, canonical, note, ordered, steps, vector_file

KEY = "merchant-1024"

NOTES = {
    "encoder_style": note("encoding", "The same params as another encoder writes them.", "A request of some HTTP library is refused."),
    "plus_and_space": note("encoding", "+ is a space, %2B is a plus sign, %20 is a space.", "The signed value and the sent one differ."),
    "reserved": note("encoding", "A value with characters that a form gives a meaning.", "The value is cut, or a field appears that nobody signed."),
    "non_ascii": note("encoding", "UTF-8 behind the percent escapes, or raw.", "The order number is another one on the other side."),
    "empty": note("content", "Empty values, and nothing between two &.", "A field is lost from what is signed."),
    "duplicate": note("ambiguity", "A name that comes twice.", "Each side may take another of the two: what was signed is not what is done."),
    "malformed": note("syntax", "No form body: no =, no name, or a bad percent escape.", "A guess takes the place of what was sent."),
    "bad_utf8": note("encoding", "Bytes that are no UTF-8.", "Replacement characters are verified in the place of what was sent."),
    "own_name": note("content", "A name that means something to the language.", "The field is lost, or the program is."),
}


def _valid(group, slug, comment, body, pairs, flags):
    raw = body if isinstance(body, bytes) else body.encode("utf-8")
    text = canonical(pairs)
    group.add(slug, comment, flags, result="valid", reason=None, at=None, body_hex=raw.hex(), body=_shown(raw),
              params=[list(p) for p in pairs], pairs=[list(p) for p in ordered(pairs)], **steps(text, rsa.key(KEY)),
              signature=rsa.sign(KEY, text.encode()))


def _shown(raw):
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _refused(group, slug, comment, body, reason, at, flags):
    raw = body if isinstance(body, bytes) else body.encode("utf-8")
    group.add(slug, comment, flags, result="invalid", reason=reason, at=at, body_hex=raw.hex(), body=_shown(raw))


def _group(name, title, requirements):
    return Group("form", name, title, requirements, key=KEY)


def _all_escaped(text, lower=False):
    return "".join(f"%{byte:02x}" if lower else f"%{byte:02X}" for byte in text.encode("utf-8"))


RICH = [("appid", "mch35005"), ("mch_order_no", "A b+c&d=e%20~*'()!"), ("attach", "\u0e01\u6d4b\u00e9\U0001f600"), ("nonce_str", "n/1?#"), ("lang", "")]


def _styles():
    group = _group("style", "One set of params, as each encoder writes it", ["REQ-002", "REQ-006"])
    encoders = {
        "urlencode": lambda t: quote_plus(t), "rfc3986": lambda t: quote(t, safe="-_.~"), "slash-kept": lambda t: quote(t, safe="/"),
        "component": lambda t: quote(t, safe="-_.!~*'()"), "browser": lambda t: quote(t, safe="*-._ ").replace("~", "%7E").replace(" ", "+"),
        "tilde-escaped": lambda t: quote_plus(t).replace("~", "%7E"), "star-kept": lambda t: quote_plus(t, safe="*"), "everything": _all_escaped,
        "everything-lower": lambda t: _all_escaped(t, True), "lower": lambda t: _lower(quote_plus(t)), "raw-utf8": lambda t: quote_plus(t, safe="\u0e01\u6d4b\u00e9\U0001f600", encoding="utf-8") if t.isascii() else t,
    }
    for slug, encode in encoders.items():
        body = "&".join(f"{encode(name)}={encode(value)}" for name, value in RICH)
        _valid(group, slug, "The same five fields.", body, RICH, ["encoder_style", "reserved", "non_ascii", "empty"])
    body = urlencode(RICH)
    assert parse_qsl(body, keep_blank_values=True, strict_parsing=True) == RICH, "Python decodes another thing"
    for slug, odd in [("double-ampersand", body.replace("&", "&&", 1)), ("leading-ampersand", f"&{body}"), ("trailing-ampersand", f"{body}&")]:
        _valid(group, slug, "Nothing between two & is no field.", odd, RICH, ["empty"])
    _valid(group, "reordered", "Other order, same text.", urlencode(RICH[::-1]), RICH[::-1], ["encoder_style"])
    return group


def _lower(text):
    parts = text.split("%")
    return parts[0] + "".join(f"%{part[:2].lower()}{part[2:]}" for part in parts[1:])


def _decoding():
    group = _group("decode", "What a body means", ["REQ-006"])
    rows = [
        ("plus", "a=1+2", [("a", "1 2")], ["plus_and_space"]), ("percent-20", "a=1%202", [("a", "1 2")], ["plus_and_space"]),
        ("percent-2b", "a=1%2B2", [("a", "1+2")], ["plus_and_space"]), ("plus-in-name", "a+b=1", [("a b", "1")], ["plus_and_space"]),
        ("edges", "a=+1+", [("a", " 1 ")], ["plus_and_space"]), ("only-plus", "a=+", [("a", " ")], ["plus_and_space"]),
        ("twice-escaped", "a=%2520", [("a", "%20")], ["reserved"]), ("equals", "a=b=c", [("a", "b=c")], ["reserved"]),
        ("equals-escaped", "a=b%3Dc", [("a", "b=c")], ["reserved"]), ("ampersand", "a=b%26c=d", [("a", "b&c=d")], ["reserved"]),
        ("semicolon", "a=1;b=2", [("a", "1;b=2")], ["reserved"]), ("name-equals", "a%3D=1", [("a=", "1")], ["reserved"]),
        ("hash", "a=1#b", [("a", "1#b")], ["reserved"]), ("question", "a=?b", [("a", "?b")], ["reserved"]), ("slash", "a=b/c", [("a", "b/c")], ["reserved"]),
        ("quotes", "a=%22%27", [("a", "\"'")], ["reserved"]), ("brackets", "a[]=1&b[0]=2", [("a[]", "1"), ("b[0]", "2")], ["reserved"]),
        ("crlf", "a=1%0D%0A2", [("a", "1\r\n2")], ["reserved"]), ("lf", "a=1%0A2", [("a", "1\n2")], ["reserved"]), ("nul", "a=1%002", [("a", "1\x002")], ["reserved"]),
        ("tab", "a=%09", [("a", "\t")], ["reserved"]), ("lower-hex", "a=%c3%a9", [("a", "\u00e9")], ["non_ascii"]), ("upper-hex", "a=%C3%A9", [("a", "\u00e9")], ["non_ascii"]),
        ("mixed-hex", "a=%c3%A9", [("a", "\u00e9")], ["non_ascii"]), ("raw", "a=\u00e9", [("a", "\u00e9")], ["non_ascii"]), ("half-raw", b"a=\xc3%A9", [("a", "\u00e9")], ["non_ascii"]),
        ("emoji", "a=%F0%9F%98%80", [("a", "\U0001f600")], ["non_ascii"]), ("thai", "a=%E0%B8%81", [("a", "\u0e01")], ["non_ascii"]),
        ("bom", "a=%EF%BB%BFx", [("a", "\ufeffx")], ["non_ascii"]), ("bom-first", "%EF%BB%BFa=x", [("\ufeffa", "x")], ["non_ascii"]), ("nonchar", "a=%EF%BF%BF", [("a", "\uffff")], ["non_ascii"]), ("last", "a=%F4%8F%BF%BF", [("a", "\U0010ffff")], ["non_ascii"]),
        ("name-escaped", "%61=1", [("a", "1")], ["reserved"]), ("empty-value", "a=", [("a", "")], ["empty"]), ("empty-values", "a=&b=", [("a", ""), ("b", "")], ["empty"]),
        ("case-names", "a=1&A=2", [("a", "1"), ("A", "2")], ["reserved"]), ("sign-kept", "sign=00&a=1", [("sign", "00"), ("a", "1")], ["reserved"]),
        ("own-names", "__proto__=1&constructor=2", [("__proto__", "1"), ("constructor", "2")], ["own_name"]), ("nothing", "", [], ["empty"]),
    ]
    for slug, body, pairs, flags in rows:
        _valid(group, slug, "Decoded, nothing added or lost.", body, pairs, flags)
    return group


def _refusals():
    group = _group("refuse", "What a strict decoder refuses, and the byte at which", ["REQ-003", "REQ-006"])
    rows = [
        ("duplicate", "a=1&a=2", "form_duplicate", 4, "duplicate"), ("duplicate-same", "a=1&a=1", "form_duplicate", 4, "duplicate"),
        ("duplicate-escaped", "a=1&%61=2", "form_duplicate", 4, "duplicate"), ("duplicate-later", "a=1&b=2&a=3", "form_duplicate", 8, "duplicate"),
        ("duplicate-sign", "sign=00&a=1&sign=01", "form_duplicate", 12, "duplicate"), ("duplicate-order", "mch_order_no=A&mch_order_no=B", "form_duplicate", 15, "duplicate"),
        ("duplicate-plus", "a+b=1&a%20b=2", "form_duplicate", 6, "duplicate"), ("duplicate-empty", "a=&a=1", "form_duplicate", 3, "duplicate"),
        ("no-equals", "a", "form_no_equals", 0, "malformed"), ("no-equals-later", "a=1&b", "form_no_equals", 4, "malformed"), ("json", '{"a":1}', "form_no_equals", 0, "malformed"),
        ("no-name", "=1", "form_empty_name", 0, "malformed"), ("no-name-later", "a=1&=2", "form_empty_name", 4, "malformed"), ("only-equals", "=", "form_empty_name", 0, "malformed"),
        ("percent-end", "a=1%", "form_bad_escape", 3, "malformed"), ("percent-one", "a=1%4", "form_bad_escape", 3, "malformed"), ("percent-letters", "a=%zz", "form_bad_escape", 2, "malformed"),
        ("percent-u", "a=%u6d4b", "form_bad_escape", 2, "malformed"), ("percent-split", "a=%4&b=1", "form_bad_escape", 2, "malformed"), ("percent-name", "a%=1", "form_bad_escape", 1, "malformed"),
        ("percent-space", "a=100% off", "form_bad_escape", 5, "malformed"), ("percent-plus", "a=%+1", "form_bad_escape", 2, "malformed"),
        ("byte-ff", "a=%ff", "form_bad_utf8", 2, "bad_utf8"), ("overlong-nul", "a=%c0%80", "form_bad_utf8", 2, "bad_utf8"), ("overlong-slash", "a=%c0%af", "form_bad_utf8", 2, "bad_utf8"),
        ("overlong-three", "a=%e0%80%af", "form_bad_utf8", 2, "bad_utf8"), ("overlong-four", "a=%f0%80%80%af", "form_bad_utf8", 2, "bad_utf8"),
        ("surrogate", "a=%ed%a0%80", "form_bad_utf8", 2, "bad_utf8"), ("surrogate-pair", "a=%ed%a0%bd%ed%b8%80", "form_bad_utf8", 2, "bad_utf8"),
        ("too-high", "a=%f4%90%80%80", "form_bad_utf8", 2, "bad_utf8"), ("cut-two", "a=x%c3", "form_bad_utf8", 3, "bad_utf8"), ("cut-three", "a=%e6%b5", "form_bad_utf8", 2, "bad_utf8"),
        ("stray", "a=1%80", "form_bad_utf8", 3, "bad_utf8"), ("latin1", b"a=caf\xe9", "form_bad_utf8", 5, "bad_utf8"), ("gbk", b"a=\xb2\xe2", "form_bad_utf8", 2, "bad_utf8"),
        ("name-bytes", "%ff=1", "form_bad_utf8", 0, "bad_utf8"), ("cut-by-ampersand", "a=%c3&b=%a9", "form_bad_utf8", 2, "bad_utf8"),
    ]
    for slug, body, reason, at, flag in rows:
        _refused(group, slug, "Refused, not repaired.", body, reason, at, [flag])
    return group


def vectors():
    return vector_file("form", "Form bodies in, params out; what is refused, and at which byte.", NOTES, [_styles(), _decoding(), _refusals()], [KEY])
