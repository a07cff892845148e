"""Adapter of your client for Ksherproof: JSON Lines on stdin and stdout, one request a line, one answer a line.

Run: python3 adapter.py (Python 3.8 and later). Logs go to stderr: print(..., file=sys.stderr).
"""
import json
import sys


def canonicalize(args):
    # YOUR CLIENT: the exact text that it signs for args["params"]
    raise NotImplementedError("canonicalize is not filled in")  # return {"canonical": text}


def sign(args):
    # YOUR CLIENT: the signature of args["params"] with args["private_key"] (PEM)
    raise NotImplementedError("sign is not filled in")  # return {"sign": hex}


def verify(args):
    # YOUR CLIENT: whether args["sign"] fits args["data"] (as text: args["data_text"]) under args["public_key"]
    raise NotImplementedError("verify is not filled in")  # return {"valid": True}


def create(args):
    # YOUR CLIENT at args["base_url"], as args["appid"]: create args["mch_order_no"] over args["total_fee"]
    raise NotImplementedError("create is not filled in")  # return {"outcome": "created"}: or rejected, unknown


def cancel(args):
    # YOUR CLIENT at args["base_url"], as args["appid"], with args["private_key"], args["timeout_ms"]:
    # cancel args["mch_order_no"]. cancelled, already_cancelled, already_paid, not_found, failed ...; a time-out that throws: unknown
    raise NotImplementedError("cancel is not filled in")  # return {"outcome": "cancelled"}


def query(args):
    # YOUR CLIENT: query args["mch_order_no"] and verify the answer with args["public_key"].
    # paid, closed, unpaid, pending, failed, refunded, not_found, untrusted, unknown
    raise NotImplementedError("query is not filled in")  # return {"outcome": "paid"}


def notify(args):
    # YOUR SERVER'S HANDLER: args["body"] is the webhook's raw body; reply is what it would answer
    raise NotImplementedError("notify is not filled in")  # return {"outcome": "paid", "reply": text}


# An operation is offered as soon as its function stands here in place of None.
OPS = {
    "canonicalize": None,  # canonicalize
    "sign": None,  # sign
    "verify": None,  # verify
    "create": None,  # create
    "cancel": None,  # cancel
    "query": None,  # query
    "notify": None,  # notify
}


def hello(args):
    ops = [name for name, run in OPS.items() if run]
    return {"protocol": 1, "name": "my client", "version": "0.1.0", "language": "Python", "ops": ops, "concurrent": False}


def answer(request):
    run = hello if request["op"] == "hello" else OPS.get(request["op"])
    if run is None:
        return {"id": request["id"], "error": {"kind": "unsupported", "message": "no " + request["op"]}}
    try:
        return {"id": request["id"], "ok": run(request.get("args", {}))}
    except Exception as error:
        return {"id": request["id"], "error": {"kind": "failed", "message": f"{type(error).__name__}: {error}"}}


for line in sys.stdin.buffer:  # bytes, split at \n alone: text mode would use the machine's encoding
    if line.strip():
        sys.stdout.buffer.write(json.dumps(answer(json.loads(line))).encode() + b"\n")
        sys.stdout.buffer.flush()
