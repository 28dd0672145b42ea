"""PostGIS as a peer: a throw-away database of points that answers filtered vector tiles.

The tile is what `ST_AsMVT` makes of the rows in the tile's envelope that pass the filter, with the indexes that the
manual recommends; each set of filters gets a plan of its own. The client is one connection without a tile server in
front, so the times are the least that any server over PostGIS can need.
"""

import contextlib
import csv
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

TABLE = """
create extension postgis;
create table points (id text primary key, subject text, object text, categories text[], first int, last int,
                     lon float8, lat float8, geom geometry(Point, 3857));
"""
INDEXES = """
update points set geom = ST_Transform(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 3857);
create index on points using gist (geom);
create index on points (subject);
create index on points (object);
create index on points using gin (categories);
cluster points using points_geom_idx;
vacuum analyze points;
"""
TILE = """
select ST_AsMVT(tile, 'links', 4096, 'g') from (
  select id, categories[1] category, first, ST_AsMVTGeom(geom, ST_TileEnvelope({z}, {x}, {y}), 4096, 64, true) g
  from points where geom && ST_TileEnvelope({z}, {x}, {y}, margin => (64.0 / 4096)) {filters}) tile
"""


def summary(times, size):
    ordered = sorted(times)
    at = lambda part: round(ordered[round((len(ordered) - 1) * part)], 3)
    return {"n": len(times), "p50_ms": at(0.5), "p99_ms": at(0.99), "max_ms": at(1), "mb": round(size / 1e6, 1)}


@contextlib.contextmanager
def filled(folder, points, python):
    """Starts PostgreSQL in a folder of its own, loads the points, gives a function that runs a list of requests."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        sys.exit("needs PostgreSQL with PostGIS; hint: apt-get install postgresql-15-postgis-3")
    data = folder / "postgres"
    prefix = as_other_than_root(data)
    run = lambda *words: subprocess.run([*prefix, *words], check=True, stdout=subprocess.DEVNULL)
    run(programs[-1] / "initdb", "-D", data, "-A", "trust", "-U", "bench", "--no-sync")
    settings = "-c listen_addresses= -c shared_buffers=1GB -c work_mem=64MB -c max_wal_size=8GB -c fsync=off -c jit=off"
    run(programs[-1] / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", f"{settings} -k {data}", "start")
    try:
        load(folder, data, points)
        yield lambda wanted: ask(python, data, wanted)
    finally:
        run(programs[-1] / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def as_other_than_root(data):
    """PostgreSQL does not run as root: then the account that its package made runs it."""
    data.mkdir()
    if os.getuid() != 0:
        return []
    data.parent.chmod(0o711)
    shutil.chown(data, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def load(folder, data, points):
    psql = ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", data, "-U", "bench", "-d", "postgres"]
    subprocess.run([*psql, "-c", TABLE], check=True)
    year = lambda text: text[:4] if text[:4].isdigit() else ""
    with open(folder / "points.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for row in points:
            categories = "{" + ",".join(filter(None, row["categories"].split("|"))) + "}"
            first, last = year(row["start"]), year(row["end"]) or year(row["start"])
            writer.writerow([row["id"], row["subject"], row["object"], categories, first, last, row["lon"], row["lat"]])
    columns = "id, subject, object, categories, first, last, lon, lat"
    subprocess.run([*psql, "-c", f"\\copy points ({columns}) from '{folder / 'points.csv'}' csv"], check=True)
    for line in INDEXES.strip().split(";\n"):
        subprocess.run([*psql, "-c", line], check=True)


def ask(python, data, wanted):
    """Runs the requests in the peers' environment, where the driver is."""
    words = [python, Path(__file__), data]
    done = subprocess.run(words, input=json.dumps(wanted), capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def sql(zoom, x, y, filters):
    quoted = lambda text: "'" + text.replace("'", "''") + "'"
    parts = ""
    if "item" in filters:
        parts += f" and (subject = {quoted(filters['item'])} or object = {quoted(filters['item'])})"
    if "category" in filters:
        parts += f" and categories @> array[{quoted(filters['category'])}]"
    if "from" in filters:
        parts += f" and last >= {int(filters['from'])} and first <= {int(filters['to'])}"
    return TILE.format(z=int(zoom), x=int(x), y=int(y), filters=parts)


def main():
    import psycopg

    times, size = [], 0
    with psycopg.connect(f"host={sys.argv[1]} user=bench dbname=postgres", autocommit=True) as connection:
        cursor = connection.cursor(binary=True)
        for request in json.load(sys.stdin):
            text = sql(*request)
            begun = time.perf_counter()
            body = cursor.execute(text).fetchone()[0] or b""
            times.append((time.perf_counter() - begun) * 1000)
            size += len(body)
    print(json.dumps(summary(times, size)))


if __name__ == "__main__":
    main()
