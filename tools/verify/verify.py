#!/usr/bin/env python3
"""Checks a Counteratlas ledger, or the proof of one record, without any of Counteratlas' code.

  verify.py ledger FOLDER [--key KEY] [--since CHECKPOINT]   every byte of log/ and segments/ in FOLDER
  verify.py proof FILE --key KEY [--turns FILE]              one .tlog-proof file
  verify.py redaction FILE --key KEY [--turns FILE]          the same, and that the value is gone

KEY is the log's public key as its operator publishes it: name+id+base64. CHECKPOINT is a file with a
checkpoint that you kept from an earlier day: with it, history that was rewritten since is found. The
turns are the log's changes of key (/log/turns), where KEY is an earlier one than that which signs now.
Written after docs/ledger-format.md, with Python's standard library alone. Exit code 0: all holds; 1: not.
"""
import argparse, base64, hashlib, os, pathlib, struct, sys, zlib

class Wrong(Exception): """Something does not hold."""
def need(condition, what):
    if not condition:
        raise Wrong(what)

sha256 = lambda *parts: hashlib.sha256(b"".join(parts)).digest()
leaf = lambda data: sha256(b"\0", data)
node = lambda left, right: sha256(b"\1", left, right)

# Ed25519 (RFC 8032, section 5.1.7), in extended coordinates: x = X/Z, y = Y/Z, x*y = T/Z.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return (f - e) * (h - g) % P, (h + g) * (f + e) % P, (h - g) * (h + g) % P, (f - e) * (f + e) % P
def times(n, point, result=(0, 1, 1, 0)):
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

def root(hashes):
    """RFC 6962, section 2.1, level by level: a node without a sibling goes up as it is."""
    if not hashes:
        return sha256()
    while len(hashes) > 1:
        pairs = list(map(node, hashes[::2], hashes[1::2]))
        hashes = pairs + hashes[len(pairs) * 2:]
    return hashes[0]
def climb(index, size, hash_, path):
    """The root that the path leads to (RFC 9162, section 2.1.3.2)."""
    need(index < size, "the place lies outside the tree")
    last = size - 1
    for beside in path:
        need(last > 0, "the path is too long")
        if index & 1 or index == last:
            hash_ = node(beside, hash_)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            hash_ = node(hash_, beside)
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
def open_note(note, key):
    """The text of a note (c2sp.org/signed-note) that this key has signed."""
    (name, public), (_, id_, _) = read_key(key), key.split("+", 2)
    text, empty, signatures = note.decode().rpartition("\n\n")
    need(empty and signatures.endswith("\n"), "a note has no signature")
    text, good = text + "\n", False
    for line in signatures[:-1].split("\n"):
        mark, signer, data = line.split(" ")
        data = decode64(data)
        need(mark == "\u2014" and len(data) > 4, "a signature line is malformed")
        if signer == name and data[:4].hex() == id_:
            good = len(data) == 68 and signed(public, text.encode(), data[4:])
            need(good, "a note's signature is wrong")
    need(good, "the note is not signed by this key")
    return text
def read_checkpoint(note, keys):
    """Size and root of a checkpoint (c2sp.org/tlog-checkpoint) by the newest of these keys that signed it."""
    try:
        key, text = keys[-1], open_note(note, keys[-1])
    except Wrong:
        return read_checkpoint(note, keys[:-1]) if keys[1:] else need(False, "the checkpoint is not signed by this key")
    origin, size, hash_ = text[:-1].split("\n")
    need(origin == key.split("+")[0] and str(int(size)) == size and int(size) >= 0, "the checkpoint's lines are wrong")
    need(len(decode64(hash_)) == 32, "the checkpoint's root is wrong")
    return int(size), decode64(hash_)
def follow(key, turns):
    """A key and those to which it leads; each change is a note that the key before and the new one have signed."""
    keys, last = [key], None
    for number, note in turns:
        tag, origin, entry, old, new, *_ = note.decode().split("\n")
        fits = tag in ("counteratlas/key-change", "counteratlas/succession") and entry == str(number)
        need(fits and origin == old.split("+")[0] and last in (None, old) and open_note(note, old), "not a turn")
        if tag == "counteratlas/key-change":
            need(origin == new.split("+")[0] and open_note(note, new), "a new key that does not agree")
            keys, last = keys + [new] if keys[1:] or old == key else keys, new
    need(last in (None, keys[-1]), "the key never was this log's")
    return keys

