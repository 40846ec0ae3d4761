#!/usr/bin/env bash
# Makes the demonstration clips again from clips.json: film, poster, slides, captions and times. What it makes lies in
# the repository, so that nobody needs its tools but who changes the texts. On Debian:
#   apt-get install espeak-ng ffmpeg fonts-liberation2 poppler-utils chromium-headless-shell python3
# server/demo/media/make.sh [EVENT…]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
for tool in espeak-ng ffmpeg pdftoppm chromium-headless-shell python3; do
    command -v "$tool" >/dev/null || { echo "make.sh needs $tool" >&2; exit 1; }
done
python3 make.py "$@"
du -cb ./*.{mp4,webp,pdf,vtt} times.json | tail -n 1
