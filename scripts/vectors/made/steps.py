"""The way from params to signature, and the form of a vector file."""
from . import rsa


def ordered(pairs):
    """The signed pairs: all but sign, by the UTF-8 bytes of their names."""
    return sorted((pair for pair in pairs if pair[0] != "sign"), key=lambda pair: pair[0].encode("utf-8"))


def joined(pairs):
    return "".join(f"{name}={value}" for name, value in pairs)


def canonical(pairs):
    return joined(ordered(pairs))


def steps(text, key):
    """Every value between a canonical text and the encoded message under a key."""
    data = text.encode("utf-8")
    return {
        "canonical": text,
        "canonical_utf8_hex": data.hex(),
        "digest": rsa.md5(data).hex(),
        "digest_info": rsa.digest_info(data).hex(),
        "encoded_message": key.padded(rsa.digest_info(data)).hex(),
    }


class Group:
    """Tests that ask the same thing; ids are `file-group-slug` and never change."""

    def __init__(self, file, name, title, requirements, **more):
        self.prefix = f"{file}-{name}"
        self.head = {"id": self.prefix, "title": title, "requirements": requirements, **more}
        self.tests = []

    def add(self, slug, comment, flags=(), requirements=None, profile="any", **fields):
        test = {
            "id": f"{self.prefix}-{slug}",
            "comment": comment,
            "flags": sorted(flags),
            "requirements": sorted(requirements or self.head["requirements"]),
            "profile": profile,
            **fields,
        }
        self.tests.append(test)

    def made(self):
        return {**self.head, "tests": self.tests}


PROFILES = {
    "documented": "What the documentation says. A vector of this profile replaces the one of the other profile.",
    "observed": "What some of the vendor's SDKs do where they differ from the documentation.",
}


def vector_file(name, description, notes, groups, keys=()):
    """A whole file. Every flag that a test uses has a note, and every note is used."""
    made = [group.made() for group in groups]
    tests = [test for group in made for test in group["tests"]]
    used = {flag for test in tests for flag in test["flags"]}
    assert used == set(notes), f"{name}: flags and notes differ: {used ^ set(notes)}"
    return {
        "$schema": f"../specs/schemas/vectors-{name}.schema.json",
        "vectors": name,
        "version": 1,
        "description": description,
        "generator": "scripts/vectors/generate.py (Python's standard library, openssl)",
        "count": len(tests),
        "profiles": PROFILES,
        "keys": {key: rsa.key(key).described() for key in keys},
        "notes": {flag: notes[flag] for flag in sorted(notes)},
        "groups": made,
    }


def note(kind, description, effect):
    """What a flag means: `kind` of fault, what the vector holds, what it costs to get it wrong."""
    return {"kind": kind, "description": description, "effect": effect}
