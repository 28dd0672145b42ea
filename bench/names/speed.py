#!/usr/bin/env python3
"""Speed of the matcher, and of its peers in the same run, interleaved: bar 4 of the names issue.

    make build && cargo build --release -p names --example rates
    python3 -m venv names-env && names-env/bin/pip install -r ../shared/bench/names/requirements.txt
    names-env/bin/python bench/names/speed.py [--sizes 10000 100000 1000000] [--peers 10000 100000] [--queries 1000]

Pairs: the labelled development pairs each once, and 300 of them over and over, which is how the peers' warm rate is taken
(logic-v2's beside it in the same run), in process; and through `counteratlas names compare`, which streams tables. Screening: queries of the
development half against lists of real names, filled up with made-up ones (`make_lists.py` of the shared bench), through
`counteratlas names screen`, before and after the peers (nomenklatura's blocker with logic-v2, and TF-IDF), which run by
the shared bench's own script. All rates are by processor time of one core. Without the peers' packages they are left out.
"""
import argparse
import csv
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
parser = argparse.ArgumentParser()
parser.add_argument("--shared", type=pathlib.Path, default=ROOT / "../shared")
parser.add_argument("--program", default=ROOT / "target/release/counteratlas")
parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
parser.add_argument("--peers", type=int, nargs="*", default=[10_000, 100_000], help="list sizes at which peers run too")
parser.add_argument("--queries", type=int, default=1000)
parser.add_argument("--slow-queries", type=int, default=200, help="for nomenklatura")
arguments = parser.parse_args()
DEV = arguments.shared / "data/names-dev"
BENCH = arguments.shared / "bench/names"
PAIRS = DEV / "org_pairs_dev.tsv"


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def ours(*words):
    """What the program says on standard error, and the most memory it had."""
    process = subprocess.Popen([str(arguments.program), "names", *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = process.stderr.read()
    _, _, used = os.wait4(process.pid, 0)
    return said, used.ru_maxrss / 1024**2


def number(pattern, text):
    return float(re.search(pattern, text).group(1))


def in_process():
    """What the example `rates` says of three rounds: (each once or repeated, with analysis, analysed before)."""
    ran = subprocess.run([pathlib.Path(arguments.program).parent / "examples/rates", PAIRS], capture_output=True, text=True, check=True)
    for which in ("each once", "repeated"):
        rounds = re.findall(rf"^{which}: (\d+) .*, (\d+) pairs/s", ran.stdout, re.M)
        yield which, *(sorted(map(float, column)) for column in zip(*rounds))


def streamed():
    """The same of the command, which reads and writes tables in between: five runs."""
    rates = [[float(rate) for rate in re.findall(r"([\d.]+) pairs/s", ours("compare", PAIRS)[0])] for _ in range(5)]
    return "streamed by the command", *(sorted(column) for column in zip(*rates))


def logic_warm():
    """Warm pairs/s of nomenklatura's logic-v2 by the shared bench's own script; 0 without its packages."""
    script = [sys.executable, BENCH / "bench_pairs.py", "--dev", PAIRS, "--test", PAIRS, "--runs", "1", "nk:logic-v2"]
    found = re.search(r"warm ([\d,]+)", subprocess.run(script, cwd=BENCH, capture_output=True, text=True).stdout)
    return float(found.group(1).replace(",", "")) if found else 0


def pairs():
    print(f"pairs (load {os.getloadavg()[0]:.1f})")
    peer = logic_warm()
    print(f"  logic-v2, 300 repeated: {peer:,.0f} pairs/s" if peer else "  logic-v2: not measured")
    for which, *both in (*in_process(), streamed()):
        for what, bar, rates in zip(("with analysis", "analysed before"), (400_000, 1_000_000), both):
            middle = rates[len(rates) // 2]
            beside = f", {middle / peer:.0f} times logic-v2" if peer else ""
            print(f"  {which}, {what}: {rates[0]:,.0f} to {rates[-1]:,.0f} pairs/s, median {middle:,.0f}{beside}; bar {bar:,}", flush=True)


def lists(folder):
    names = [row["name"] for row in read(DEV / "screen_kb_dev.tsv")]
    names += [row[column] for row in read(DEV / "org_pairs_dev.tsv") for column in ("name1", "name2")]
    real = folder / "real.txt"
    real.write_text("\n".join(names), encoding="utf-8")
    make = [sys.executable, BENCH / "make_lists.py", "--real", real, "--out", folder, "--sizes", *map(str, arguments.sizes)]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
    for size in arguments.sizes:
        with open(folder / f"names_{size}.txt", encoding="utf-8") as file, open(folder / f"kb_{size}.tsv", "w", encoding="utf-8") as kb:
            kb.write("entity\tname\n")
            kb.writelines(f"{n}\t{line}" for n, line in enumerate(file))


def queries(folder, count):
    path = folder / f"queries_{count}.tsv"
    lines = (DEV / "screen_queries_dev.tsv").read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:count + 1]), encoding="utf-8")
    return path


def screen(folder, size):
    said, gibibytes = ours("screen", folder / f"kb_{size}.tsv", queries(folder, arguments.queries))
    rate, built = number(r"([\d.]+) queries/s", said), number(r"indexed in ([\d.]+) s", said)
    candidates = number(r"([\d.]+) candidates compared", said)
    print(f"  ours: {rate:,.0f} queries/s, {candidates} candidates compared; indexed in {built} s on all cores, "
          f"{gibibytes:.2f} GiB at most", flush=True)
    return rate


def peer(folder, size, system, count):
    script = [sys.executable, BENCH / "bench_screen.py", "--names", folder / f"names_{size}.txt",
              "--queries", queries(folder, count), "--runs", "1", system]
    ran = subprocess.run(script, cwd=BENCH, capture_output=True, text=True)
    found = re.search(r"^\w+ (\{.*\})$", ran.stdout, re.M)
    if not found:
        print(f"  {system}: not measured ({ran.stderr.strip().splitlines()[-1:]})", flush=True)
        return None
    told = json.loads(found.group(1))
    print(f"  {system}: {told['qps_core']:,.1f} queries/s", flush=True)
    return told["qps_core"]


BARS = {10_000: 60, 100_000: 100, 1_000_000: 50}

with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    pairs()
    lists(folder)
    for size in arguments.sizes:
        print(f"screening against {size:,} names (load {os.getloadavg()[0]:.1f})", flush=True)
        rates = [screen(folder, size)]
        if size in arguments.peers:
            slow, quick = peer(folder, size, "nk", arguments.slow_queries), peer(folder, size, "tfidf", arguments.queries)
            rates.append(screen(folder, size))
            if slow and quick:
                print(f"  {min(rates) / slow:.0f} times nomenklatura (bar {BARS.get(size, '-')}), {min(rates) / quick:.1f} times TF-IDF (bar 2)")
