#!/usr/bin/env python3
"""Measures the archive: small pages captured a second, beside `wget --warc-file`, and megabytes of pages read a second,
beside trafilatura, interleaved in one run, with what a page's time goes into.

  bench.py PROGRAM [--rounds N] [--pages N]

PROGRAM is a release build of counteratlas. wget is needed for the first part, and `pip install trafilatura` in the
Python that runs this for the second; what is not there is skipped, loudly. All servers are on this machine.
"""
import argparse, http.server, os, pathlib, random, resource, shutil, statistics, struct, subprocess, tempfile, threading, time

WORDS = "camera city police contract network supplier ministry harbour district tender signed delivered officials said".split()
SERVERS = 4

def page(seed, paragraphs):
    """A page as news sites make them: navigation, a text in paragraphs, a footer."""
    rng = random.Random(seed)
    sentence = lambda: " ".join(rng.choices(WORDS, k=14)).capitalize() + "."
    body = "".join(f"<p>{' '.join(sentence() for _ in range(4))}</p>\n" for _ in range(paragraphs))
    links = "".join(f"<li><a href='/{rng.random()}'>{sentence()}</a></li>" for _ in range(12))
    return (f"<!doctype html><html lang=en><head><meta charset=utf-8><title>Page {seed}</title></head><body><nav><ul>{links}"
            f"</ul></nav><main><article><h1>Page {seed}</h1>{body}</article></main><footer>Imprint</footer></body></html>").encode()

class Pages(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        known = self.path.startswith("/page/")
        body = page(int(self.path.rsplit("/", 1)[1]), 8) if known else b"not here"
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass

def timed(command, **more):
    """Seconds on the clock, and of processor time in it and its children."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

def captured(program, folder, addresses, urls):
    atlas = folder / "atlas"
    shutil.rmtree(atlas, ignore_errors=True)
    timed([program, "init", atlas])
    asked = [word for address in addresses for word in ("--test-web", address)]
    manners = ["--pause", "0", "--patience", "0", "--jobs", str(SERVERS), "--requisites", "0", "--quiet"]
    return timed([program, "capture", atlas, *urls, *manners, *asked])

def fetched(folder, urls):
    (folder / "urls").write_text("\n".join(urls))
    words = ["--quiet", "--warc-file", folder / "wget", "--no-warc-keep-log", "--delete-after", "--input-file", folder / "urls"]
    return timed(["wget", *words], cwd=folder)

def task(bytes_):
    """What goes to the reader's process: a name, a media type, an encoding, the bytes, each behind its length."""
    sized = lambda part: struct.pack(">I", len(part)) + part
    return sized(b"") + sized(b"text/html") + sized(b"utf-8") + sized(bytes_)

def read(program, tasks):
    start = time.perf_counter()
    for one in tasks:
        done = subprocess.run([program, "apart", "read"], input=one, stdout=subprocess.PIPE, check=True)
        assert done.stdout[:1] == b"\0", "it was read"
    return time.perf_counter() - start

def started(program):
    """Seconds until a process of the program that reads nothing has come and gone."""
    return statistics.median(read(program, [task(b"x")]) for _ in range(15))

def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=200)
    args = parser.parse_args()
    program = args.program.resolve()
    print(f"load before: {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
    servers = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) for _ in range(SERVERS)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    addresses = [f"127.0.0.1:{server.server_address[1]}" for server in servers]
    urls = [f"http://{addresses[n % SERVERS]}/page/{n}" for n in range(args.pages)]
    small, large = [page(n, 8) for n in range(60)], [page(n, 1600) for n in range(4)]
    try:
        import trafilatura
    except ImportError:
        trafilatura = print("SKIPPED: no trafilatura in this Python")
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for _ in range(args.rounds):
            rows.setdefault("capture", []).append(captured(program, folder, addresses, urls))
            if shutil.which("wget"):
                rows.setdefault("wget", []).append(fetched(folder, urls))
            else:
                print("SKIPPED: no wget on this machine")
            for name, pages in (("small", small), ("large", large)):
                size, tasks = sum(map(len, pages)) / 1e6, [task(one) for one in pages]
                rows.setdefault(f"read, {name}", []).append(size / read(program, tasks))
                if trafilatura:
                    start = time.perf_counter()
                    for one in pages:
                        assert trafilatura.extract(one.decode())
                    rows.setdefault(f"trafilatura, {name}", []).append(size / (time.perf_counter() - start))
    for name in ("capture", "wget"):
        if name in rows:
            seconds, cpu = (statistics.median(column) for column in zip(*rows.pop(name)))
            print(f"{name:20} {args.pages / seconds:8.1f} pages/s   {1000 * cpu / args.pages:6.1f} ms of processor a page")
    for name, values in rows.items():
        print(f"{name:20} {statistics.median(values):8.2f} MB/s      ({min(values):.2f} to {max(values):.2f})")
    print(f"a process apart      {1000 * started(program):8.1f} ms from start to end; a captured page takes two")
    print(f"pages: small {len(small[0]) / 1e3:.1f} kB, large {len(large[0]) / 1e3:.0f} kB; load after: {os.getloadavg()[0]:.1f}")

if __name__ == "__main__":
    main()
