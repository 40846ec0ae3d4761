#!/usr/bin/env bash
# Draws server/podcast/cover.png from cover.svg: the square picture that podcast players show (Apple asks for 1400 to 3000
# pixels, in JPEG or PNG). Run it when the drawing has changed, and commit both. It takes a Chromium.
source "$(dirname "$0")/lib.sh"
CHROMIUM=${CHROMIUM:-$(command -v chromium-headless-shell || command -v chromium)} || die "there is no Chromium here"
"$CHROMIUM" --headless --no-sandbox --hide-scrollbars --force-device-scale-factor=1 --window-size=1400,1400 \
  --screenshot="$PWD/server/podcast/cover.png" "file://$PWD/server/podcast/cover.svg" 2>/dev/null
say "  server/podcast/cover.png: $(stat -c %s server/podcast/cover.png) bytes"
