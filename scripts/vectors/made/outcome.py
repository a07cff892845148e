"""outcome.json: HTTP answers and webhooks in, what the caller may believe out (RSP, QRY-005, QRY-006, WHK)."""
import json

from . import rsa
from .envelope import DATA, GATEWAY, PAID, signed_body, _body, _text
from .steps import Group, note, vector_file

NOTES = {
    "documented_code": note("basic", "A documented code.", "The caller is told something that the gateway did not say."),
    "undocumented_code": note("robustness", "A code that no documentation names, or that is no integer.", "A refusal is taken for success."),
    "any_text": note("robustness", "Other texts, or none: the code decides.", "A change of wording breaks the client."),
    "tolerance": note("robustness", "Members that are not documented.", "A new member breaks the client."),
    "http_status": note("robustness", "An HTTP status other than 200.", "A proxy's error page, or a stale body, is believed."),
    "broken_body": note("robustness", "Empty, cut, or no JSON object.", "The client breaks in the middle of a cancel; or it says something that it can't know."),
    "result": note("basic", "Each documented result of a query.", "A paid order is shipped twice, or never."),
    "untrusted": note("forgery", "An answer whose signature does not hold.", "Anyone on the way says paid."),
    "other_order": note("forgery", "A good signature over another order's or merchant's answer: replayed.", "One payment pays for every order."),
    "border": note("border", "A good signature over merged fields.", "A closed order reads as something else."),
    "webhook": note("basic", "What a webhook is worth.", "Goods are sent for an order that nobody paid."),
    "duplicate": note("ambiguity", "A member stands twice.", "The verifier and the reader take different ones of the two."),
}

ASKED = {"mch_order_no": "A-1", "appid": "mch29217"}
TEXTS = {0: "操作成功", -1: "商户信息错误", -2: "验证商户签名失败", -3: "该订单不存在", -4: "该订单已支付成功,不能进行此操作", -5: "该订单已被取消,不能重复进行此操作", -6: "取消订单失败"}
CODES = {0: "cancelled", -1: "rejected", -2: "bad_signature", -3: "not_found", -4: "already_paid", -5: "already_cancelled", -6: "failed"}
RESULTS = {"SUCCESS": "paid", "CLOSED": "closed", "NOTPAY": "unpaid", "PENDING": "pending", "USERPAYING": "pending", "NOTSURE": "pending", "PAYERROR": "failed", "REFUND": "refunded", "FAIL": "not_found"}


def _add(group, slug, comment, flags, op, body, outcome, status=200, requirements=None, **more):
    raw = body if isinstance(body, bytes) else body.encode("utf-8")
    try:
        shown = raw.decode("utf-8")
    except UnicodeDecodeError:
        shown = None
    group.add(slug, comment, flags, requirements, op=op, status=status, body=shown, body_hex=raw.hex(), outcome=outcome, **more)


def _answer(code, **more):
    body = {"code": code, "msg": TEXTS.get(code, "x"), "message": TEXTS.get(code, "x"), **more}
    if code == 0 and "data" not in more:
        body["data"] = "取消成功"
    return body


