#!/usr/bin/env python3
"""Checks a Counteratlas ledger, or the proof of one record, without any of Counteratlas' code.

  verify.py ledger FOLDER [--key KEY] [--since CHECKPOINT]   every byte of log/ and segments/ in FOLDER
  verify.py proof FILE --key KEY                             one .tlog-proof file
  verify.py redaction FILE --key KEY                         the same, and that the value is gone

KEY is the log's public key as its operator publishes it: name+id+base64. CHECKPOINT is a file with a
checkpoint that you kept from an earlier day: with it, history that was rewritten since is found.
Written after docs/ledger-format.md, with Python's standard library alone. Exit code 0: all holds; 1: not.
"""
import argparse, base64, hashlib, os, struct, sys, zlib

class Wrong(Exception):
    """Something does not hold."""

def need(condition, what):
    if not condition:
        raise Wrong(what)

def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

# Ed25519 (RFC 8032, section 5.1.7), in extended coordinates: x = X/Z, y = Y/Z, x*y = T/Z.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

def add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return (f - e) * (h - g) % P, (h + g) * (f + e) % P, (h - g) * (h + g) % P, (f - e) * (f + e) % P

def times(n, point):
    result = (0, 1, 1, 0)
    while n:
        result = add(result, point) if n & 1 else result
        point, n = add(point, point), n >> 1
    return result

def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    need(y < P, "not a point of the curve")
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    need(x * x % P == square and (x or not sign), "not a point of the curve")
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P

BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))

def signed(public, message, signature):
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % ORDER
    left, right = times(s, BASE), add(point(r), times(k, point(public)))
    return s < ORDER and all((left[n] * right[2] - right[n] * left[2]) % P == 0 for n in (0, 1))

def leaf(data):
    return sha256(b"\0", data)

def root(hashes):
    """RFC 6962, section 2.1, level by level: a node without a sibling goes up as it is."""
    if not hashes:
        return sha256()
    while len(hashes) > 1:
        pairs = [sha256(b"\1", a, b) for a, b in zip(hashes[::2], hashes[1::2])]
        hashes = pairs + hashes[len(pairs) * 2:]
    return hashes[0]

def climb(index, size, hash_, path):
    """The root that the path leads to (RFC 9162, section 2.1.3.2)."""
    need(index < size, "the place lies outside the tree")
    last = size - 1
    for beside in path:
        need(last > 0, "the path is too long")
        if index & 1 or index == last:
            hash_ = sha256(b"\1", beside, hash_)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            hash_ = sha256(b"\1", hash_, beside)
        index, last = index >> 1, last >> 1
    need(last == 0, "the path is too short")
    return hash_

def decode64(text):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, "not canonical base64")
    return data

def read_key(text):
    name, id_, data = text.split("+", 2)
    data = decode64(data)
    need(len(data) == 33 and data[0] == 1, "not an Ed25519 key")
    need(sha256(name.encode(), b"\n", data)[:4].hex() == id_, "the key's id does not fit")
    return name, data[1:]

def read_checkpoint(note, key):
    """Size and root of a signed note (c2sp.org/tlog-checkpoint)."""
    (name, public), (_, id_, _) = read_key(key), key.split("+", 2)
    text, empty, signatures = note.decode().rpartition("\n\n")
    need(empty and signatures.endswith("\n"), "the checkpoint has no signature")
    text, good = text + "\n", False
    for line in signatures[:-1].split("\n"):
        mark, signer, data = line.split(" ")
        data = decode64(data)
        need(mark == "\u2014" and len(data) > 4, "a signature line is malformed")
        if signer == name and data[:4].hex() == id_:
            good = len(data) == 68 and signed(public, text.encode(), data[4:])
            need(good, "the checkpoint's signature is wrong")
    need(good, "the checkpoint is not signed by this key")
    origin, size, hash_ = text[:-1].split("\n")
    need(origin == name and str(int(size)) == size and int(size) >= 0, "the checkpoint's lines are wrong")
    need(len(decode64(hash_)) == 32, "the checkpoint's root is wrong")
    return int(size), decode64(hash_)

