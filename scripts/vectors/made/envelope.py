"""envelope.json: JSON answers with a signature over `data`, good and bad (SIG-011, SIG-012, QRY-001 to QRY-009)."""
import json

from . import rsa
from .lexemes import data_pairs
from .steps import Group, canonical, note, ordered, steps, vector_file

NOTES = {
    "basic": note("basic", "An answer of the documented shape.", "Nothing works at all."),
    "number_lexeme": note("number", "A number whose text a parser would change.", "A genuine answer is refused, or another number verified."),
    "json_type": note("content", "Booleans, null and nested values.", "Answers with such members are refused."),
    "json_text": note("content", "The same members in another JSON text: escapes, white space, order.", "A genuine answer is refused because its bytes were signed and not its meaning."),
    "undocumented": note("content", "A member that no documentation names; it is signed too.", "The gateway adds a member, and every answer is refused."),
    "changed": note("forgery", "A member was changed, added, removed or renamed after it was signed.", "Anyone on the way turns NOTPAY into SUCCESS."),
    "sign_member": note("forgery", "`sign` is missing, empty, or no text.", "An unsigned answer is believed."),
    "data_member": note("shape", "`data` is missing or no object.", "The program breaks, or verifies the empty text."),
    "duplicate": note("ambiguity", "A member stands twice.", "The verifier and the reader take different ones of the two."),
    "own_name": note("content", "A member named as something that the language has already.", "The member is lost from what is signed, or the program is changed."),
    "border": note("border", "A good signature over fields that were merged across their borders.", "An answer that never was verifies; only the shape gives it away."),
    "shape": note("shape", "A good signature over an answer that lacks a documented member or has it in another type.", "Missing amounts are taken for good."),
    "other_key": note("forgery", "Signed by another key.", "Anyone speaks as the gateway."),
    "other_content": note("interop", "The signature covers the whole body, or `data` as JSON, not its members.", "Unsigned members are believed, or signed ones refused."),
    "partial": note("endpoint", "An endpoint that signs only some members of `data`.", "Its genuine answers are refused; or its unsigned members are believed."),
    "lone_surrogate": note("encoding", "Half a surrogate pair, which JSON can write and UTF-8 can't.", "A replacement character is verified."),
}

DATA = {"cash_fee": "", "attach": "", "result": "CLOSED", "openid": "", "rate": "", "channel": "", "nonce_str": "", "mch_order_no": "A-1", "cash_fee_type": "",
        "pay_mch_order_no": "2106021528410423", "total_fee": 2000, "fee_type": "THB", "ksher_order_no": "", "channel_order_no": "", "time_end": "", "appid": "mch29217"}
PAID = {**DATA, "result": "SUCCESS", "cash_fee": 2000, "cash_fee_type": "THB", "channel": "promptpay", "ksher_order_no": "90020210602152841042", "channel_order_no": "2021060222001", "openid": "p-1",
        "rate": "1.0", "nonce_str": "tKz0nQ", "time_end": "20210602152901"}
GATEWAY = "gateway-1024"


def _body(data, sign, message="操作成功"):
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return f'{{"code": 0, "msg": "{message}", "data": {text}, "sign": {json.dumps(sign)}, "message": "{message}"}}'


def _text(data):
    """The canonical text of data, given as an object or as JSON."""
    return canonical(data_pairs(_body(data, "")))


def _add(group, slug, comment, flags, body, key_name=GATEWAY, reason=None, endpoint=None, covered=None, signature_valid=None, values=True, **more):
    key = rsa.key(key_name)
    made = {}
    if values:
        pairs = data_pairs(body, covered)
        made = {"pairs": [list(p) for p in ordered(pairs)], **steps(canonical(pairs), key)}
    group.add(slug, comment, flags, result="invalid" if reason else "valid", reason=reason,
              signature_valid=(reason is None) if signature_valid is None else signature_valid, endpoint=endpoint, key=key_name, body=body, **made, **more)


