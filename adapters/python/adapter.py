"""The Python client behind the adapter protocol: python3 adapters/python/adapter.py"""

import json
import sys
import time

from ksher_client import Client, Webhook, canonical_text, parse_json, verify_data
from ksher_rsa import read_private_key, read_public_key, sign

webhooks = {}


def client(args):
    return Client(
        args["base_url"], args["appid"], args["private_key"], args["public_key"],
        args.get("lang"), args["timeout_ms"], args.get("ca"),
    )  # fmt: skip


def told(result):
    if result.because:
        print(f"{result.outcome}: {result.because}", file=sys.stderr)
    link = {"pay_content": result.pay_content} if result.pay_content else {}
    return {"outcome": result.outcome, **link}


def cancel(args):
    began = time.monotonic()
    result = client(args).cancel(args["mch_order_no"])
    if result.outcome in ("unknown", "failed"):  # RTY-003: ask before the caller is told
        left = args["timeout_ms"] - (time.monotonic() - began) * 1000
        found = client(args).query(args["mch_order_no"], max(500, left))
        print(f"after {result.outcome} the query says {found.outcome}", file=sys.stderr)
    return told(result)


def create(args):
    more = {"attach": args["attach"]} if "attach" in args else {}
    fields = (args[name] for name in ("mch_order_no", "total_fee", "fee_type", "channel_list"))
    return told(client(args).create(*fields, **more))


def verify(args):
    try:
        data = parse_json(args["data_text"])
    except ValueError:  # no JSON, or a member that stands twice
        return {"valid": False}
    return {"valid": verify_data(data, args["sign"], read_public_key(args["public_key"]))}


def notify(args):
    pem = args["public_key"]
    found = webhooks.setdefault(pem, Webhook(pem)).receive(args["body"])
    return {"outcome": found.outcome, "reply": found.reply}


OPS = {
    "canonicalize": lambda args: {"canonical": canonical_text(args["params"])},
    "sign": lambda args: {"sign": sign(canonical_text(args["params"]), read_private_key(args["private_key"]))},
    "verify": verify,
    "create": create,
    "cancel": cancel,
    "query": lambda args: told(client(args).query(args["mch_order_no"])),
    "notify": notify,
}
HELLO = {
    "protocol": 1, "name": "Python port", "version": "1", "language": "Python",
    "ops": list(OPS), "concurrent": False, "tls": True,
}  # fmt: skip


def answer(request):
    op, args = request["op"], request.get("args", {})
    if op == "hello":
        return {"ok": HELLO}
    if op not in OPS:
        return {"error": {"kind": "unsupported", "message": f"no op {op}"}}
    try:
        return {"ok": OPS[op](args)}
    except Exception as error:
        return {"error": {"kind": "failed", "message": f"{type(error).__name__}: {error}"}}


for line in sys.stdin.buffer:
    request = json.loads(line)
    sys.stdout.write(json.dumps({"id": request["id"], **answer(request)}) + "\n")
    sys.stdout.flush()
