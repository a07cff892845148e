"""JSON with its lexemes, read by Python's own parser: numbers keep their text, members their order, duplicates are seen."""
import json


class Number(str):
    """A number as it stands in the text."""


class Members(list):
    """An object's members in their order, duplicates among them."""


def parse(text):
    return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=Number, object_pairs_hook=Members)


def signed(value):
    """A value as it is signed: strings as they are, the rest as compact JSON with sorted names and number lexemes."""
    return value if type(value) is str else compact(value)


def compact(value):
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, Members):
        members = sorted(value, key=lambda member: member[0].encode())
        return "{" + ",".join(f"{json.dumps(name, ensure_ascii=False)}:{compact(part)}" for name, part in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(compact, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def data_pairs(body, covered=None):
    """The pairs of `data`'s members that are signed."""
    data = dict(parse(body))["data"]
    return [(name, signed(value)) for name, value in data if covered is None or name in covered]
