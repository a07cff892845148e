"""canonical.json: params in, canonical text out, with every value up to the signature (SIG-001 to SIG-007)."""
import itertools

from . import rsa
from .steps import Group, canonical, joined, note, ordered, steps, vector_file

KEY = "merchant-1024"

NOTES = {
    "byte_order": note("order", "UTF-8 byte order differs from UTF-16 order, as of JavaScript, Java and C#.", "Requests and answers with such names fail to verify."),
    "prefix_name": note("order", "One name begins another.", "Sorting whole pairs, or by length, gives another text; the signature is refused."),
    "letter_case": note("order", "Names that differ in case, or whose order depends on it.", "Case-insensitive and locale-aware orders are refused."),
    "empty_value": note("content", "A field whose value is empty takes part as `name=`.", "Dropping it refuses every real query answer."),
    "raw_value": note("content", "A value with characters that URLs, HTML, JSON or SQL escape.", "Signing an escaped value is refused by the gateway."),
    "white_space": note("content", "White space or line ends in a value.", "Trimming or collapsing it is refused, or signs for another order."),
    "non_ascii": note("encoding", "Characters beyond ASCII, signed as UTF-8.", "Latin-1, GBK or escapes are refused."),
    "not_normalised": note("encoding", "A text that Unicode normalisation or case folding would change.", "Normalised text is refused."),
    "control": note("content", "Control or invisible characters.", "Text cut at NUL, or cleaned, signs for another order."),
    "lone_surrogate": note("encoding", "Half a surrogate pair: it has no UTF-8 and can't be signed. A JSON parser may have replaced it already.", "A replacement character is signed for a value that was never sent."),
    "own_name": note("content", "A name that means something to the language: __proto__, constructor.", "The field is lost from the text, or the program is."),
    "sign_like": note("content", "A name or value that only looks like `sign`; only the exact name is left out.", "A field goes unsigned and can be changed on the way."),
    "number_like": note("content", "A value that looks like a number, a boolean or null.", "A rewritten value (1.0, 7, True) is refused."),
    "border": note("border", "Another message of this group has the same text: nothing separates the pairs.", "One signature covers both; only the shape tells them apart."),
    "size": note("size", "Many fields, none, or a long value.", "A fixed buffer or a limit cuts what is signed."),
    "real_shape": note("basic", "The shape of a documented message.", "Nothing works at all."),
    "sources_disagree": note("profile", "The documentation sorts by name; some SDKs sort whole pairs. Each profile has its vector.", "Interoperates with one side only."),
}


def _valid(group, slug, comment, pairs, flags=(), **more):
    text = more.pop("text", None) or canonical(pairs)
    profile = more.pop("profile", "any")
    placed = more.pop("placed", None) or ordered(pairs)
    group.add(slug, comment, flags, profile=profile, result="valid", reason=None, params=[list(p) for p in pairs],
              pairs=[list(p) for p in placed], **steps(text, rsa.key(KEY)), signature=rsa.sign(KEY, text.encode()), **more)


def _group(name, title, requirements):
    return Group("canonical", name, title, requirements, key=KEY)


def _shapes():
    group = _group("shape", "Documented messages", ["SIG-001", "SIG-002", "SIG-003"])
    request = [("mch_order_no", "test_mch_order_no"), ("appid", "mch35005"),
               ("nonce_str", "472393a69ca0b86522e1ffa98947f6c7"), ("time_stamp", "20190622131804")]
    _valid(group, "cancel", "A cancel request.", request, ["real_shape"])
    for lang in ("en", "cn", "th"):
        _valid(group, f"cancel-lang-{lang}", f"A cancel request with lang={lang}.", [*request, ("lang", lang)], ["real_shape"])
    _valid(group, "cancel-sign", "`sign` among the params is not signed.", [("sign", "00" * 64), *request], ["real_shape"])
    _valid(group, "cancel-example-stamp", "The documented example's odd time stamp is signed as it is.",
           [*request[:3], ("time_stamp", "2022091904121212S")], ["real_shape"])
    _valid(group, "create", "An order's creation, with an empty field and a URL.", [
        *request, ("total_fee", "2000"), ("fee_type", "THB"), ("channel_list", "promptpay,truemoney,card"),
        ("mch_code", "1001"), ("product_name", "\u0e0a\u0e32\u0e40\u0e22\u0e47\u0e19 & caf\u00e9"), ("attach", ""),
        ("mch_redirect_url", "https://shop.example/paid?order=1&lang=th#top")], ["real_shape", "empty_value", "raw_value", "non_ascii"])
    _valid(group, "query-answer", "The members of a query answer, unpaid.", [
        ("cash_fee", ""), ("attach", ""), ("result", "NOTPAY"), ("openid", ""), ("rate", ""), ("channel", ""), ("nonce_str", ""),
        ("mch_order_no", "A-1"), ("cash_fee_type", ""), ("pay_mch_order_no", "2106021528410423"), ("total_fee", "2000"),
        ("fee_type", "THB"), ("ksher_order_no", ""), ("channel_order_no", ""), ("time_end", ""), ("appid", "mch29217")],
        ["real_shape", "empty_value"])
    return group


