#!/usr/bin/env python3
"""Measures pages and filtered tiles of a served atlas against peers over the same rows, in one run.

    python3 bench/web/bench.py pages [ROWS]     (26000; peer: datasette)
    python3 bench/web/bench.py tiles [ROWS]     (1000000; peer: PostGIS, one connection, nothing in front of it)

Needs `make build`; `wrk` for pages; PostgreSQL with PostGIS for tiles (README.md beside this file says which packages).
Peers from PyPI go into target/bench-web. Everything listens on loopback, and ends with the run. Prints JSON lines;
exit code 1 if a bar is missed.
"""

import contextlib
import csv
import json
import math
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from http.client import HTTPConnection
from pathlib import Path

import postgis

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target/release/counteratlas"
PEERS = ROOT / "target/bench-web"
SEED = 20261122
ROUNDS, SECONDS, PEER_SECONDS, CONNECTIONS = 3, 6, 15, 64
BARS = {"rate": 100, "memory": 0.25, "tiles": 20}


def main():
    what, rows = sys.argv[1] if len(sys.argv) > 1 else "", int(sys.argv[2]) if len(sys.argv) > 2 else 0
    if what not in ("pages", "tiles") or len(sys.argv) > 3:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="atlas-bench-") as folder:
        missed = pages(Path(folder), rows or 26_000) if what == "pages" else tiles(Path(folder), rows or 1_000_000)
    sys.exit(1 if missed else 0)


def atlas(folder, rows):
    """Makes an atlas of invented rows, and serves it until the caller is done."""
    with open(folder / "export.csv", "wb") as out:
        subprocess.run([sys.executable, ROOT / "bench/import/generate.py", str(rows)], stdout=out, check=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True}
    subprocess.run([PROGRAM, "init", folder / "atlas"], **quiet)
    subprocess.run([PROGRAM, "import", "--quiet", folder / "atlas", folder / "export.csv"], **quiet)
    return served([PROGRAM, "serve", folder / "atlas", "--listen"], address=True)