class Reader:
    """Canonical bytes: big-endian numbers, texts and lists behind their length."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, length):
        need(self.at + length <= len(self.data), "cut off")
        self.at += length
        return self.data[self.at - length:self.at]

    def number(self, length):
        return int.from_bytes(self.take(length), "big")

    def sized(self):
        return self.take(self.number(4))

    def end(self):
        need(self.at == len(self.data), "bytes are left over")

def read_entry(data):
    """Day, author, number of operations and their root."""
    r = Reader(data)
    need(r.sized() == b"counteratlas/entry" and r.number(2) == 1, "not an entry of version 1")
    day = f"{r.number(2):04}-{r.number(1):02}-{r.number(1):02}"
    entry = day, r.sized().decode(), r.number(4), r.take(32)
    r.end()
    need(entry[2] > 0, "an entry without operations")
    return entry

def commitment(kind, salt, data):
    tag = b"counteratlas/operation"
    return sha256(struct.pack(">I", len(tag)), tag, kind, salt, data)

def number_path(n):
    text, n = f"{n % 1000:03}", n // 1000
    while n:
        text, n = f"x{n % 1000:03}/{text}", n // 1000
    return text

def tile_path(count):
    """The path of the last tile of this many hashes."""
    return number_path((count - 1) // 256) + (f".p/{count % 256}" if count % 256 else "")

class Ledger:
    def __init__(self, folder):
        self.folder, self.used = folder, set()

    def read(self, path):
        self.used.add(path)
        with open(os.path.join(self.folder, path), "rb") as file:
            return file.read()

    def widths(self, base, full):
        """The forms in which a tile is there, by width: the widest must be, narrower ones may."""
        forms = [(w, f"{base}.p/{w}" if w < 256 else base) for w in range(1, full + 1)]
        return [(w, form) for w, form in forms if w == full or os.path.exists(os.path.join(self.folder, form))]

    def entries(self, size):
        """All entries, read from the newest bundles and compared with the older ones."""
        entries = []
        for index in range((size + 255) // 256):
            full = min(256, size - index * 256)
            for width, path in reversed(self.widths(f"log/tile/entries/{number_path(index)}", full)):
                r, bundle = Reader(self.read(path)), []
                while r.at < len(r.data):
                    bundle.append(r.take(r.number(2)))
                entries += bundle if width == full else []
                need(len(bundle) == width and bundle == entries[index * 256:index * 256 + width], f"`{path}` differs")
        return entries

    def tiles(self, leaves):
        hashes, level = leaves, 0
        while hashes:
            for index in range((len(hashes) + 255) // 256):
                part = hashes[index * 256:index * 256 + 256]
                for width, path in self.widths(f"log/tile/{level}/{number_path(index)}", len(part)):
                    need(self.read(path) == b"".join(part[:width]), f"`{path}` differs")
            hashes = [root(hashes[n:n + 256]) for n in range(0, len(hashes) // 256 * 256, 256)]
            level += 1

    def operations(self, number, count, entry_root):
        """The redacted operations of an entry, whose commitments must have its root."""
        leaves, redacted = [], []
        while len(leaves) < count:
            path = f"segments/{number_path(number)}-{len(leaves):010}.seg"
            r = Reader(self.read(path))
            head = r.take(34)
            need(head[:8] == b"ATLASSEG" and r.number(4) == zlib.crc32(head), f"`{path}`: the header is wrong")
            *which, many, length = struct.unpack(">HQIIQ", head[8:])
            fits = which == [1, number, len(leaves)] and many and length == len(r.data) - 38
            need(fits, f"`{path}`: the header is another segment's")
            for _ in range(many):
                start, (state, kind) = r.at, r.take(2)
                length, hash_ = r.number(4), r.take(32)
                need(state == 1 or (state == 2 and length == 0), f"`{path}`: a record's state is unknown")
                if state == 1:
                    salt, data = r.take(32), r.take(length)
                    need(commitment(bytes([kind]), salt, data) == hash_, f"`{path}`: operation {len(leaves)} was changed")
                redacted += [f"e{number}-{len(leaves)}"] if state == 2 else []
                need(zlib.crc32(r.data[start:r.at]) == r.number(4), f"`{path}`: a checksum is wrong")
                leaves.append(leaf(hash_))
            r.end()
        need(len(leaves) == count and root(leaves) == entry_root, f"entry {number}: its operations are not those it says")
        return redacted

    def strangers(self, size):
        """Files that are neither part of the ledger nor what one writer that died may have left."""
        group, forms = range(size + 1, size + 257), {}
        left = {f"log/tile/{level}/{tile_path(n >> 8 * level)}" for n in group for level in range(8) if n >> 8 * level}
        left |= {f"log/tile/entries/{tile_path(n)}" for n in group}
        segments = tuple(f"segments/{number_path(n - 1)}-" for n in group)
        for folder, _, files in (step for top in ("log", "segments") for step in os.walk(os.path.join(self.folder, top))):
            for path in (os.path.relpath(os.path.join(folder, name), self.folder) for name in files):
                stale = path.endswith((".seg.tmp", "log/checkpoint.tmp")) or path.startswith(segments)
                one = path in left and forms.setdefault(path.split(".p/")[0], path) == path
                need(path in self.used or stale or one, f"`{path}` does not belong here")

def check_ledger(folder, key=None, since=None):
    ledger = Ledger(folder)
    stated = ledger.read("log/key.pub").decode()
    need(stated.endswith("\n") and key in (None, stated[:-1]), "the ledger states another key")
    key = key or stated[:-1]
    size, signed_root = read_checkpoint(ledger.read("log/checkpoint"), key)
    entries = ledger.entries(size)
    leaves = [leaf(entry) for entry in entries]
    need(root(leaves) == signed_root, "the entries don't have the checkpoint's root")
    ledger.tiles(leaves)
    redacted, operations = [], 0
    for number, (_, _, count, entry_root) in enumerate(map(read_entry, entries)):
        operations += count
        redacted += ledger.operations(number, count, entry_root)
    ledger.strangers(size)
    if since is not None:
        old_size, old_root = read_checkpoint(since, key)
        need(old_size <= size, f"there were {old_size} entries once and now {size}")
        need(root(leaves[:old_size]) == old_root, "history was rewritten since the earlier checkpoint")
    return f"{size} entries, {operations} operations, root {signed_root.hex()}, redacted: {' '.join(redacted) or 'none'}"

def check_proof(text, key):
    """The id, entry and value (kind and bytes; none if redacted) that a proof proves."""
    lines, empty, note = text.partition("\n\n")
    first, extra, index, *path = lines.split("\n")
    need(empty and first == "c2sp.org/tlog-proof@v1", "not a proof")
    need(extra.startswith("extra ") and index.startswith("index "), "the proof's lines are wrong")
    size, log_root = read_checkpoint(note.encode(), key)
    number, r = int(index[6:]), Reader(decode64(extra[6:]))
    need(index == f"index {number}", "the proof's index is not canonical")
    need(r.sized() == b"counteratlas/operation-proof" and r.number(2) == 1, "not the proof of an operation")
    data, operation, hash_ = r.sized(), r.number(4), r.take(32)
    inner, value = [r.take(32) for _ in range(r.number(4))], None
    if r.number(1):
        kind, salt, value = r.take(1), r.take(32), r.sized()
        need(commitment(kind, salt, value) == hash_, "the value is not the one that was committed to")
    r.end()
    day, author, count, entry_root = read_entry(data)
    need(climb(operation, count, leaf(hash_), inner) == entry_root, "the operation is not in its entry")
    need(climb(number, size, leaf(data), [decode64(line) for line in path]) == log_root, "the entry is not in the log")
    return f"e{number}-{operation}", f"{day} by {author}", None if value is None else (kind, value)

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["ledger", "proof", "redaction"])
    for name in ("path", "--key", "--since"):
        parser.add_argument(name)
    args = parser.parse_args()
    try:
        if args.what == "ledger":
            since = open(args.since, "rb").read() if args.since else None
            return print(f"the ledger holds: {check_ledger(args.path, args.key, since)}")
        need(args.key, "a proof is worth nothing without the log's public key; hint: --key")
        id_, entry, value = check_proof(open(args.path, encoding="utf-8", newline="").read(), args.key)
        need(args.what == "proof" or value is None, f"operation {id_} still has its value")
        print(f"the proof holds: {id_}, {entry}, " + (f"kind {value[0][0]}: {value[1]!r}" if value else "redacted"))
    except (Wrong, OSError, ValueError, struct.error) as error:
        print(f"NOT proved: {error}", file=sys.stderr)
        return 1

if __name__ == "__main__":
    sys.exit(main())
