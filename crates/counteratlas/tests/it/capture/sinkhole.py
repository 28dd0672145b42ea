"""A network of one's own in which every address is this machine, so that a connection to any of them is seen and counted.

Run within `unshare --map-root-user --net`. Lets the program capture several hundred spellings of forbidden addresses:
typed, behind redirects, as pictures of a page, and behind names whose answer is private, mixed, or changes. Prints
counts as JSON: a connection is forbidden unless it goes to PUBLIC.
"""

import json
import os
import re
import socket
import struct
import subprocess
import sys
import threading
import urllib.parse

PUBLIC = "93.184.216.34"
BLOCKS = """0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255
192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250
240.0.0.1 255.255.255.255 168.63.129.16""".split()
SIX = """:: ::1 ::ffff:127.0.0.1 ::ffff:a9fe:a9fe ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::a9fe:a9fe 100::1 2001::1 2001:db8::1
2002:7f00:1:: 2002:a9fe:a9fe:: 2001:0:5db8:d822::80ff:fffe 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1""".split()


def spellings():
    """Ways of writing addresses that no fetcher may go to."""
    out = []
    for block in BLOCKS:
        a, b, c, d = map(int, block.split("."))
        number = struct.unpack(">I", bytes([a, b, c, d]))[0]
        hosts = [
            block, block + ".", str(number), hex(number), "0%o" % number, "0x%x.0x%x.0x%x.0x%x" % (a, b, c, d),
            "0%o.0%o.0%o.0%o" % (a, b, c, d), "%d.%d.%d" % (a, b, c * 256 + d), "%d.%d" % (a, number & 0xFFFFFF),
            "%%%02x%s" % (ord(block[0]), block[1:]), block.replace(".", "\u3002"),
            "".join(chr(0xFEE0 + ord(letter)) for letter in block), "user:pw@" + block, PUBLIC + "@" + block,
            PUBLIC + "#@" + block, block + ":80", block + ":8080", block + ":22",
            "[::ffff:%s]" % block, "[::%s]" % block, "[64:ff9b::%s]" % block, "[2002:%02x%02x:%02x%02x::1]" % (a, b, c, d),
        ]
        # What stands behind a fragment is no host: the address before it is the public one.
        out += ["http://%s/" % host for host in hosts if "#" not in host]
    out += ["http://[%s]/" % six for six in SIX] + ["https://[%s]/" % six for six in SIX]
    out += ["%s://127.0.0.1/" % scheme for scheme in ("file", "ftp", "gopher", "dict", "ldap", "data", "jar", "ws", "sftp")]
    for host in ("localhost", "LOCALHOST", "localhost.", "a.localhost", "x.local", "x.internal", "metadata.google.internal",
                 "intranet", "x.lan", "x.home.arpa", "x.onion", "x.test", "1.0.0.127.in-addr.arpa"):
        out.append("http://%s/" % host)
    out += ["http:\\\\127.0.0.1\\", "http:127.0.0.1/", "http:/127.0.0.1/", "http:///127.0.0.1/", "//127.0.0.1/://",
            "http://127.0.0.1\t/", "http://127.0.0.1\\@%s/" % PUBLIC, "http://%s\\@127.0.0.1/" % PUBLIC,
            "http://[::1%25lo]/", "http://0/", "http://127.1:80\\.example.com/", "http://%s:81/" % PUBLIC,
            "http://%s:22/" % PUBLIC, "http://%s:6379/" % PUBLIC]
    return out


HITS, LOCK, QUERIES = [], threading.Lock(), {}
PAGE = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"


def serve(family, port):
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    listener.bind(("::" if family == socket.AF_INET6 else "0.0.0.0", port))
    listener.listen(512)
    while True:
        line, _ = listener.accept()
        with LOCK:
            HITS.append((line.getsockname()[0], port))
        threading.Thread(target=answer, args=(line,), daemon=True).start()


def answer(line):
    try:
        head = line.recv(65536).decode("latin-1")
        path = head.split(" ")[1] if " " in head else "/"
        if path.startswith("/to?"):
            to = urllib.parse.unquote(path[4:]).encode()
            line.sendall(b"HTTP/1.1 302 Found\r\nLocation: " + to + b"\r\nContent-Length: 0\r\n\r\n")
        else:
            body = "<p>public"
            if path.startswith("/pictures"):
                body = "".join('<img src="%s">' % url.replace('"', "") for url in spellings())
            body = body.encode()
            line.sendall((PAGE % (len(body), "")).encode() + body)
    except OSError:
        pass
    line.close()