@contextlib.contextmanager
def served(command, address=False):
    """A server on a free port of its own: (port, process id)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [*command, f"127.0.0.1:{port}"] if address else [*command, str(port)]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def wait_for(port, server, seconds=180):
    for _ in range(seconds * 10):
        if server.poll() is not None:
            sys.exit(f"{server.args[0]} ended with {server.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    sys.exit(f"{server.args[0]} does not listen")


def fetch(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=600) as answer:
        return answer.read()


def export(port, folder):
    """The atlas' own rows, as everyone can download them: what the peers are fed with."""
    (folder / "links.csv").write_bytes(fetch(port, "/links.csv"))
    with open(folder / "links.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# Pages


def pages(folder, rows):
    missed = False
    with atlas(folder, rows) as (port, pid):
        links = export(port, folder)
        database = sqlite(folder, links)
        command = [python("datasette").parent / "datasette", "serve", database, "-h", "127.0.0.1", "-p"]
        with served(command) as (peer_port, peer_pid):
            ours, theirs = addresses(folder, links)
            before = memory(pid), memory(peer_pid)
            for kind in ours:
                result = race(port, ours[kind], peer_port, theirs[kind])
                missed |= result["times"] < BARS["rate"]
                print(json.dumps({"what": kind, **result}), flush=True)
            share = memory(pid) / memory(peer_pid)
            missed |= share > BARS["memory"]
            held = {"before": before[0], "after": memory(pid), "peer_before": before[1], "peer_after": memory(peer_pid)}
            print(json.dumps({"what": "memory, MB", "links": len(links), **held, "share": round(share, 3)}))
    return missed


def sqlite(folder, links):
    """A database as an owner of these rows would make it: a table with a key, and an index on what is filtered."""
    import sqlite3

    path, columns = folder / "atlas.db", list(links[0])
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        types = ", ".join(f'"{name}" text' for name in columns)
        database.execute(f"create table links ({types}, primary key (\"{columns[0]}\"))")
        holes = ", ".join("?" * len(columns))
        database.executemany(f"insert into links values ({holes})", (list(row.values()) for row in links))
        for name in ("country", "category"):
            if name in columns:
                database.execute(f'create index "by_{name}" on links ("{name}")')
    return path


def addresses(folder, links):
    """Files of addresses by kind: the same slices for both sides, drawn with one seed."""
    rng = random.Random(SEED)
    countries = sorted({row["country"] for row in links if row["country"]})
    drawn = [rng.choice(countries) for _ in range(60)]
    items = rng.sample(sorted({row["subject"] for row in links} | {row["object"] for row in links}), 60)
    some = rng.sample(links, 60)
    quoted = urllib.parse.quote
    ours = {
        "table pages": [f"/links?country={quoted(c)}" for c in drawn],
        "JSON answers": [f"/links.json?country={quoted(c)}" for c in drawn],
        "record pages": [f"/item/{quoted(item)}" for item in items],
    }
    key = list(links[0])[0]
    theirs = {
        "table pages": [f"/atlas/links?country={quoted(c)}" for c in drawn],
        "JSON answers": [f"/atlas/links.json?country={quoted(c)}" for c in drawn],
        "record pages": [f"/atlas/links/{quoted(row[key])}" for row in some],
    }
    return written(folder, "ours", ours), written(folder, "theirs", theirs)


def written(folder, name, lists):
    files = {}
    for number, (kind, paths) in enumerate(lists.items()):
        files[kind] = folder / f"{name}-{number}.txt"
        files[kind].write_text("".join(path + "\n" for path in paths))
    return files


def race(port, paths, peer_port, peer_paths):
    """Takes turns; the middle of the rounds counts for each."""
    mine, peers, load = [], [], os.getloadavg()[0]
    for _ in range(ROUNDS):
        mine.append(wrk(port, paths))
        peers.append(wrk(peer_port, peer_paths, PEER_SECONDS))
    middle = lambda runs: sorted(runs, key=lambda run: run["per_s"])[len(runs) // 2]
    mine, peers = middle(mine), middle(peers)
    return {"ours": mine, "datasette": peers, "times": round(mine["per_s"] / max(peers["per_s"], 1 / PEER_SECONDS), 1), "load": round(load, 1)}


def wrk(port, paths, seconds=SECONDS):
    words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "--timeout", "30s"]
    words += ["-s", Path(__file__).with_name("paths.lua"), f"http://127.0.0.1:{port}", "--", paths]
    text = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text:
        sys.exit(f"{paths.name}: {text}")
    found = lambda pattern: re.search(pattern, text)[1]
    return {"per_s": float(found(r"Requests/sec:\s+([\d.]+)")), "p50": found(r"50%\s+(\S+)"), "p99": found(r"99%\s+(\S+)")}


def memory(pid):
    """What a process and its children hold now, in MB."""
    listed = subprocess.run(["ps", "-o", "rss=", "--ppid", str(pid), "-p", str(pid)], capture_output=True, text=True)
    return round(sum(map(int, listed.stdout.split())) / 1000)


# Tiles


def tiles(folder, rows):
    with atlas(folder, rows) as (port, pid):
        links = export(port, folder)
        points = [row for row in links if row["lon"] and row["lat"]]
        with postgis.filled(folder, points, python("psycopg", "psycopg[binary]")) as ask:
            wanted = requests(points)
            mine, peers, load = [], [], os.getloadavg()[0]
            for _ in range(ROUNDS):
                mine.append(ours(port, wanted))
                peers.append(ask(wanted))
            middle = lambda runs: sorted(runs, key=lambda run: run["p99_ms"])[len(runs) // 2]
            mine, peers = middle(mine), middle(peers)
    times = peers["p99_ms"] / mine["p99_ms"]
    result = {"what": "filtered tiles", "links": len(links), "points": len(points), "requests": len(wanted)}
    print(json.dumps({**result, "ours": mine, "postgis": peers, "times": round(times, 1), "load": round(load, 1)}))
    return times < BARS["tiles"]


def requests(points, count=420):
    """Tiles under rows drawn by chance, so that busy tiles are asked for more often; in equal thirds for a party, for a
    party with category and years, for category and years."""
    rng, wanted = random.Random(SEED), []
    for number in range(count):
        where, of = rng.choice(points), rng.choice(points)
        zoom, kind = number // 3 % 7, number % 3
        filters = {"item": of["subject"]} if kind < 2 else {}
        if kind > 0:
            first = rng.randint(1998, 2024)
            filters |= {"category": of["categories"].split("|")[0], "from": first, "to": min(2025, first + rng.randint(0, 9))}
        wanted.append((zoom, *tile(float(where["lon"]), float(where["lat"]), zoom), filters))
    rng.shuffle(wanted)
    return wanted


def tile(lon, lat, zoom):
    """Web Mercator tile numbers of a point."""
    side, sine = 1 << zoom, math.sin(math.radians(lat))
    down = 0.5 - 0.25 * math.log((1 + sine) / (1 - sine)) / math.pi
    return min(side - 1, int((lon / 360 + 0.5) * side)), min(side - 1, max(0, int(down * side)))


def ours(port, wanted):
    connection, times, size = HTTPConnection("127.0.0.1", port), [], 0
    for zoom, x, y, filters in wanted:
        begun = time.perf_counter()
        connection.request("GET", f"/tiles/{zoom}/{x}/{y}.mvt?{urllib.parse.urlencode(filters)}")
        answer = connection.getresponse()
        body = answer.read()
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status not in (200, 204):
            sys.exit(f"tile {zoom}/{x}/{y} {filters}: {answer.status} {body[:200]}")
        size += len(body)
    return postgis.summary(times, size)


def python(module, package=None):
    """The interpreter of the peers' environment, with this module in it."""
    own = PEERS / "bin/python"
    if not own.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
    if subprocess.run([own, "-c", f"import {module}"], stderr=subprocess.DEVNULL).returncode:
        subprocess.run([PEERS / "bin/pip", "install", "--quiet", package or module], check=True)
    return own


if __name__ == "__main__":
    main()
