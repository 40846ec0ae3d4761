"""Sends a film to a server whose files lie in a bucket, kills the server while it works on it, and sees to it that all is
made of it in the end, and that the film was fetched once.

check-jobs.py SERVER DATABASE_URL COOKIE SLUG FOLDER LOG FILM: the server's settings are in the environment; FOLDER is
where uploads lie, LOG what the service that has the bucket writes of each request, FILM a film. The last line is
"N passed"; whatever is wrong ends it with an error.
"""

import os
import re
import signal
import subprocess
import sys
import time

import requests
from tusclient import client as tus

SERVER, DATABASE, COOKIE, SLUG, FOLDER, LOG, FILM = sys.argv[1:]
AT = "127.0.0.1:5698"
ORIGIN = f"http://{AT}"
KINDS = ["measure", "poster", "video", "audio", "portable", "sprite"]
PASSED = 0


def check(what, is_so):
    global PASSED
    if not is_so:
        sys.exit(f"not so: {what}; jobs: {jobs()}, in the folder: {left()}")
    PASSED += 1
    print(f"  {what}", flush=True)


def start():
    env = {**os.environ, "DATABASE_URL": DATABASE, "STAFETT_LISTEN": AT, "STAFETT_RATE_LIMIT": "off"}
    process = subprocess.Popen([SERVER, "serve"], env=env)
    for _ in range(400):
        try:
            if requests.get(f"{ORIGIN}/healthz", timeout=2).ok:
                return process
        except requests.ConnectionError:
            time.sleep(0.05)
    sys.exit("the server does not start")


def rows(sql):
    told = subprocess.run(["psql", "-X", "-q", "-At", "-d", DATABASE, "-c", sql], check=True, capture_output=True, text=True)
    return [line.split("|") for line in told.stdout.splitlines()]


def jobs():
    return rows("select kind, state, coalesce(why, '') from media_jobs where role = 'original' order by id")


def left():
    work = os.path.join(FOLDER, "work")
    return sorted(os.listdir(work)) if os.path.isdir(work) else []


def until(seconds, is_so):
    end = time.time() + seconds
    while time.time() < end:
        if is_so():
            return True
        time.sleep(0.1)
    return False


process = start()
try:
    # What another check has left of this recording goes with its original.
    headers = {"Cookie": COOKIE, "Origin": ORIGIN}
    client = tus.TusClient(f"{ORIGIN}/organise/recordings/{SLUG}/upload", headers=headers)
    uploader = client.uploader(FILM, chunk_size=1 << 20, metadata={"filename": "film.mp4", "filetype": "video/mp4"})
    uploader.upload()
    is_taken = until(20, lambda: len(rows("select 1 from media_files where role = 'original'")) == 1)
    check("the film has come into the bucket", is_taken)
    key = rows("select key from media_files where role = 'original'")[0][0]
    works = until(60, lambda: ["video", "running", ""] in jobs() and any(name.startswith("job-") for name in left()))
    check("the server works on it", works)
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    check("a killed server leaves what it has fetched", f"source-{key}" in left())
    process = start()
    check("all of it is made in the end", until(180, lambda: jobs() == [[kind, "done", ""] for kind in KINDS]))
    asked = re.findall(rf'"GET /films/stafett/{re.escape(key)}\S* HTTP/1', open(LOG).read())
    check("six jobs and a killed server have fetched it once", len(asked) == 1)
    check("what was fetched is taken away, and what the killed server had begun", until(20, lambda: left() == []))
    for (made,) in rows("select key from media_files where is_derived"):
        answer = requests.get(f"{ORIGIN}/media/{made}", headers=headers, timeout=20)
        check(f"{made} is served from the bucket", answer.ok and len(answer.content) > 1_000)
finally:
    process.terminate()
    process.wait(20)
print(f"{PASSED} passed")
