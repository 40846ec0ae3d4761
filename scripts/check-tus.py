"""Sends a film by tuspy, a client of tus that is not ours, kills the server in the middle, and reads the film again.

check-tus.py SERVER DATABASE_URL COOKIE SLUG FOLDER: the server's settings are in the environment; FOLDER is where
uploads lie. The last line is "N passed"; whatever is wrong ends it with an error.
"""

import hashlib
import os
import random
import signal
import socket
import subprocess
import sys
import time

import requests
from tusclient import client as tus

SERVER, DATABASE, COOKIE, SLUG, FOLDER = sys.argv[1:]
PASSED = 0


def check(what, is_so):
    global PASSED
    if not is_so:
        sys.exit(f"not so: {what}")
    PASSED += 1
    print(f"  {what}", flush=True)


def film(length):
    """Boxes (ISO/IEC 14496-12) around noise that is the same each time."""
    head = b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x10moov12345678"
    head += (length - len(head)).to_bytes(4, "big") + b"mdat"
    return head + random.Random(7).randbytes(length - len(head))


class Running:
    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.at = f"127.0.0.1:{free.getsockname()[1]}"
        self.start()

    def start(self):
        env = {**os.environ, "DATABASE_URL": DATABASE, "STAFETT_LISTEN": self.at, "STAFETT_RATE_LIMIT": "off"}
        self.process = subprocess.Popen([SERVER, "serve"], env=env)
        for _ in range(400):
            try:
                if requests.get(f"http://{self.at}/healthz", timeout=2).ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.05)
        sys.exit("the server does not start")

    def end(self, how):
        self.process.send_signal(how)
        self.process.wait(20)


def sum_of(data):
    return hashlib.sha256(data).hexdigest()


def key():
    """Of the original, from the database."""
    sql = "select key from media_files where role = 'original'"
    return subprocess.run(["psql", "-XAtq", DATABASE, "-c", sql], check=True, capture_output=True, text=True).stdout.strip()


def fill_up(sending):
    """The disk is full in the middle; then there is room again."""
    filler = os.path.join(FOLDER, "filler")
    with open(filler, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(65_536))
        except OSError:
            pass
    with open(filler, "r+b") as file:
        # Half of a stretch fits.
        file.truncate(os.path.getsize(filler) - 1_500_000)
    status = None
    try:
        sending.upload_chunk()
    except Exception as error:
        status = getattr(error, "status_code", None)
    check("a full disk says so", status == 507)
    before = sending.offset
    os.remove(filler)
    sending.offset = sending.get_offset()
    check("what fitted is kept", before < sending.offset < before + 3_000_000)


def main():
    server = Running()
    data = film(23_456_789)
    path = os.path.join(os.environ["TMPDIR"], "film.mp4")
    with open(path, "wb") as file:
        file.write(data)
    client = tus.TusClient(f"http://{server.at}/organise/recordings/{SLUG}/upload", headers={"Cookie": COOKIE})
    metadata = {"filename": "film.mp4", "filetype": "video/mp4"}
    # Each stretch with its checksum (SHA-1).
    sending = client.uploader(path, chunk_size=2_000_000, metadata=metadata, upload_checksum=True)
    for _ in range(4):
        sending.upload_chunk()
    check("four stretches have been taken", sending.offset == 8_000_000)
    server.end(signal.SIGKILL)
    server.start()
    again = client.uploader(path, chunk_size=3_000_000, url=sending.url)
    check("after a kill it knows how far it had come", again.offset == 8_000_000)
    if os.path.ismount(FOLDER):
        fill_up(again)
    again.upload()
    check("the rest has been taken", again.offset == len(data))
    for _ in range(300):
        if key():
            break
        time.sleep(0.1)
    check("it is a file of the recording", key() != "")
    address = f"http://{server.at}/media/{key()}"
    got = requests.get(address, timeout=60)
    check("what is given is what was sent", got.status_code == 200 and sum_of(got.content) == sum_of(data))
    for first, last in [(0, 0), (5_000_000, 14_999_999), (len(data) - 5, len(data) - 1)]:
        part = requests.get(address, headers={"Range": f"bytes={first}-{last}"}, timeout=60)
        right = part.status_code == 206 and part.content == data[first : last + 1]
        check(f"the bytes from {first} to {last} are given", right)
    end = requests.get(address, headers={"Range": "bytes=-9"}, timeout=60)
    check("so are the last nine", end.status_code == 206 and end.content == data[-9:])
    outside = requests.get(address, headers={"Range": f"bytes={len(data)}-"}, timeout=60)
    check("what is outside is told so", outside.status_code == 416)
    head = requests.head(address, timeout=60)
    check("HEAD tells how long it is", head.headers["Content-Length"] == str(len(data)))
    check("nothing is left where uploads lie", os.listdir(FOLDER) == [])
    with open(path, "wb") as file:
        file.write(b"<!DOCTYPE html>" + b" " * 100_000)
    refused = client.uploader(path, chunk_size=50_000, metadata=metadata)
    try:
        refused.upload()
        check("what is no film is refused", False)
    except tus.__dict__.get("TusCommunicationError", Exception) as error:
        check("what is no film is refused", getattr(error, "status_code", 0) == 415)
    server.end(signal.SIGTERM)
    print(f"{PASSED} passed")


main()