class Reader:
    """Canonical bytes: big-endian numbers, texts and lists behind their length."""
    number = lambda self, length: int.from_bytes(self.take(length), "big")
    sized = lambda self: self.take(self.number(4))
    end = lambda self: need(self.at == len(self.data), "bytes are left over")
    def __init__(self, data):
        self.data, self.at = data, 0
    def take(self, length):
        need(self.at + length <= len(self.data), "cut off")
        self.at += length
        return self.data[self.at - length:self.at]

def read_entry(data):
    """Day, author, number of operations and their root."""
    r = Reader(data)
    need(r.sized() == b"counteratlas/entry" and r.number(2) == 1, "not an entry of version 1")
    entry = f"{r.number(2):04}-{r.number(1):02}-{r.number(1):02}", r.sized().decode(), r.number(4), r.take(32)
    r.end()
    need(entry[2] > 0, "an entry without operations")
    return entry
def commitment(kind, salt, data):
    tag = b"counteratlas/operation"
    return sha256(struct.pack(">I", len(tag)), tag, kind, salt, data)
def number_path(n, last=""):
    return (number_path(n // 1000, "x") + "/" if n >= 1000 else "") + f"{last}{n % 1000:03}"
def tile_path(count):
    return number_path((count - 1) // 256) + (f".p/{count % 256}" if count % 256 else "")

read_file = lambda path: pathlib.Path(path).read_bytes()
class Ledger:
    def __init__(self, folder):
        self.folder, self.used, self.turns, self.sealed, self.ended = folder, set(), [], {}, set()
    def read(self, path):
        self.used.add(path)
        return read_file(os.path.join(self.folder, path))
    def forms(self, level, size):
        """The forms in which tiles are there, widest first: first item, width, path. Only the widest must be."""
        for first in range(0, size, 256):
            base, full = f"log/tile/{level}/{number_path(first // 256)}", min(256, size - first)
            for width in range(full, 0, -1):
                path = f"{base}.p/{width}" if width < 256 else base
                if width == full or os.path.exists(os.path.join(self.folder, path)):
                    yield first, width, path
    def entries(self, size):
        """All entries, read from the newest bundles and compared with the older ones."""
        entries = []
        for first, width, path in self.forms("entries", size):
            r, bundle = Reader(self.read(path)), []
            while r.at < len(r.data):
                bundle.append(r.take(r.number(2)))
            entries += bundle if len(entries) == first else []
            need(len(bundle) == width and bundle == entries[first:first + width], f"`{path}` differs")
        return entries
    def tiles(self, hashes, level=0):
        for first, width, path in self.forms(level, len(hashes)):
            need(self.read(path) == b"".join(hashes[first:first + width]), f"`{path}` differs")
        if len(hashes) >= 256:
            self.tiles([root(hashes[n:n + 256]) for n in range(0, len(hashes) // 256 * 256, 256)], level + 1)
    def operations(self, number, author, count, entry_root):
        """The redacted operations of an entry, whose commitments must have its root; also takes down what is sealed."""
        leaves, redacted, sealed, until = [], [], 0, None
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
                need(state == 1 or (state, kind * (state == 3), length) in ((2, 0, 0), (3, 0, 0)), f"`{path}`: a record's state is unknown")
                if state == 1:
                    salt, data = r.take(32), r.take(length)
                    need(commitment(bytes([kind]), salt, data) == hash_, f"`{path}`: operation {len(leaves)} was changed")
                if kind >= 240:
                    own = state == 1 and count == 1 and author == "log" and kind in (254, 255)
                    need(own and (kind == 255) == data.startswith(b"counteratlas/key-change\n"), f"`{path}`: not a turn")
                    self.turns.append((number, data))
                until = struct.unpack(">HBB", data) if state == 1 and kind == 16 else until
                self.ended |= {int.from_bytes(data[:4], "big")} if state == 1 and kind in (17, 18) else set()
                redacted, sealed = redacted + ([f"e{number}-{len(leaves)}"] if state == 2 else []), sealed + (state == 3)
                need(zlib.crc32(r.data[start:r.at]) == r.number(4), f"`{path}`: a checksum is wrong")
                leaves.append(leaf(hash_))
            r.end()
        need(len(leaves) == count and root(leaves) == entry_root, f"entry {number}: its operations are not those it says")
        need(until or not sealed, f"entry {number}: values are sealed and no embargo says until when")
        self.sealed.update({number: "e%d until %04d-%02d-%02d" % (number, *until)} if sealed else {})
        return redacted
    def strangers(self, size):
        """Files that are neither part of the ledger nor what one writer that died may have left."""
        group, forms = range(size + 1, size + 257), {}
        tiles = {("entries", n) for n in group} | {(level, n >> 8 * level) for n in group for level in range(8)}
        left = {f"log/tile/{level}/{tile_path(n)}" for level, n in tiles if n}
        leftover = (".seg.tmp", "log/checkpoint.tmp"), tuple(f"segments/{number_path(n - 1)}-" for n in group)
        for folder, _, files in (step for top in ("log", "segments") for step in os.walk(os.path.join(self.folder, top))):
            for path in (os.path.relpath(os.path.join(folder, name), self.folder) for name in files):
                stale = path.endswith(leftover[0]) or path.startswith(leftover[1]) or path in self.used
                need(stale or path in left and forms.setdefault(path.split(".p/")[0], path) == path, f"`{path}` does not belong")

def check_ledger(folder, key=None, since=None):
    ledger = Ledger(folder)
    stated, end = ledger.read("log/key.pub").decode().split("\n")
    need(end == "", "the ledger states no key")
    size, signed_root = read_checkpoint(ledger.read("log/checkpoint"), [stated])
    entries = ledger.entries(size)
    leaves = [leaf(entry) for entry in entries]
    need(root(leaves) == signed_root, "the entries don't have the checkpoint's root")
    ledger.tiles(leaves)
    redacted, operations = [], 0
    for number, (_, author, count, entry_root) in enumerate(map(read_entry, entries)):
        operations += count
        redacted += ledger.operations(number, author, count, entry_root)
    ledger.strangers(size)
    first = ledger.turns[0][1].decode().split("\n")[3] if ledger.turns else stated
    keys = follow(key or first, ledger.turns)
    changes = [note.decode().split("\n") for _, note in ledger.turns if note.startswith(b"counteratlas/key-change")]
    halfway = bool(changes) and changes[-1][3] == stated
    need(keys[-1] == stated or halfway, "the ledger states another key")
    need(not ledger.ended & set(ledger.sealed), "values are sealed that are said to be revealed or destroyed")
    ends = [number for number, note in ledger.turns if note.startswith(b"counteratlas/succession")]
    need(ends in ([], [size - 1]), "entries lie behind the end of the log")
    if since is not None:
        old_size, old_root = read_checkpoint(since, follow(first, ledger.turns))
        need(old_size <= size, f"there were {old_size} entries once and now {size}")
        need(root(leaves[:old_size]) == old_root, "history was rewritten since the earlier checkpoint")
    more = ", sealed: " + ", ".join(ledger.sealed.values()) if ledger.sealed else ""
    more += "; a change of the key is not finished" if halfway else ""
    return f"{size} entries, {operations} operations, root {signed_root.hex()}, redacted: {' '.join(redacted) or 'none'}{more}"

def check_proof(text, keys):
    """The id, entry and value (kind and bytes; none if redacted) that a proof proves."""
    lines, empty, note = text.partition("\n\n")
    first, extra, index, *path = lines.split("\n")
    known = first == "c2sp.org/tlog-proof@v1" and extra.startswith("extra ") and index.startswith("index ")
    need(empty and known, "not a proof")
    size, log_root = read_checkpoint(note.encode(), keys)
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
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("what", choices=["ledger", "proof", "redaction"])
    list(map(parser.add_argument, ("path", "--key", "--since", "--turns")))
    args = parser.parse_args()
    try:
        if args.what == "ledger":
            since = read_file(args.since) if args.since else None
            return print(f"the ledger holds: {check_ledger(args.path, args.key, since)}")
        need(args.key, "a proof is worth nothing without the log's public key; hint: --key")
        notes = read_file(args.turns).rstrip(b"\n").split(b"\n\n") if args.turns else []
        notes = [b"\n\n".join(pair) + b"\n" for pair in zip(notes[::2], notes[1::2])]
        keys = follow(args.key, [(int(note.split(b"\n")[2]), note) for note in notes])
        id_, entry, value = check_proof(read_file(args.path).decode(), keys)
        need(args.what == "proof" or value is None, f"operation {id_} still has its value")
        print(f"the proof holds: {id_}, {entry}, " + (f"kind {value[0][0]}: {value[1]!r}" if value else "redacted"))
    except (Wrong, OSError, ValueError, struct.error) as error:
        print(f"NOT proved: {error}", file=sys.stderr)
        return 1

if __name__ == "__main__":
    sys.exit(main())