def _cancel():
    group = Group("outcome", "cancel", "What a cancel's answer means", ["RSP-001", "RSP-002", "RSP-003", "RSP-004", "RSP-005"])
    add = lambda slug, comment, flag, body, outcome, requirement: _add(group, slug, comment, [flag], "cancel", body if isinstance(body, str) else json.dumps(body, ensure_ascii=False), outcome, requirements=[requirement])
    for code, outcome in CODES.items():
        slug = f"code-{abs(code)}"
        requirement = "RSP-001" if code == 0 else "RSP-002"
        add(slug, f"The documented answer of code {code}.", "documented_code", _answer(code), outcome, requirement)
        add(f"{slug}-escaped", f"Code {code} with escapes for Chinese.", "any_text", json.dumps(_answer(code)), outcome, "RSP-004")
        add(f"{slug}-english", f"Code {code} with English texts.", "any_text", {**_answer(code), "msg": "success", "message": "Order cancelled", **({"data": "OK"} if code == 0 else {})}, outcome, "RSP-004")
        add(f"{slug}-bare", f"Code {code} with no text at all.", "any_text", {"code": code}, outcome, "RSP-004")
        add(f"{slug}-empty", f"Code {code} with empty texts.", "any_text", {"code": code, "msg": "", "message": "", "data": ""}, outcome, "RSP-004")
        add(f"{slug}-more", f"Code {code} with members that are not documented.", "tolerance", {**_answer(code), "lang": "en", "trace": {"a": [1, None]}, "sign": "00"}, outcome, "RSP-005")
    add("text-of-other", "Code -4 with the text of code 0.", "any_text", {**_answer(-4), "msg": TEXTS[0], "message": TEXTS[0], "data": "取消成功"}, "already_paid", "RSP-004")
    add("text-of-refusal", "Code 0 with the text of code -6.", "any_text", {**_answer(0), "msg": TEXTS[-6], "message": TEXTS[-6]}, "cancelled", "RSP-004")
    add("data-object", "Code 0 with data as an object.", "any_text", _answer(0, data={"result": "CLOSED"}), "cancelled", "RSP-004")
    add("data-null", "Code 0 with data null.", "any_text", _answer(0, data=None), "cancelled", "RSP-004")
    for code in (1, -7, -99, 7, 200, 10000, 2147483648, -2147483649):
        add(f"undocumented-{'minus-' if code < 0 else ''}{abs(code)}", f"Code {code} is not documented.", "undocumented_code", _answer(code), "unknown", "RSP-003")
    for slug, lexeme in [("string", '"0"'), ("string-minus", '"-5"'), ("null", "null"), ("true", "true"), ("false", "false"), ("object", "{}"), ("array", "[0]"), ("fraction", "0.5"), ("empty", '""'), ("word", '"SUCCESS"'), ("huge", "123456789012345678901234567890")]:
        add(f"code-as-{slug}", f"code is {lexeme}.", "undocumented_code", f'{{"code": {lexeme}, "msg": "x", "message": "x"}}', "unknown", "RSP-003" if slug == "huge" else "RSP-007")
    add("code-missing", "No code.", "undocumented_code", '{"msg": "操作成功", "data": "取消成功", "message": "操作成功"}', "unknown", "RSP-007")
    add("code-upper", "Code in place of code.", "undocumented_code", '{"Code": 0, "msg": "x"}', "unknown", "RSP-007")
    return group