def signed_body(data, name=GATEWAY):
    return _body(data, rsa.sign(name, _text(data).encode()))


def _good():
    group = Group("envelope", "query", "Query answers of the documented shape", ["QRY-001", "SIG-005", "SIG-011"])
    for result in ("SUCCESS", "CLOSED", "NOTPAY", "PENDING", "USERPAYING", "NOTSURE", "PAYERROR", "REFUND", "FAIL"):
        data = {**(PAID if result in ("SUCCESS", "REFUND") else DATA), "result": result}
        _add(group, result.lower(), f"result {result}.", ["basic"], signed_body(data))
    for name in ("gateway-512", "gateway-2048"):
        _add(group, name, f"Signed by {name}.", ["basic"], signed_body(PAID, name), name)
    _add(group, "undocumented-member", "A member that is not documented is signed too.", ["undocumented"], signed_body({**DATA, "promotion_fee": 0, "Zeta": "x"}), requirements=["QRY-004"])
    _add(group, "non-ascii", "Thai, Chinese and an emoji in attach.", ["basic"], signed_body({**DATA, "attach": "\u0e01\u6d4b\u8bd5\U0001f600"}))
    return group


def _numbers():
    group = Group("envelope", "number", "Numbers are signed as they stand in the text", ["SIG-012"])
    for slug, lexeme in [("zero", "0"), ("minus-zero", "-0"), ("integer", "2000"), ("point-zero", "2000.0"), ("point-00", "2000.00"), ("negative", "-1"), ("exponent", "1e3"), ("exponent-upper", "1E3"), ("exponent-plus", "1e+3"),
                         ("exponent-zero", "1e03"), ("small", "1e-7"), ("tenth", "0.1"), ("hundredth", "0.10"), ("max-safe", "9007199254740991"), ("past-safe", "9007199254740993"), ("int64", "9223372036854775807"), ("uint64", "18446744073709551616"),
                         ("twenty-digits", "12345678901234567890"), ("long-fraction", "0.1234567890123456789012345"), ("overflow", "1e400"), ("underflow", "1e-400"), ("sum", "0.30000000000000004"), ("int32", "2147483648")]:
        text = json.dumps({**DATA, "extra": 0}).replace('"extra": 0', f'"extra": {lexeme}')
        _add(group, slug, f"{lexeme} in a member that is not documented.", ["number_lexeme", "undocumented"], signed_body(text))
    for slug, lexeme, other in [("changed-point", "2000", "2000.0"), ("changed-exponent", "1000", "1e3"), ("changed-precision", "9007199254740993", "9007199254740992")]:
        text = json.dumps({**DATA, "extra": 0})
        signature = rsa.sign(GATEWAY, _text(text.replace('"extra": 0', f'"extra": {lexeme}')).encode())
        _add(group, slug, f"Signed as {lexeme}, sent as {other}: the same number, another text.", ["number_lexeme", "changed"], _body(text.replace('"extra": 0', f'"extra": {other}'), signature), reason="signature_wrong")
    return group


def _types():
    group = Group("envelope", "type", "Values that are no strings", ["SIG-011"])
    for slug, text in [("true", "true"), ("false", "false"), ("null", "null"), ("empty-object", "{}"), ("empty-array", "[]"), ("array", '["b", "a", 1]'), ("object", '{"b": 1, "a": "x"}'), ("object-sorted", '{"a":"x","b":1}'),
                       ("deep", '{"b": {"d": 1, "c": [true, null, {"f": 1, "e": 2}]}, "a": ""}'), ("refunds", '[{"refund_fee": 100, "mch_refund_no": "R-1"}, {"refund_fee": 50, "mch_refund_no": "R-2"}]'), ("nested-text", '{"a": "\\u6d4b\\"\\\\/\\n"}'),
                       ("nested-thai", '["\u0e01", "\U0001f600"]'), ("nested-number", "[1.0, 1e3, 12345678901234567890]"), ("json-in-string", '"{\\"b\\": 1, \\"a\\": 2}"'), ("nested-spaces", '{ "a" : [ 1 , 2 ] }'), ("nested-names", '{"\\ud83d\\ude00": 1, "\\ufffd": 2, "a1": 3, "a": 4}')]:
        body = json.dumps({**DATA, "extra": 0}, ensure_ascii=False).replace('"extra": 0', f'"extra": {text}')
        _add(group, slug, f"A member that is {slug.replace('-', ' ')}.", ["json_type", "undocumented"], signed_body(body))
    return group


