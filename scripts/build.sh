# shellcheck shell=bash
# Building the server and the site, for `make run`, `make test` and `make build`. Sourced.

# Debian's packages, Rust and npm's: all that building needs. More may be named.
# shellcheck disable=SC2120  # build-all.sh names none
need_to_build() {
  need_packages compiler openssl node "$@"
  need_rust
  need_wasm
  need_npm scripts
}

# Server and client side by side: each has long stretches on which only one core can work (a crate as large as
# `app`, the whole client being optimised), and the other goes on in them. One signal ends both.
build_all() { run build_both; }

build_both() {
  local code=0
  build_server &
  build_site &
  wait -n && wait -n || code=$?
  if ((code != 0)); then
    trap '' TERM
    kill -TERM 0
  fi
  return "$code"
}

build_server() {
  run cargo build --release --package server --bin stafett
  say "  the server is built"
}

# The client's steps: cargo, splitting and wasm-bindgen of the locked version, wasm-opt; then names and compression.
# cargo knows by itself what is up to date, the rest is skipped when nothing that goes in has changed.
build_site() {
  local wasm stamp work folder
  # shellcheck disable=SC2153  # WASM is rust.sh's
  run client_cargo build --profile client --target "$WASM" --package frontend
  run cargo build --profile tool --package bindgen
  wasm=$(client_target)/$WASM/client/frontend.wasm
  stamp=$(site_stamp "$wasm" "$TARGET/tool/bindgen")
  folder=$TARGET/sites/$stamp
  if [[ ! -d $folder ]]; then
    work=$TARGET/site-work.$$
    rm -rf "$work" "$TARGET"/site-work.*
    mkdir -p "$work"
    run "$TARGET/tool/bindgen" "$wasm" "$work/client"
    run optimise_wasm "$work/client"
    run bundle_css "$work" --minify
    run node scripts/site.mjs "$work" "$work/site"
    mkdir -p "$TARGET/sites"
    mv -T "$work/site" "$folder"
    rm -rf "$work"
  fi
  publish_site "$folder" "$SITE"
  say "  the client is built"
}

# Every site has a folder of its own that never changes, and the name `site` leads to the newest: a server that
# runs keeps what it has, and an interrupted build leaves nothing half.
publish_site() {
  local folder=$1 link=$2 old
  if [[ -d $link && ! -L $link ]]; then rm -rf "$link"; fi
  ln -sfn "$folder" "$link.$$"
  mv -T "$link.$$" "$link"
  touch "$folder"
  # shellcheck disable=SC2012  # names made above
  for old in $(ls -dt "$(dirname "$folder")"/*/ | tail -n +5); do rm -rf "$old"; done
}

# Of all that goes into a site: what was compiled, the styles, and how it is put together.
site_stamp() {
  {
    sha256sum "$@"
    find style -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
    sha256sum scripts/build.sh scripts/site.mjs scripts/package-lock.json app/src/organise/recordings/upload.js
  } | sha256sum | cut -c 1-16
}

# optimise_wasm FOLDER: every part of the client, in its place.
# Not --all-features: that writes compact imports, which browsers refuse. Nothing is inlined: the compiler has
# done that where it pays, and what is alike compresses better (by 15 kB of 277).
optimise_wasm() {
  local part
  for part in "$1"/*.wasm; do
    scripts/node_modules/.bin/wasm-opt --quiet '--no-inline=*' -Oz --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext \
      --enable-mutable-globals --enable-reference-types --enable-multivalue "$part" -o "$part"
  done
}

# bundle_css FOLDER [--minify]: the style sheet of every page, and the one that the organisers' pages and the door
# have beside it. What younger browsers alone understand is written for these, too.
bundle_css() {
  local folder=$1 sheet
  shift
  for sheet in main organisers; do
    scripts/node_modules/.bin/lightningcss --bundle --targets 'chrome >= 111, firefox >= 115, safari >= 16.4' "$@" "style/$sheet.css" -o "$folder/$sheet.css" || return
  done
}