def _transport():
    group = Group("outcome", "body", "Answers that are none", ["RSP-006", "RSP-007"])
    good = json.dumps(_answer(0), ensure_ascii=False)
    for status in (201, 202, 204, 206, 301, 302, 304, 400, 401, 403, 404, 408, 409, 429, 500, 502, 503, 504):
        _add(group, f"status-{status}", f"Status {status} with the body of a success.", ["http_status"], "cancel", good, "unknown", status, ["RSP-006"])
    for slug, comment, body in [
        ("empty", "Empty.", ""), ("space", "White space.", " \n"), ("cut", "Cut in the middle.", good[: len(good) // 2]), ("cut-one", "The last brace is missing.", good[:-1]), ("html", "A page of HTML.", "<html><body>502 Bad Gateway</body></html>"), ("word", "A word.", "success"),
        ("array", "An array.", f"[{good}]"), ("string", "A string.", json.dumps(good)), ("number", "A number.", "0"), ("null", "null.", "null"), ("true", "true.", "true"), ("twice", "Two objects.", good + good), ("trailing", "Something behind the object.", good + "x"), ("trailing-comma", "A trailing comma.", good[:-1] + ",}"),
        ("single-quotes", "Single quotes.", good.replace('"', "'")), ("comment", "A comment.", "/* ok */" + good), ("nan", "NaN as the code.", good.replace('"code": 0', '"code": NaN')), ("leading-zero", "00 as the code.", good.replace('"code": 0', '"code": 00')), ("plus", "+0 as the code.", good.replace('"code": 0', '"code": +0')),
        ("control", "A raw line end in a string.", good.replace("取消成功", "取消\n成功")), ("form", "A form body.", "code=0&msg=ok"), ("xml", "XML.", "<xml><code>0</code></xml>"), ("jsonp", "JSONP.", f"callback({good})"), ("bad-escape", "A bad escape.", good.replace("取消成功", "\\x00")),
        ("deep", "Nested 2,000 deep.", "[" * 2000 + "]" * 2000), ("bom", "A byte order mark before it.", "\ufeff" + good), ("utf16", "UTF-16.", good.encode("utf-16-le")), ("gbk", "GBK.", good.encode("gbk")), ("cut-utf8", "Cut inside a character.", good.encode()[: good.encode().index("操".encode()) + 1]), ("nul", "NUL bytes behind it.", good + "\0\0"),
    ]:
        _add(group, slug, comment, ["broken_body"], "cancel", body, "unknown", requirements=["RSP-007"])
    return group


def _query():
    group = Group("outcome", "query", "What a query's answer means", ["QRY-005"], key=GATEWAY, asked=ASKED)
    add = lambda slug, comment, flags, body, outcome, requirements=("QRY-005",), status=200: _add(group, slug, comment, flags, "query", body, outcome, status, list(requirements))
    for result, outcome in RESULTS.items():
        add(f"result-{result.lower()}", f"result {result}.", ["result"], signed_body({**(PAID if outcome in ("paid", "refunded") else DATA), "result": result}), outcome)
    for slug, result in [("word", "EXPIRED"), ("empty", ""), ("lower", "success"), ("space", "SUCCESS "), ("chinese", "成功")]:
        add(f"result-unknown-{slug}", f"result {json.dumps(result)} is not documented.", ["result", "undocumented_code"], signed_body({**PAID, "result": result}), "unknown")
    good = rsa.sign(GATEWAY, _text(DATA).encode())
    add("refused-3", "Code -3: no such order.", ["documented_code"], json.dumps(_answer(-3), ensure_ascii=False), "not_found")
    add("refused-99", "A code that is not documented.", ["undocumented_code"], json.dumps(_answer(-99)), "unknown", ["QRY-005"])
    untrusted = [
        ("no-sign", "No sign.", json.dumps({"code": 0, "data": DATA}), "QRY-002"), ("empty-sign", "sign is empty.", _body(DATA, ""), "QRY-002"), ("short-sign", "sign is too short.", _body(DATA, good[2:]), "QRY-002"), ("base64-sign", "sign is no hex.", _body(DATA, "QUJD"), "QRY-002"),
        ("zero-sign", "sign is zeros.", _body(DATA, "0" * 256), "QRY-002"), ("changed-result", "result was changed.", _body({**DATA, "result": "SUCCESS"}, good), "QRY-003"), ("changed-fee", "total_fee was changed.", _body({**DATA, "total_fee": 1}, good), "QRY-003"), ("added", "A member was added.", _body({**DATA, "extra": ""}, good), "QRY-003"),
        ("merchant-key", "The merchant's key signed.", _body(DATA, rsa.sign("merchant-1024", _text(DATA).encode())), "QRY-008"), ("stranger-key", "A stranger's key signed.", _body(DATA, rsa.sign("stranger-1024", _text(DATA).encode())), "QRY-008"),
        ("data-string", "data is a string, as in a cancel's answer.", json.dumps({"code": 0, "data": "取消成功", "sign": good}), "QRY-002"), ("data-missing", "No data.", json.dumps({"code": 0, "sign": good}), "QRY-002"),
        ("sha256", "A good signature with SHA-256.", _body(DATA, rsa.openssl_sign(GATEWAY, _text(DATA).encode(), "sha256")), "QRY-009"),
    ]
    for slug, comment, body, requirement in untrusted:
        add(f"untrusted-{slug}", comment, ["untrusted"], body, "untrusted", [requirement])
    add("other-order", "Another order's answer, with a good signature.", ["other_order"], signed_body({**PAID, "mch_order_no": "A-2"}), "untrusted", ["QRY-006"])
    add("other-order-case", "The order number in another case.", ["other_order"], signed_body({**PAID, "mch_order_no": "a-1"}), "untrusted", ["QRY-006"])
    add("other-merchant", "Another merchant's answer, with a good signature.", ["other_order"], signed_body({**PAID, "appid": "mch1"}), "untrusted", ["QRY-006"])
    merged = {**{k: v for k, v in DATA.items() if k != "time_end"}, "result": "CLOSEDtime_end="}
    add("merged", "result swallowed time_end; the signature is good.", ["border"], _body(merged, good), "untrusted", ["QRY-007"])
    add("duplicate", "result stands twice.", ["duplicate"], _body(DATA, good).replace('"result": "CLOSED"', '"result": "CLOSED", "result": "SUCCESS"'), "untrusted", ["SEC-005"])
    add("status-500", "Status 500 with a good answer.", ["http_status"], signed_body(PAID), "unknown", ["RSP-006"], 500)
    add("cut", "A good answer, cut.", ["broken_body"], signed_body(PAID)[:-40], "unknown", ["RSP-007"])
    add("undocumented", "A member that is not documented, signed.", ["tolerance"], signed_body({**PAID, "extra": "x"}), "paid", ["QRY-004"])
    return group


def _notify():
    group = Group("outcome", "notify", "What a webhook means", ["WHK-001"], key=GATEWAY)
    good = rsa.sign(GATEWAY, _text(PAID).encode())
    rows = [
        ("paid", "A paid order.", signed_body(PAID), "paid", ["WHK-001"]), ("paid-undocumented", "With a member that is not documented.", signed_body({**PAID, "extra": "x"}), "paid", ["WHK-001"]),
        ("closed", "result CLOSED: no webhook says that.", signed_body(DATA), "unknown", ["WHK-001"]), ("unknown-result", "A result that is not documented.", signed_body({**PAID, "result": "X"}), "unknown", ["WHK-001"]),
        ("no-sign", "No sign.", json.dumps({"code": 0, "data": PAID}), "untrusted", ["WHK-001"]), ("changed", "total_fee was changed.", _body({**PAID, "total_fee": 1}, good), "untrusted", ["WHK-001"]), ("merchant-key", "The merchant's key signed.", _body(PAID, rsa.sign("merchant-1024", _text(PAID).encode())), "untrusted", ["WHK-001"]),
        ("duplicate", "result stands twice.", _body(PAID, good).replace('"result": "SUCCESS"', '"result": "SUCCESS", "result": "CLOSED"'), "untrusted", ["SEC-005", "WHK-001"]), ("empty", "Empty.", "", "unknown", ["WHK-001"]), ("form", "A form body.", "a=1", "unknown", ["WHK-001"]), ("cut", "Cut.", signed_body(PAID)[:-30], "unknown", ["WHK-001"]),
        ("plus", "A + and a % in attach, which form decoding would damage.", signed_body({**PAID, "attach": "1+1=2 100%"}), "paid", ["WHK-001"]), ("missing-member", "A documented member is missing; the signature is good.", signed_body({k: v for k, v in PAID.items() if k != "total_fee"}), "untrusted", ["QRY-007", "WHK-001"]),
    ]
    for slug, comment, body, outcome, requirements in rows:
        _add(group, slug, comment, ["duplicate"] if slug == "duplicate" else ["webhook"], "notify", body, outcome, requirements=requirements)
    return group


def vectors():
    return vector_file("outcome", "HTTP answers and webhooks in, what the caller may believe out.", NOTES, [_cancel(), _transport(), _query(), _notify()], [GATEWAY])
