"""A client of Ksher Gateway Pay: create, cancel, query, webhook. Python 3.9 or later, standard library only.

    client = Client("https://gateway.ksher.com/api", "mch35000", private_pem, gateway_public_pem)
    client.cancel("order-17").outcome   # "cancelled", "already_paid", ... "unknown"

Calls return outcomes for whatever the gateway and the network do; they raise ValueError for wrong keys and for text
that has no UTF-8. The ids in comments are requirements of the protocol. A long file, so that one file is all to copy.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Optional
from urllib.parse import urlencode

import ksher_http
import ksher_rsa

CANCEL_OUTCOMES = {
    0: "cancelled",
    -1: "rejected",
    -2: "bad_signature",
    -3: "not_found",
    -4: "already_paid",
    -5: "already_cancelled",
    -6: "failed",
}
QUERY_OUTCOMES = {
    "SUCCESS": "paid",
    "CLOSED": "closed",
    "NOTPAY": "unpaid",
    "PENDING": "pending",
    "USERPAYING": "pending",
    "NOTSURE": "pending",
    "PAYERROR": "failed",
    "REFUND": "refunded",
    "FAIL": "not_found",
}
ORDER_IS_PAID = 1
TEXT_MEMBERS = (
    "appid attach cash_fee_type channel channel_order_no fee_type ksher_order_no mch_order_no nonce_str openid "
    "pay_mch_order_no rate result time_end"
).split()
ACCEPTED = '{"result": "SUCCESS", "msg": "OK"}'
NOT_ACCEPTED = '{"result": "FAIL", "msg": "NOT ACCEPTED"}'


@dataclass(frozen=True)
class Number:
    """A JSON number as it stands in the text: it is signed by its lexeme (SIG-012)."""

    lexeme: str

    def integer(self):
        """Its value where it is a plainly written integer of at most 2^53 - 1, else None."""
        plain = self.lexeme.lstrip("-").isdecimal() and len(self.lexeme) <= 17
        value = int(self.lexeme) if plain else None
        return value if plain and abs(value) < 1 << 53 else None


class DuplicateMember(ValueError):
    """A JSON object names a member twice: readers differ about which one counts (SEC-005)."""


@dataclass(frozen=True)
class Result:
    outcome: str
    because: str = ""
    response: object = None
    pay_content: Optional[str] = None


@dataclass(frozen=True)
class Notified:
    outcome: str
    reply: str
    because: str = ""
    data: Optional[dict] = None
    repeated: bool = False


def canonical_text(params):
    """What is signed: name=value of all but `sign`, by name, nothing between, values as they are (SIG-001 to SIG-005).

    Python orders text by code point, which is the order of its UTF-8 bytes.
    """
    return "".join(f"{name}={params[name]}" for name in sorted(params) if name != "sign")


def parse_json(text):
    """A JSON text with lexemes kept. Raises DuplicateMember, or ValueError where it is no JSON."""

    def members(pairs):
        made = dict(pairs)
        if len(made) < len(pairs):
            raise DuplicateMember("an object has a member twice")
        return made

    def constant(name):
        raise ValueError(f"{name} is no JSON")

    try:
        return json.loads(
            text, object_pairs_hook=members, parse_int=Number, parse_float=Number, parse_constant=constant
        )
    except RecursionError:
        raise ValueError("the JSON nests too deep") from None


def value_text(value):
    """A member of `data` as it is signed: strings as they are, all else as compact JSON (SIG-011)."""
    return value if isinstance(value, str) else _compact(value)


def _compact(value):
    if isinstance(value, Number):
        return value.lexeme
    if isinstance(value, list):
        return "[" + ",".join(map(_compact, value)) + "]"
    if isinstance(value, dict):
        pairs = (f"{json.dumps(name, ensure_ascii=False)}:{_compact(value[name])}" for name in sorted(value))
        return "{" + ",".join(pairs) + "}"
    return json.dumps(value, ensure_ascii=False)


def verify_data(data, signature, public_key):
    """Whether a signature covers the members of `data`, all of them and only those (QRY-001, QRY-004)."""
    if not isinstance(data, dict) or not isinstance(signature, str):
        return False
    text = canonical_text({name: value_text(value) for name, value in data.items()})
    try:
        return ksher_rsa.verify(text, signature, public_key)
    except UnicodeEncodeError:  # half a surrogate pair: such a text has no bytes to sign
        return False


class Client:
    def __init__(self, base_url, appid, private_key, public_key, lang=None, timeout_ms=10_000, ca=None):
        self.base_url = base_url
        self.appid = appid
        self.private_key = ksher_rsa.read_private_key(private_key)
        self.public_key = ksher_rsa.read_public_key(public_key)
        self.lang = lang
        self.timeout_ms = timeout_ms
        self.ca = ca

    def create(self, mch_order_no, total_fee, fee_type, channel_list, **more):
        """Creates an order; `created` only with a payment link that the gateway signed. `total_fee` in satang."""
        order = {"mch_order_no": mch_order_no, "total_fee": str(total_fee), "fee_type": fee_type}
        envelope, failure = self._call("/gateway_pay", {**order, "channel_list": channel_list, **more})
        if failure:
            return failure
        code, data = _code(envelope), envelope.get("data")
        if code == ORDER_IS_PAID or (code != 0 and code in CANCEL_OUTCOMES):
            return Result("rejected", response=envelope)
        if code != 0:
            return Result("unknown", f"the code {code} is not documented", envelope)
        if not verify_data(data, envelope.get("sign"), self.public_key):
            return Result("unknown", "the signature is not the gateway's", envelope)
        link = data.get("pay_content")
        if not isinstance(link, str) or not link:
            return Result("unknown", "the signed data has no pay_content", envelope)
        return Result("created", response=envelope, pay_content=link)

    def cancel(self, mch_order_no):
        """Cancels an order. The code decides, nothing else (RSP-001 to RSP-004); the answer carries no signature."""
        envelope, failure = self._call("/cancel_order", {"mch_order_no": mch_order_no})
        if failure:
            return failure
        outcome = CANCEL_OUTCOMES.get(_code(envelope))
        if outcome is None:
            return Result("unknown", "the code is not documented", envelope)
        return Result(outcome, response=envelope)

    def query(self, mch_order_no, timeout_ms=None):
        """Asks about an order: signature, then shape, then whose order it is, then its result (QRY-001 to QRY-009)."""
        envelope, failure = self._call("/gateway_order_query", {"mch_order_no": mch_order_no}, timeout_ms)
        if failure:
            return failure
        code, data = _code(envelope), envelope.get("data")
        if code == -3:
            return Result("not_found", response=envelope)
        if code != 0:
            return Result("unknown", "the code is not documented", envelope)
        because = _untrusted(data, envelope.get("sign"), self.public_key)
        if because is None and (data["mch_order_no"], data["appid"]) != (mch_order_no, self.appid):
            because = "the signed data is about another order or merchant"
        if because is not None:
            return Result("untrusted", because, envelope)
        return Result(QUERY_OUTCOMES.get(data["result"], "unknown"), response=envelope)

    def _call(self, path, fields, timeout_ms=None):
        """Signs and posts a form with its own nonce and time stamp (REQ-008, RTY-002): the envelope, or the failure."""
        params = {**fields, "appid": self.appid, "nonce_str": secrets.token_hex(16), "time_stamp": _now()}
        if self.lang is not None:
            params["lang"] = self.lang
        params["sign"] = ksher_rsa.sign(canonical_text(params), self.private_key)
        form = urlencode(params).encode("ascii")
        try:
            status, body = ksher_http.post(self.base_url + path, form, timeout_ms or self.timeout_ms, self.ca)
        except ksher_http.Broken as broken:
            return None, Result("unknown", str(broken))
        if status != 200:
            return None, Result("unknown", f"HTTP status {status}")
        try:
            envelope = parse_json(body.decode("utf-8"))
        except DuplicateMember as twice:
            return None, Result("untrusted" if path == "/gateway_order_query" else "unknown", str(twice))
        except ValueError as bad:
            return None, Result("unknown", f"the answer is no JSON: {bad}")
        if not isinstance(envelope, dict):
            return None, Result("unknown", "the answer is no JSON object")
        return envelope, None


class Webhook:
    """Judges raw webhook bodies, and counts each payment once (WHK-001 to WHK-004).

    `seen` keeps which payments were reported: give a set-like object over your database.
    """

    def __init__(self, public_key, seen=None):
        self.public_key = ksher_rsa.read_public_key(public_key)
        self.seen = set() if seen is None else seen

    def receive(self, body):
        """What a raw body came to, and the body to answer it with."""
        try:
            envelope = parse_json(body)
        except DuplicateMember as twice:
            return Notified("untrusted", NOT_ACCEPTED, str(twice))
        except ValueError as bad:
            return Notified("unknown", NOT_ACCEPTED, f"the body is no JSON: {bad}")
        if not isinstance(envelope, dict):
            return Notified("unknown", NOT_ACCEPTED, "the body is no JSON object")
        data = envelope.get("data")
        because = _untrusted(data, envelope.get("sign"), self.public_key)
        if because is not None:
            return Notified("untrusted", NOT_ACCEPTED, because)
        if _code(envelope) != 0 or data["result"] != "SUCCESS":
            return Notified("unknown", NOT_ACCEPTED, "it reports no payment", data)
        payment = (data["appid"], data["mch_order_no"], data["ksher_order_no"])
        repeated = payment in self.seen
        self.seen.add(payment)
        return Notified("paid", ACCEPTED, data=data, repeated=repeated)


def _code(envelope):
    code = envelope.get("code")
    return code.integer() if isinstance(code, Number) else None


def _untrusted(data, signature, public_key):
    """Why a query answer or webhook is not the gateway's word, or None (QRY-002, QRY-007)."""
    if not verify_data(data, signature, public_key):
        return "the signature is not the gateway's over this data"
    for name in TEXT_MEMBERS:
        if not isinstance(data.get(name), str):
            return f"{name} is not there as a string"
    for name in ("cash_fee", "total_fee"):
        value = data.get(name)
        whole = isinstance(value, Number) and value.integer() is not None
        if not whole and not (name == "cash_fee" and isinstance(value, str)):
            return f"{name} is not there as an integer"
    return None


def _now():
    return datetime.now(timezone.utc).strftime("%Y%m%d%H%M%S")
