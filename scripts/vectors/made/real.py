"""real.json: messages that the vendor published with a signature, as published; nothing here is made by us but the steps."""
import json
from pathlib import Path

from . import rsa
from .envelope import COVERED
from .lexemes import Members, data_pairs, parse, signed
from .steps import Group, canonical, note, ordered, steps, vector_file

NOTES = {
    "genuine": note("basic", "Signed by the production gateway.", "Nothing works at all."),
    "empty_value": note("content", "Values that are empty take part.", "Seven published answers fail where empties are dropped."),
    "upper_names": note("order", "Names in upper case sort before those in lower case.", "The answer is refused."),
    "raw_value": note("content", "A raw & in a value.", "The answer is refused where values are escaped."),
    "nested": note("content", "A nested array, signed as compact JSON.", "The answer is refused."),
    "partial": note("endpoint", "Only some members of data are signed.", "The answer is refused, or its unsigned members are believed."),
    "edited": note("documentation", "A genuine signature beside a payload that was edited afterwards.", "A port's author searches for a mistake that is not there."),
}
KEYS = {"v1": "ksher-v1", "v2": "ksher-v2", "merchant-demo-1024": "ksher-demo-merchant"}


def vectors():
    source = json.loads((Path(__file__).resolve().parents[1] / "real-signed-messages.json").read_text("utf-8"))
    group = Group("real", "published", "Messages that the vendor published", ["SIG-001", "SIG-002", "SIG-003", "SIG-007"])
    for message in source["messages"]:
        body = json.dumps(message["payload"], ensure_ascii=False)
        key = rsa.key(KEYS[message["key"]])
        endpoint = message["endpoint"]
        covered = COVERED.get(endpoint)
        members = dict(parse(body))
        pairs = data_pairs(body, covered) if isinstance(members.get("data"), Members) else [(n, signed(v)) for n, v in members.items() if n != "sign"]
        recovered = key.recovered(message["sign"])
        made = steps(canonical(pairs), key)
        assert (recovered == made["encoded_message"]) == message["verifies"], message["id"]
        if message["verifies"]:
            assert made["canonical"] == message["canonical_string"], message["id"]
        flags = ["genuine"] if message["verifies"] else ["edited"]
        flags += ["empty_value"] if any(value == "" for _, value in pairs) else []
        flags += ["upper_names"] if any(name[0].isupper() for name, _ in pairs) else []
        flags += ["raw_value"] if "&" in made["canonical"] else []
        flags += ["nested"] if "[{" in made["canonical"] else []
        flags += ["partial"] if covered else []
        group.add(message["id"], _comment(message), flags, result="valid" if message["verifies"] else "invalid", reason=None if message["verifies"] else "signature_wrong",
                  key=key.name, endpoint=endpoint if endpoint in (*COVERED, "cancel_order", "gateway_pay", "gateway_order_query") else None, source=message["source"], body=body,
                  pairs=[list(p) for p in ordered(pairs)], **made, signature=message["sign"], recovered=recovered, recovered_digest=message["recovered_digest"])
    used = {flag for test in group.tests for flag in test["flags"]}
    return vector_file("real", "Messages that the vendor published with a signature, as published.", {flag: NOTES[flag] for flag in used}, [group], ["ksher-v1", "ksher-demo-merchant"])


def _comment(message):
    if message["id"] == "rse-29":
        return "The documentation's cancel request: a genuine merchant signature, over another text than the one beside it."
    if message["id"] == "rse-34":
        return "The sign that every parameter table prints: the gateway's own signature of some old answer."
    return f"{message['endpoint']}: {message.get('note') or 'as published'}"
