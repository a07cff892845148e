#!/usr/bin/env python3
"""Writes vectors/*.json with Python's standard library and openssl; never with the code that they test.

    python3 scripts/vectors/generate.py           write the files, the manifest and the list of ids
    python3 scripts/vectors/generate.py --check   make them again in memory and compare byte for byte

Exit code 1: a file differs, or an id of vectors/ids.txt is gone. Ids are permanent.
"""
import hashlib
import json
import sys
from pathlib import Path

from made import canonical, envelope, form, outcome, real, signature

VECTORS = Path(__file__).resolve().parents[2] / "vectors"
MODULES = (canonical, form, signature, envelope, outcome, real)


def text_of(value):
    """JSON in plain ASCII, one line for each test, so that a change of one vector is a change of one line."""
    lines = []
    for name, member in value.items():
        if name != "groups":
            lines.append(f" {json.dumps(name)}: {json.dumps(member)}")
            continue
        groups = []
        for group in member:
            head = json.dumps({key: part for key, part in group.items() if key != "tests"})[1:-1]
            tests = ",\n".join(f"   {json.dumps(test)}" for test in group["tests"])
            groups.append(f'  {{{head}, "tests": [\n{tests}\n  ]}}')
        lines.append(' "groups": [\n' + ",\n".join(groups) + "\n ]")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def made_files():
    files, ids = {}, []
    for module in MODULES:
        value = module.vectors()
        files[f"{value['vectors']}.json"] = text_of(value)
        ids += [test["id"] for group in value["groups"] for test in group["tests"]]
    assert len(ids) == len(set(ids)), "an id stands twice"
    known = VECTORS / "ids.txt"
    before = known.read_text("ascii").split() if known.exists() else []
    gone = [name for name in before if name not in set(ids)]
    if gone:
        sys.exit(f"These ids are gone; ids are permanent: {', '.join(gone)}")
    files["ids.txt"] = "".join(f"{name}\n" for name in [*before, *(name for name in ids if name not in set(before))])
    sums = {name: hashlib.sha256(text.encode("ascii")).hexdigest() for name, text in sorted(files.items())}
    files["SHA256SUMS"] = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    return files, len(ids)


def main():
    files, count = made_files()
    if sys.argv[1:] == ["--check"]:
        differ = [name for name, text in files.items() if not same(VECTORS / name, text)]
        if differ:
            sys.exit(f"Made again, these differ from what is committed: {', '.join(differ)}")
        print(f"{count} vectors are made again byte for byte")
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        for name, text in files.items():
            (VECTORS / name).write_bytes(text.encode("ascii"))
        print(f"{count} vectors written")


def same(path, text):
    return path.exists() and path.read_bytes() == text.encode("ascii")


if __name__ == "__main__":
    main()
