#!/usr/bin/env bash
# Makes the demonstration's handout again from samtalskort.html: the PDF, and the text that is found in it. What it makes
# lies in the repository, so that nobody needs its tools but who changes the words. On Debian:
#   apt-get install chromium-headless-shell fonts-liberation2 poppler-utils
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
for tool in chromium-headless-shell pdftotext; do
    command -v "$tool" >/dev/null || { echo "make.sh needs $tool" >&2; exit 1; }
done
chromium-headless-shell --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf=samtalskort.pdf \
    "file://$PWD/samtalskort.html" 2>/dev/null
pdftotext -enc UTF-8 -eol unix -q samtalskort.pdf samtalskort.txt
du -b samtalskort.pdf