ORDERS = [
    ("prefix-digit", "a before a1", ["a1", "a"], ["prefix_name"]),
    ("prefix-letter", "a before ab", ["ab", "a"], ["prefix_name"]),
    ("prefix-hyphen", "a before a-b; - sorts below =", ["a-b", "a"], ["prefix_name"]),
    ("prefix-dot", "a before a.b; . sorts below =", ["a.b", "a"], ["prefix_name"]),
    ("prefix-bang", "a before a!", ["a!", "a"], ["prefix_name"]),
    ("prefix-space", "a before 'a b'", ["a b", "a"], ["prefix_name"]),
    ("prefix-colon", "a before a:b; : sorts below =", ["a:b", "a"], ["prefix_name"]),
    ("prefix-less", "a before a<; < sorts just below =", ["a<", "a"], ["prefix_name"]),
    ("prefix-greater", "a before a>; > sorts just above =", ["a>", "a"], ["prefix_name"]),
    ("prefix-underscore", "cash_fee before cash_fee_type", ["cash_fee_type", "cash_fee"], ["prefix_name"]),
    ("prefix-chain", "a, aa, aaa, aab, ab", ["ab", "aab", "aaa", "aa", "a"], ["prefix_name"]),
    ("digits", "a1, a10, a2: digits are characters", ["a2", "a10", "a1"], ["number_like"]),
    ("digit-first", "9, A, _, a", ["a", "_", "A", "9"], ["letter_case"]),
    ("upper-first", "PaymentCode and PaymentID before appid", ["appid", "PaymentID", "PaymentCode"], ["letter_case"]),
    ("case-pairs", "A, B, a, b", ["b", "B", "a", "A"], ["letter_case"]),
    ("case-inside", "aB, aC, ab, ac", ["ac", "ab", "aC", "aB"], ["letter_case"]),
    ("underscore-upper", "Z, _, a: _ lies between the cases", ["_", "a", "Z"], ["letter_case"]),
    ("underscore-case", "mchA, mch_a, mcha", ["mch_a", "mcha", "mchA"], ["letter_case"]),
    ("hyphen-underscore", "a-b, a.b, a_b, ab", ["a_b", "ab", "a.b", "a-b"], ["letter_case"]),
    ("fffd-1f600", "U+FFFD before U+1F600, which UTF-16 puts the other way round", ["\U0001f600", "\ufffd"], ["byte_order", "non_ascii"]),
    ("e000-10000", "U+E000 before U+10000", ["\U00010000", "\ue000"], ["byte_order", "non_ascii"]),
    ("ffff-10ffff", "U+FFFF before U+10FFFF", ["\U0010ffff", "\uffff"], ["byte_order", "non_ascii"]),
    ("ff21-1f600", "full-width A (U+FF21) before an emoji", ["\U0001f600", "\uff21"], ["byte_order", "non_ascii"]),
    ("astral-inside", "the fourth character decides: U+FFFD, U+1F600", ["abc\U0001f600", "abc\ufffd"], ["byte_order", "non_ascii"]),
    ("astral-two", "two astral names by their second half", ["\U0001f601", "\U0001f600"], ["byte_order", "non_ascii"]),
    ("latin", "z before e with acute", ["\u00e9", "z"], ["non_ascii"]),
    ("swedish", "a-ring, a-umlaut, o-umlaut by byte, not as a language would", ["\u00f6", "\u00e5", "\u00e4"], ["non_ascii"]),
    ("thai", "Thai names by byte", ["\u0e41\u0e01", "\u0e01"], ["non_ascii"]),
    ("chinese", "Chinese names by byte, not by sound or stroke", ["\u6d4b\u8bd5", "\u4e00"], ["non_ascii"]),
    ("del-80", "U+007F before U+0080", ["\u0080", "\u007f"], ["control", "non_ascii"]),
    ("composed", "e + combining acute before e-acute: not the same name", ["\u00e9", "e\u0301"], ["non_ascii", "not_normalised"]),
]