def _texts():
    group = Group("envelope", "text", "The same answer in other JSON texts", ["QRY-001", "SIG-006"])
    signature = rsa.sign(GATEWAY, _text(PAID).encode())
    add = lambda slug, comment, body: _add(group, slug, comment, ["json_text"], body)
    whole = {"code": 0, "msg": "操作成功", "data": PAID, "sign": signature, "message": "操作成功"}
    add("compact", "No white space.", json.dumps(whole, ensure_ascii=False, separators=(",", ":")))
    add("indented", "Indented.", json.dumps(whole, ensure_ascii=False, indent=2))
    add("crlf", "Indented, with CR LF.", json.dumps(whole, ensure_ascii=False, indent="\t").replace("\n", "\r\n"))
    add("escaped", "Characters beyond ASCII as escapes.", json.dumps(whole))
    add("sorted", "Members sorted.", json.dumps(whole, ensure_ascii=False, sort_keys=True))
    add("reversed", "Members of data backwards.", json.dumps({**whole, "data": dict(reversed(PAID.items()))}, ensure_ascii=False))
    add("sign-first", "sign before data.", json.dumps(dict(reversed(whole.items())), ensure_ascii=False))
    add("all-escaped", "Each letter of a value and of a name as an escape.", json.dumps(whole, ensure_ascii=False).replace('"SUCCESS"', '"\\u0053UCCESS"').replace('"result"', '"r\\u0065sult"'))
    add("spaces", "White space at every place.", json.dumps(whole, ensure_ascii=False, separators=(" , ", " : ")).replace("{", "{ ").replace("}", " }") + "\n")
    add("other-messages", "Other msg and message: not signed.", json.dumps({**whole, "msg": "ok", "message": ""}, ensure_ascii=False))
    add("extra-members", "Members beside data: not signed.", json.dumps({**whole, "lang": "en", "time_stamp": "20261124112030", "version": "3.0.0"}, ensure_ascii=False))
    add("no-messages", "No msg and no message.", json.dumps({"code": 0, "data": PAID, "sign": signature}, ensure_ascii=False))
    add("upper-sign", "sign in upper case.", json.dumps({**whole, "sign": signature.upper()}, ensure_ascii=False))
    for slug, value in [("slash", "a/b"), ("quotes", "\"\\"), ("controls", "\b\f\n\r\t\x00\x1f"), ("emoji", "\U0001f600"), ("del", "\x7f\u2028\u2029"), ("html", "<a href='x'>&amp;</a>"), ("markup", "%20+&=")]:
        body = json.dumps({**whole, "data": {**PAID, "attach": value}, "sign": rsa.sign(GATEWAY, _text({**PAID, "attach": value}).encode())})
        add(f"attach-{slug}", f"attach holds {slug}, with JSON's escapes.", body.replace("/", "\\/") if slug == "slash" else body)
    return group


