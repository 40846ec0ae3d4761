#!/usr/bin/env bash
# Draws style/public/icons/*.png from icon.svg beside them: the pictures of the site on a home screen. Run it when the
# drawing has changed, and commit both. It takes a Chromium.
source "$(dirname "$0")/lib.sh"
CHROMIUM=${CHROMIUM:-$(command -v chromium-headless-shell || command -v chromium)} || die "there is no Chromium here"
for size in 180 192 512; do
  page=$(mktemp --suffix .html)
  printf '<style>*{margin:0}img{display:block;width:%spx;height:%spx}</style><img src="file://%s/style/public/icons/icon.svg">' "$size" "$size" "$PWD" >"$page"
  "$CHROMIUM" --headless --no-sandbox --hide-scrollbars --force-device-scale-factor=1 --window-size="$size,$size" \
    --allow-file-access-from-files --screenshot="$PWD/style/public/icons/$size.png" "file://$page" 2>/dev/null
  rm "$page"
  say "  style/public/icons/$size.png: $(stat -c %s "style/public/icons/$size.png") bytes"
done