def _order():
    group = _group("order", "Order of the names", ["SIG-002"])
    for slug, comment, names, flags in ORDERS:
        for way, given in (("down", names), ("up", names[::-1])):
            pairs = [(name, str(i)) for i, name in enumerate(given, 1)]
            by_pair = sorted(pairs, key=lambda pair: "=".join(pair).encode())
            if by_pair != ordered(pairs):
                marks = [*flags, "sources_disagree"]
                _valid(group, f"{slug}-{way}", f"{comment}.", pairs, marks, profile="documented")
                _valid(group, f"{slug}-{way}-by-pair", f"{comment}; here sorted by whole pair.", pairs, marks,
                       profile="observed", placed=by_pair, text=joined(by_pair))
            else:
                _valid(group, f"{slug}-{way}", f"{comment}.", pairs, flags)
    for i, given in enumerate(itertools.permutations([("b", "2"), ("a", "1"), ("C", "3")]), 1):
        _valid(group, f"permutation-{i}", "The same three fields, in each order in which they can come.", list(given), ["letter_case"])
    _valid(group, "own-names", "Names that an object of JavaScript has already.", [
        ("toString", "1"), ("__proto__", "2"), ("constructor", "3"), ("hasOwnProperty", "4"), ("length", "5")],
        ["own_name"], )
    _valid(group, "number-names", "Names that are numbers; JavaScript moves them to the front of an object.",
           [("b", "1"), ("10", "2"), ("9", "3"), ("01", "4")], ["number_like"])
    return group


def _unicode():
    group = _group("unicode", "Text beyond ASCII", ["SIG-004", "SIG-006"])
    base = [("appid", "mch35005"), ("nonce_str", "n1")]
    samples = ["\u0e01\u6d4b\u20ac", "\U0001d11e\U0001f600", "\U00020000\U0002a6d6", "\U00030000"]
    for plane in range(17):
        text = samples[plane] if plane < len(samples) else chr(plane * 0x10000) + chr(plane * 0x10000 + 0xFFFD)
        _valid(group, f"plane-{plane:02d}", f"Characters of plane {plane}.", [*base, ("attach", text)], ["non_ascii"])
    for point in (0x7F, 0x80, 0xFF, 0x100, 0x7FF, 0x800, 0xFFF, 0x1000, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x3FFFF, 0x40000, 0x10FFFF):
        _valid(group, f"border-{point:04x}", f"U+{point:04X}, where UTF-8 or UTF-16 changes its form.", [*base, ("attach", f"<{chr(point)}>")], ["non_ascii"])
    for slug, text, comment in [
        ("nfc", "caf\u00e9", "e-acute as one character"), ("nfd", "cafe\u0301", "e and a combining acute"),
        ("hangul-nfc", "\ud55c", "a Hangul syllable"), ("hangul-nfd", "\u1112\u1161\u11ab", "the same in jamo"),
        ("thai-sara-am", "\u0e19\u0e49\u0e33", "Thai with sara am, which NFKC takes apart"),
        ("angstrom", "\u212b", "the angstrom sign, which NFC changes"), ("kelvin", "\u212a", "the Kelvin sign, which folds to k"),
        ("ligature", "\ufb01", "the fi ligature, which NFKC takes apart"), ("full-width", "\uff11\uff12\uff21", "full-width digits and a letter"),
        ("sharp-s", "stra\u00dfe", "sharp s, whose upper case is SS"), ("dotted-i", "\u0130\u0131", "dotted and dotless i"),
        ("final-sigma", "\u03a3\u03c2\u03c3", "the three sigmas"), ("long-s", "\u017f", "long s"),
    ]:
        _valid(group, slug, f"{comment}: signed as it is.", [*base, ("attach", text)], ["non_ascii", "not_normalised"])
    for slug, text, comment in [
        ("rtl", "\u05e9\u05dc\u05d5\u05dd 123 \u0645\u0631\u062d\u0628\u0627", "Hebrew and Arabic with digits"),
        ("bidi-marks", "a\u202eb\u202cc\u2066d\u2069", "bidirectional overrides"), ("zero-width", "a\u200bb\u200cc\u200dd", "zero-width characters"),
        ("bom-inside", "\ufeffa\ufeff", "byte order marks in a value"), ("soft-hyphen", "a\u00adb", "a soft hyphen"),
        ("separators", "a\u2028b\u2029c\u0085d", "line and paragraph separators, NEL"), ("nonchars", "\ufdd0\ufffe", "non-characters"),
        ("variation", "\u2764\ufe0f", "a variation selector"), ("tags", "\U000e0041\U000e007f", "tag characters"),
    ]:
        _valid(group, slug, f"{comment[0].upper()}{comment[1:]}.", [*base, ("attach", text)], ["non_ascii", "control"])
    for slug, text in [("zwj", "\U0001f468\u200d\U0001f469\u200d\U0001f467"), ("flag", "\U0001f1f9\U0001f1ed"), ("skin", "\U0001f44d\U0001f3fd"),
                       ("chinese", "\u64cd\u4f5c\u6210\u529f"), ("thai", "\u0e22\u0e01\u0e40\u0e25\u0e34\u0e01\u0e04\u0e33\u0e2a\u0e31\u0e48\u0e07\u0e0b\u0e37\u0e49\u0e2d"),
                       ("mixed", "\u00e9\u0e01\u6d4b\u8bd5\U0001f600z"), ("many-marks", "e" + "\u0301\u0323" * 8)]:
        _valid(group, slug, "Signed as UTF-8.", [*base, ("attach", text)], ["non_ascii"])
    for slug, name, value in [("high", "attach", "a\ud83d"), ("low", "attach", "\ude00a"), ("swapped", "attach", "\ude00\ud83d"),
                              ("high-high", "attach", "\ud83d\ud83d\ude00"), ("name", "a\ud800", "1"), ("only", "attach", "\udfff")]:
        group.add(f"lone-{slug}", "Half a surrogate pair has no UTF-8: nothing can be signed.", ["lone_surrogate"],
                  result="invalid", reason="lone_surrogate", params=[list(pair) for pair in [*base, (name, value)]])
    return group