def _changed():
    group = Group("envelope", "changed", "Changed after it was signed", ["QRY-003"])
    signature = rsa.sign(GATEWAY, _text(DATA).encode())
    for name, value in [("result", "SUCCESS"), ("total_fee", 1), ("total_fee", -2000), ("mch_order_no", "A-2"), ("appid", "mch29218"), ("fee_type", "USD"), ("attach", " "), ("time_end", "20210602152901"), ("cash_fee", 0), ("pay_mch_order_no", "2106021528410424")]:
        _add(group, f"{name.replace('_', '-')}-{str(value).strip().lower().replace('-2000', 'minus-2000').replace('a-2', 'a2') or 'space'}", f"{name} was changed.", ["changed"], _body({**DATA, name: value}, signature), reason="signature_wrong")
    for name in ("result", "attach", "total_fee", "time_end"):
        _add(group, f"without-{name.replace('_', '-')}", f"{name} was removed.", ["changed"], _body({key: value for key, value in DATA.items() if key != name}, signature), reason="signature_wrong")
    for slug, added in [("added", {"extra": ""}), ("added-null", {"extra": None}), ("added-upper", {"Result": "SUCCESS"})]:
        _add(group, slug, "A member was added.", ["changed", "undocumented"], _body({**DATA, **added}, signature), reason="signature_wrong")
    renamed = {("attache" if key == "attach" else key): value for key, value in DATA.items()}
    _add(group, "renamed", "attach was renamed.", ["changed"], _body(renamed, signature), reason="signature_wrong")
    swapped = {**DATA, "mch_order_no": DATA["pay_mch_order_no"], "pay_mch_order_no": DATA["mch_order_no"]}
    _add(group, "swapped", "Two values were swapped.", ["changed"], _body(swapped, signature), reason="signature_wrong")
    return group


def _signs():
    group = Group("envelope", "sign", "sign that can't be one", ["QRY-002"])
    good = rsa.sign(GATEWAY, _text(DATA).encode())
    base = {"code": 0, "msg": "ok", "data": DATA}
    for slug, more, reason in [("missing", {}, "signature_missing"), ("null", {"sign": None}, "signature_not_text"), ("number", {"sign": 1234}, "signature_not_text"), ("array", {"sign": [good]}, "signature_not_text"), ("true", {"sign": True}, "signature_not_text"),
                               ("empty", {"sign": ""}, "signature_empty"), ("upper-name", {"Sign": good}, "signature_missing"), ("space", {"sign": f"{good} "}, "signature_not_hex"), ("short", {"sign": good[:-2]}, "signature_length"),
                               ("word", {"sign": "null"}, "signature_not_hex")]:
        _add(group, slug, "Nothing is signed.", ["sign_member"], json.dumps({**base, **more}), reason=reason)
    _add(group, "inside-data", "sign stands inside data.", ["sign_member"], json.dumps({**base, "data": {**DATA, "sign": good}}), reason="signature_missing")
    for slug, data in [("missing", None), ("string", "取消成功"), ("array", []), ("null", "null-value"), ("number", 1)]:
        body = {"code": 0, "msg": "ok", "sign": rsa.sign(GATEWAY, b"")}
        if slug != "missing":
            body["data"] = None if slug == "null" else data
        _add(group, f"data-{slug}", "No members that could be signed; the signature is over the empty text.", ["data_member"], json.dumps(body), reason="data_not_object", values=False, requirements=["QRY-001"])
    return group


