#!/usr/bin/env python3
"""Checks an evidence bundle without any of Counteratlas' code: every file, and the log's word for it.

  check.py --key KEY [--folder FOLDER]

KEY is the log's public key as its operator publishes it. Needs verify.py beside it, and nothing but Python's standard
library. Every line of SHA256SUMS must hold and name every file; every proof must hold; and every file of PROVED.tsv
must be named, by its SHA-256, in the value that its proof proves. Exit code 0: all holds; 1: not.
"""
import argparse, hashlib, os, pathlib, struct, sys

import verify
from verify import need

def digests(folder):
    """The SHA-256 of every file, each of which SHA256SUMS must name rightly."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = pathlib.Path(place, name)
            found[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    stated = found.pop("SHA256SUMS", None)
    need(stated, "there is no SHA256SUMS")
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    listed = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    ours = {path: digest for path, digest in found.items() if not path.startswith("__pycache__/")}
    for path in sorted(ours.keys() | listed.keys()):
        need(path in ours, f"`{path}` is missing")
        need(path in listed, f"`{path}` does not belong")
        need(ours[path] == listed[path], f"`{path}` was changed")
    return ours

def check(folder, key):
    found = digests(folder)
    notes = (folder / "turns").read_bytes().rstrip(b"\n").split(b"\n\n") if "turns" in found else []
    notes = [b"\n\n".join(pair) + b"\n" for pair in zip(notes[::2], notes[1::2])]
    keys = verify.follow(key, [(int(note.split(b"\n")[2]), note) for note in notes])
    values = {}
    for path in sorted(path for path in found if path.startswith("proofs/")):
        try:
            id_, _, value = verify.check_proof((folder / path).read_text("utf-8"), keys)
        except verify.Wrong as error:
            raise verify.Wrong(f"`{path}`: {error}") from error
        need(path == f"proofs/{id_}.tlog-proof", f"`{path}` proves `{id_}`")
        values[path] = value
    proved = [line.split("\t") for line in (folder / "PROVED.tsv").read_text("utf-8").splitlines()]
    for path, proof in proved:
        need(proof in values, f"there is no `{proof}`")
        named = values[proof] is not None and bytes.fromhex(found.get(path, "")) in values[proof][1]
        need(path in found and named, f"`{proof}` does not name `{path}`")
    pieces = ("texts/", "pictures/", "fetched/", "originals/", "stamps/")
    unproved = {path for path in found if path.startswith(pieces)} - {path for path, _ in proved}
    need(not unproved, f"nothing proves `{min(unproved, default='')}`")
    return f"{len(found)} files, {len(values)} proofs, {len(proved)} files named in the log"

def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--key", required=True)
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent)
    args = parser.parse_args()
    try:
        print(f"the bundle holds: {check(args.folder, args.key)}")
    except (verify.Wrong, OSError, ValueError, struct.error) as error:
        print(f"NOT proved: {error}", file=sys.stderr)
        return 1

if __name__ == "__main__":
    sys.exit(main())