VALUES = [
    ("empty", "", ["empty_value"]), ("space", " ", ["white_space"]), ("leading-space", "  A-1", ["white_space"]),
    ("trailing-space", "A-1 ", ["white_space"]), ("inner-spaces", "A  1", ["white_space"]), ("tab", "\tA\t1", ["white_space"]),
    ("lf", "A\n1", ["white_space"]), ("cr", "A\r1", ["white_space"]), ("crlf", "A\r\n1", ["white_space"]), ("trailing-lf", "A-1\n", ["white_space"]),
    ("trailing-crlf", "A-1\r\n", ["white_space"]), ("nbsp", "\u00a0A\u00a01", ["white_space", "non_ascii"]),
    ("ideographic-space", "\u3000A", ["white_space", "non_ascii"]), ("form-feed", "A\f\v1", ["white_space", "control"]),
    ("nul", "A\x001", ["control"]), ("leading-nul", "\x00A", ["control"]), ("escape", "\x1b[31mA", ["control"]), ("backspace", "A\b1", ["control"]),
    ("all-controls", "".join(map(chr, range(1, 32))), ["control"]), ("plus", "A+1", ["raw_value"]), ("percent", "100%", ["raw_value"]),
    ("percent-20", "A%201", ["raw_value"]), ("percent-bad", "A%zz%", ["raw_value"]), ("percent-u", "%u6d4b", ["raw_value"]), ("ampersand", "a&b", ["raw_value"]),
    ("equals", "a=b=c", ["raw_value"]), ("pair", "1&b=2", ["raw_value"]), ("html", "<b>\"x\"</b> & 'y'", ["raw_value"]),
    ("entity", "&amp;&#65;", ["raw_value"]), ("slashes", "https://a.b/c\\d", ["raw_value"]), ("quotes", "'\"`", ["raw_value"]),
    ("backslash-n", "a\\nb\\u0041", ["raw_value"]), ("unreserved", "-_.~*!()'", ["raw_value"]), ("reserved", ":/?#[]@!$&'()*+,;=", ["raw_value"]),
    ("ascii", "".join(map(chr, range(32, 127))), ["raw_value", "white_space"]), ("json", '{"b": 1, "a": [true, null]}', ["raw_value"]),
    ("array-json", '["1","2"]', ["raw_value"]), ("query-string", "?a=1&a=2#x", ["raw_value"]), ("semicolon", "a;b", ["raw_value"]), ("comma", "a,b", ["raw_value"]),
    ("dollar", "$HOME `id` $(id)", ["raw_value"]), ("sql", "'; DROP TABLE orders; --", ["raw_value"]), ("format", "%s%n%d{0}", ["raw_value"]),
    ("leading-zeros", "00042", ["number_like"]), ("float", "1.0", ["number_like"]), ("exponent", "1e3", ["number_like"]),
    ("minus-zero", "-0", ["number_like"]), ("plus-one", "+1", ["number_like"]), ("hex", "0x1F", ["number_like"]), ("big", "12345678901234567890", ["number_like"]),
    ("true", "true", ["number_like"]), ("True", "True", ["number_like"]), ("null", "null", ["number_like"]), ("none", "None", ["number_like"]),
    ("nan", "NaN", ["number_like"]), ("undefined", "undefined", ["number_like"]), ("grouped", "1,000.50", ["number_like"]),
    ("upper", "ORDER-ABC", ["letter_case"]), ("mixed-case", "oRdEr-aBc", ["letter_case"]), ("longest-order", "O" * 32, ["size"]),
]


