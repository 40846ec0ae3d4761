#!/usr/bin/env bash
# `make build`: server and site, as they are handed out.
source "$(dirname "$0")/lib.sh"
source scripts/packages.sh
source scripts/postgres.sh
source scripts/rust.sh
source scripts/npm.sh
source scripts/build.sh
# shellcheck disable=SC2119
need_to_build
step "Building the server and the client" build_all
say "$BIN"
say "$(readlink -f "$SITE")"