def names():
    """Answers every name, from whatever address it was asked at."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    # IP_PKTINFO of Linux: Python names it only from 3.12 on.
    listener.setsockopt(socket.IPPROTO_IP, 8, 1)
    listener.bind(("0.0.0.0", 53))
    while True:
        query, more, _, asker = listener.recvmsg(4096, 256)
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode("latin-1").lower())
            at += 1 + query[at]
        kind = struct.unpack(">H", query[at + 1:at + 3])[0]
        question = query[12:at + 5]
        addresses = answers(labels[0], kind)
        out = query[:2] + struct.pack(">HHHHH", 0x8180, 1, len(addresses), 0, 0) + question
        for packed in addresses:
            out += b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 0, len(packed)) + packed
        listener.sendmsg([out], [(level, what, data) for level, what, data in more], 0, asker)


def answers(name, kind):
    four, six = lambda text: socket.inet_aton(text), lambda text: socket.inet_pton(socket.AF_INET6, text)
    if kind == 28:
        return {"mapped": [six("::ffff:127.0.0.1")], "nat": [six("64:ff9b::a9fe:a9fe")], "ula": [six("fd00::1")]}.get(name, [])
    if kind != 1:
        return []
    with LOCK:
        QUERIES[name] = QUERIES.get(name, 0) + 1
    if name.startswith("rebind"):
        return [four(PUBLIC if QUERIES[name] == 1 else "127.0.0.1")]
    if name.startswith("public"):
        return [four(PUBLIC)]
    return {"inner": [four("10.0.0.1")], "meta": [four("169.254.169.254")],
            "mixed": [four(PUBLIC), four("192.168.0.1")], "mixed2": [four("127.0.0.1"), four(PUBLIC)]}.get(name, [])


def opened():
    """How many connections were begun here, by anyone to anywhere: the kernel's own count."""
    with open("/proc/net/snmp") as file:
        keys, values = [line.split() for line in file if line.startswith("Tcp:")]
    return int(values[keys.index("ActiveOpens")])


def main():
    program, atlas = sys.argv[1:3]
    links = sorted(re.findall(r"^\d+: ([^:@]+)", subprocess.run(["ip", "-o", "link"], capture_output=True, text=True).stdout, re.M))
    assert "eth0" not in links and "lo" in links, links
    subprocess.run("ip link set lo up && ip route add local 0.0.0.0/0 dev lo && ip -6 route add local ::/0 dev lo", shell=True, check=True)
    for port in (22, 80, 81, 443, 6379, 8080):
        for family in (socket.AF_INET, socket.AF_INET6):
            threading.Thread(target=serve, args=(family, port), daemon=True).start()
    threading.Thread(target=names, daemon=True).start()

    def capture(*urls):
        words = [program, "capture", atlas, "--pause", "0", "--tries", "1", "--jobs", "4", "--requisites", "1000", "--quiet"]
        ran = subprocess.run(words + list(urls), capture_output=True, text=True)
        assert ran.returncode in (0, 1), ran.stderr
        return ran.stdout.count("\n")

    threading.Event().wait(0.3)
    before, kept = opened(), {}
    urls = spellings()
    kept["control"] = capture("http://%s/" % PUBLIC, "http://public.example.com/")
    control = len(HITS)
    kept["typed"] = capture(*(url for url in urls if "://" in url))
    typed = len(HITS) - control
    kept["redirects"] = capture(*("http://%s/to?%s" % (PUBLIC, urllib.parse.quote(url, safe="")) for url in urls[::5]))
    kept["pictures"] = capture("http://%s/pictures" % PUBLIC)
    flips = ["http://rebind%d.example.com/" % number for number in range(20)]
    kept["names"] = capture(*flips, *("http://%s.example.com/" % name for name in ("inner", "meta", "mixed", "mixed2", "mapped", "nat", "ula")))
    forbidden = [hit for hit in HITS if hit not in ((PUBLIC, 80), (PUBLIC, 443))]
    print(json.dumps({"spellings": len(urls), "redirects": len(urls[::5]), "names": len(flips) + 7, "control": control, "typed": typed,
                      "connections": len(HITS), "opened": opened() - before, "forbidden": forbidden, "kept": kept,
                      "rebound": sum(QUERIES.get("rebind%d" % number, 0) > 1 for number in range(20))}))


main()