def _values():
    group = _group("value", "Values are signed as they are", ["SIG-004", "SIG-005"])
    for slug, value, flags in VALUES:
        _valid(group, slug if slug != "True" else "capital-true", "The order number as it is, byte for byte.",
               [("appid", "mch35005"), ("mch_order_no", value), ("nonce_str", "n1")], flags)
    _valid(group, "all-empty", "Every value is empty.", [("b", ""), ("a", ""), ("c", "")], ["empty_value"])
    _valid(group, "empty-first", "The first field is empty.", [("a", ""), ("b", "1")], ["empty_value"])
    _valid(group, "empty-last", "The last field is empty.", [("a", "1"), ("b", "")], ["empty_value"])
    return group


def _sign():
    group = _group("sign", "What is left out: sign, and only sign", ["SIG-001"])
    rest = [("appid", "mch35005"), ("nonce_str", "n1")]
    for slug, pair in [("upper", ("SIGN", "x")), ("capital", ("Sign", "x")), ("type", ("sign_type", "RSA")), ("signature", ("signature", "x")),
                       ("prefix", ("sig", "x")), ("suffix", ("mch_sign", "x")), ("space", ("sign ", "x")), ("value", ("attach", "sign")),
                       ("pair-value", ("attach", "sign=00"))]:
        _valid(group, slug, "This takes part: only the exact name sign is left out.", [*rest, pair, ("sign", "00ff")], ["sign_like"])
    _valid(group, "empty", "An empty sign is left out too.", [*rest, ("sign", "")], ["sign_like", "empty_value"])
    _valid(group, "only", "Only sign is there: the text is empty.", [("sign", "00ff")], ["sign_like", "size"])
    return group


def _border():
    group = _group("border", "Other messages with the same text", ["SIG-003", "QRY-007"])
    for slug, pairs in [("1", [("a", "1"), ("b", "2")]), ("2", [("a", "1b=2")]), ("3", [("a", ""), ("b", "1c=2"), ("c", "")]),
                        ("4", [("a", ""), ("b", "1"), ("c", "2c=")]), ("5", [("result", "CLOSED"), ("time_end", "")]), ("6", [("result", "CLOSEDtime_end=")])]:
        _valid(group, slug, "Nothing separates the pairs.", pairs, ["border", "empty_value"] if ("a", "") in pairs or ("time_end", "") in pairs else ["border"])
    return group


def _size():
    group = _group("size", "Many and long", ["SIG-001", "SIG-003"])
    _valid(group, "one", "One field.", [("a", "1")], ["size"])
    for count in (20, 64, 200):
        _valid(group, f"fields-{count}", f"{count} fields, given in descending order.", [(f"f{i:03d}", str(i)) for i in reversed(range(count))], ["size"])
    for length in (55, 56, 57, 63, 64, 65, 119, 120, 121):
        _valid(group, f"block-{length}", f"A text of {length} bytes, where MD5's padding changes.", [("a", "x" * (length - 2))], ["size"])
    _valid(group, "long-value", "A value of 8,192 characters.", [("a", "0123456789abcdef" * 512), ("b", "")], ["size", "empty_value"])
    _valid(group, "long-name", "A name of 256 characters.", [("n" * 256, "1"), ("n" * 255, "2")], ["size", "prefix_name"])
    _valid(group, "long-wide", "1,000 characters of four bytes each.", [("a", "\U0001f600" * 1000)], ["size", "non_ascii"])
    return group


def vectors():
    groups = [_shapes(), _order(), _unicode(), _values(), _sign(), _border(), _size()]
    return vector_file("canonical", "Params in, canonical text out; then its bytes, digest, DigestInfo, encoded message and signature.", NOTES, groups, [KEY])
