#!/usr/bin/env bash
# `make size`: what a browser loads once, in bytes as they are sent (brotli).
source "$(dirname "$0")/lib.sh"
[[ -d $SITE/pkg ]] || die "there is no site yet: make build"
total=0
for file in "$SITE"/pkg/*.br "$SITE"/pkg/*/*.br; do
  [[ -e $file ]] || continue
  bytes=$(stat -L -c %s "$file")
  printf '%9d  %9d  %s\n' "$bytes" "$(stat -L -c %s "${file%.br}")" "$(basename "${file%.br}")"
  ((total += bytes))
done
printf '%9d  in all, brotli; the second column is without\n' "$total"
