#!/usr/bin/env python3
"""Writes the golden ledger of format version 1, as docs/ledger-format.md specifies it.

usage: tools/ledger-vectors.py crates/ledger/golden/v1

It shares nothing with the Rust code, Ed25519 included, so that the two can only agree by both being right.
"""

import base64
import hashlib
import os
import struct
import sys
import zlib

NAME = "counteratlas.example/atlas"
SEED = bytes([42]) * 32
ENTRIES = [
    ((2026, 2, 28), "import", ["first", "second", "第三"]),
    ((2026, 3, 1), "desk é", ["", "two", "three", "four", "five"]),
    ((2026, 3, 1), "desk é", ["last"]),
]
REDACTED = {(0, 1)}


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# Ed25519 as in RFC 8032 section 5.1, affine and slow.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
BASE_Y = 4 * pow(5, -1, P) % P


def base_x():
    square = (BASE_Y**2 - 1) * pow(D * BASE_Y**2 + 1, -1, P) % P
    root = pow(square, (P + 3) // 8, P)
    if root * root % P != square:
        root = root * pow(2, (P - 1) // 4, P) % P
    return root if root % 2 == 0 else P - root


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    cross = D * x1 * x2 * y1 * y2
    x = (x1 * y2 + x2 * y1) * pow(1 + cross, -1, P)
    y = (y1 * y2 + x1 * x2) * pow(1 - cross, -1, P)
    return x % P, y % P


def times(n, point):
    result = (0, 1)
    for bit in bin(n)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


def pack(point):
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = (base_x(), BASE_Y)
DIGEST = hashlib.sha512(SEED).digest()
SCALAR = int.from_bytes(DIGEST[:32], "little") & ~7 & (1 << 254) - 1 | 1 << 254
PUBLIC = pack(times(SCALAR, BASE))


def sign(message):
    nonce = int.from_bytes(hashlib.sha512(DIGEST[32:] + message).digest(), "little") % ORDER
    r = pack(times(nonce, BASE))
    challenge = int.from_bytes(hashlib.sha512(r + PUBLIC + message).digest(), "little")
    return r + ((nonce + challenge * SCALAR) % ORDER).to_bytes(32, "little")


def merkle(leaves):
    """RFC 6962 section 2.1, over leaf data."""
    if not leaves:
        return sha256()
    if len(leaves) == 1:
        return sha256(b"\0", leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\1", merkle(leaves[:half]), merkle(leaves[half:]))


def text(value):
    value = value.encode()
    return struct.pack(">I", len(value)) + value


def with_crc(data):
    return data + struct.pack(">I", zlib.crc32(data))


def key_id():
    return sha256(NAME.encode(), b"\n\1", PUBLIC)[:4]


def public_key():
    return f"{NAME}+{key_id().hex()}+{base64.b64encode(bytes([1]) + PUBLIC).decode()}"


def checkpoint(leaves):
    body = f"{NAME}\n{len(leaves)}\n{base64.b64encode(merkle(leaves)).decode()}\n"
    signature = base64.b64encode(key_id() + sign(body.encode())).decode()
    return f"{body}\n\u2014 {NAME} {signature}\n".encode()


def main(folder):
    files, facts, leaves, salts, operations = {}, [], [], 0, 0
    for number, (day, author, values) in enumerate(ENTRIES):
        records, commitments = b"", []
        for place, value in enumerate(values):
            kind, value = bytes([place + 1]), value.encode()
            salt = sha256(f"salt {salts}".encode())
            salts += 1
            commitment = sha256(text("counteratlas/operation"), kind, salt, value)
            commitments.append(commitment)
            if (number, place) in REDACTED:
                records += with_crc(b"\2" + kind + bytes(4) + commitment)
            else:
                records += with_crc(b"\1" + kind + struct.pack(">I", len(value)) + commitment + salt + value)
        header = b"ATLASSEG" + struct.pack(">HQIIQ", 1, number, 0, len(values), len(records))
        files[f"segments/{number:03}-0000000000.seg"] = with_crc(header) + records
        root = merkle(commitments)
        entry = text("counteratlas/entry") + struct.pack(">HHBB", 1, *day) + text(author)
        leaves.append(entry + struct.pack(">I", len(values)) + root)
        size = len(leaves)
        bundle = b"".join(struct.pack(">H", len(leaf)) + leaf for leaf in leaves)
        files[f"log/tile/entries/000.p/{size}"] = bundle
        files[f"log/tile/0/000.p/{size}"] = b"".join(sha256(b"\0", leaf) for leaf in leaves)
        facts += [f"entry-{number} {day[0]}-{day[1]:02}-{day[2]:02} {author}", f"root-{number} {root.hex()}"]
        operations += len(values)
    files["log/key.pub"] = (public_key() + "\n").encode()
    files["log/checkpoint"] = checkpoint(leaves)
    redacted = " ".join(f"e{entry}-{place}" for entry, place in sorted(REDACTED))
    facts += [f"key {public_key()}", f"size {len(leaves)}", f"root {merkle(leaves).hex()}"]
    facts += [f"operations {operations}", f"redacted {redacted}"]
    for path, data in files.items():
        path = os.path.join(folder, "ledger", path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
    with open(os.path.join(folder, "facts.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(facts) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