def _duplicates():
    group = Group("envelope", "duplicate", "Members that stand twice, and odd names", ["SEC-005"])
    signature = rsa.sign(GATEWAY, _text(DATA).encode())
    good = _body(DATA, signature)
    for slug, comment, body in [
        ("result-after", "A second result behind the signed one.", good.replace('"result": "CLOSED"', '"result": "CLOSED", "result": "SUCCESS"')), ("result-before", "A second result before the signed one.", good.replace('"result": "CLOSED"', '"result": "SUCCESS", "result": "CLOSED"')),
        ("same", "The same member with the same value.", good.replace('"attach": ""', '"attach": "", "attach": ""')), ("escaped", "The second one's name is escaped.", good.replace('"result": "CLOSED"', '"result": "CLOSED", "r\\u0065sult": "SUCCESS"')),
        ("data", "A second data.", good.replace('"data":', '"data": {"result": "SUCCESS"}, "data":')), ("sign", "A second sign.", good.replace('"sign":', '"sign": "00", "sign":')), ("code", "A second code.", good.replace('"code": 0', '"code": 0, "code": -1')),
        ("nested", "Inside a nested value.", good.replace('"attach": ""', '"attach": {"a": 1, "a": 2}')),
    ]:
        _add(group, slug, comment, ["duplicate"], body, reason="duplicate_member", values=False)
    for name in ("__proto__", "constructor", "toString", "hasOwnProperty"):
        data = {**DATA, name: "x"}
        _add(group, f"name-{name.strip('_').lower()}", f"A member named {name}, signed like any other.", ["own_name", "undocumented"], signed_body(data))
    text = json.dumps({**DATA, "__proto__": 0}).replace('"__proto__": 0', '"__proto__": {"result": "SUCCESS"}')
    _add(group, "name-proto-object", "__proto__ is an object.", ["own_name", "undocumented"], signed_body(text))
    text = json.dumps({key: value for key, value in DATA.items() if key != "result"} | {"__proto__": 0}).replace('"__proto__": 0', '"__proto__": {"result": "SUCCESS"}')
    _add(group, "name-proto-result", "result stands only inside __proto__; the signature is good.", ["own_name", "shape"], signed_body(text), reason="member_missing", signature_valid=True)
    for slug, value in [("high", "\\ud83d"), ("low", "\\ude00"), ("swapped", "\\ude00\\ud83d")]:
        _add(group, f"lone-{slug}", "Half a surrogate pair in attach.", ["lone_surrogate"], good.replace('"attach": ""', f'"attach": "{value}"'), reason="lone_surrogate", values=False, requirements=["SIG-006"])
    return group


def _borders():
    group = Group("envelope", "border", "Good signatures over answers that never were", ["QRY-007"])
    base = list(DATA.items())
    merged = lambda first, second: {**{k: v for k, v in base if k != second}, first: f"{DATA[first]}{second}={DATA[second]}"}
    pairs = [("result", "time_end"), ("openid", "pay_mch_order_no"), ("attach", "cash_fee"), ("fee_type", "ksher_order_no"), ("appid", "attach"), ("nonce_str", "openid"), ("mch_order_no", "nonce_str")]
    for first, second in pairs:
        body = _body(merged(first, second), rsa.sign(GATEWAY, _text(DATA).encode()))
        assert canonical(data_pairs(body)) == _text(DATA), "the merged message has another text"
        _add(group, f"{first.replace('_', '-')}-{second.replace('_', '-')}", f"{second} is swallowed by {first}.", ["border"], body, reason="member_missing", signature_valid=True)
    _add(group, "time-end-total-fee", "total_fee is swallowed by time_end.", ["border"], _body(merged("time_end", "total_fee"), rsa.sign(GATEWAY, _text(DATA).encode())), reason="member_missing", signature_valid=True)
    for slug, comment, data, reason in [
        ("fee-string", "total_fee is a string.", {**DATA, "total_fee": "2000"}, "member_type"), ("fee-fraction", "total_fee has a fraction.", json.dumps(DATA).replace("2000,", "2000.0,"), "member_type"),
        ("result-number", "result is a number.", {**DATA, "result": 1}, "member_type"), ("order-null", "mch_order_no is null.", {**DATA, "mch_order_no": None}, "member_type"), ("appid-number", "appid is a number.", {**DATA, "appid": 29217}, "member_type"),
        ("only-result", "Only result is there.", {"result": "SUCCESS"}, "member_missing"), ("nothing", "data has no member.", {}, "member_missing"), ("cash-true", "cash_fee is true.", {**DATA, "cash_fee": True}, "member_type"),
    ]:
        _add(group, slug, comment, ["shape"], signed_body(data), reason=reason, signature_valid=True, endpoint="gateway_order_query")
    _add(group, "cash-number", "cash_fee is a number: documented answers have both.", ["shape"], signed_body({**DATA, "cash_fee": 2000}), endpoint="gateway_order_query")
    return group


def _others():
    group = Group("envelope", "other", "Signed by another key, or over something else", ["QRY-001", "QRY-008"])
    for name in ("merchant-1024", "stranger-1024"):
        _add(group, name, f"Signed by {name}.", ["other_key"], _body(DATA, rsa.sign(name, _text(DATA).encode())), reason="signature_wrong")
    body = _body(DATA, "")
    data = json.dumps(DATA, ensure_ascii=False)
    everything = canonical([*data_pairs(body), ("code", "0"), ("msg", "操作成功"), ("message", "操作成功")])
    envelope = canonical([("code", "0"), ("msg", "操作成功"), ("message", "操作成功"), ("data", data)])
    for slug, comment, text in [("body", "Over the whole body.", body), ("data-json", "Over data as it stands.", data), ("data-compact", "Over data as compact JSON.", json.dumps(DATA, ensure_ascii=False, separators=(",", ":"))), ("merged", "Over the envelope's members and data's.", everything),
                                ("envelope", "Over the envelope's members, data as JSON.", envelope), ("nothing", "Over the empty text.", ""), ("no-empties", "Without the empty values.", canonical([p for p in data_pairs(body) if p[1]])),
                                ("ampersand", "Joined with &.", "&".join("=".join(p) for p in ordered(data_pairs(body))))]:
        _add(group, slug, comment, ["other_content"], _body(DATA, rsa.sign(GATEWAY, text.encode())), reason="signature_wrong")
    return group


COVERED = {"get_settlement_info": ["begin_date", "end_date", "nonce_str"], "merchant_info": ["mobile", "mch_id", "account_type", "business_mode", "nonce_str"]}


def _partial():
    group = Group("envelope", "partial", "Endpoints that sign only some members", ["QRY-001"])
    data = {"get_settlement_info": {"begin_date": "20260101", "end_date": "20260131", "nonce_str": "n1", "settlement_data": [{"fee": 1.5}]},
            "merchant_info": {"mobile": "0812345678", "mch_id": 29217, "account_type": "1", "business_mode": "gateway", "nonce_str": "n1", "name": "Shop", "email": "a@b.example"}}
    for endpoint, covered in COVERED.items():
        slug = endpoint.replace("_", "-")
        text = canonical(data_pairs(_body(data[endpoint], ""), covered))
        signature = rsa.sign(GATEWAY, text.encode())
        _add(group, slug, f"{endpoint} signs only {', '.join(covered)}.", ["partial"], _body(data[endpoint], signature), endpoint=endpoint, covered=covered)
        free = [name for name in data[endpoint] if name not in covered][0]
        _add(group, f"{slug}-uncovered", f"{free} is not covered: a change goes unseen.", ["partial"], _body({**data[endpoint], free: "changed"}, signature), endpoint=endpoint, covered=covered)
        _add(group, f"{slug}-changed", "A covered member was changed.", ["partial", "changed"], _body({**data[endpoint], "nonce_str": "n2"}, signature), endpoint=endpoint, covered=covered, reason="signature_wrong")
        _add(group, f"{slug}-all", "All members are signed, which this endpoint never does.", ["partial"], signed_body(data[endpoint]), endpoint=endpoint, covered=covered, reason="signature_wrong")
    return group


def vectors():
    groups = [_good(), _numbers(), _types(), _texts(), _changed(), _signs(), _duplicates(), _borders(), _others(), _partial()]
    return vector_file("envelope", "JSON answers with a signature over `data`: good, changed, ambiguous, badly shaped.", NOTES, groups, ["gateway-512", "gateway-1024", "gateway-2048"])
