#!/usr/bin/env bash
# `make run`: Stafett as it is, from a bare machine to the address in the browser.
source "$(dirname "$0")/lib.sh"
source scripts/listen.sh
source scripts/packages.sh
source scripts/postgres.sh
source scripts/rust.sh
source scripts/npm.sh
source scripts/build.sh

on_exit say_stopped
watch_terminal
export STAFETT_LISTEN=${STAFETT_LISTEN:-127.0.0.1:3000}
check_listen "$STAFETT_LISTEN"

if [[ -n ${DATABASE_URL:-} ]]; then need_to_build; else need_to_build postgres; fi
step "Building the server and the client" build_all
STAFETT_SITE=$(readlink -f "$SITE")
export STAFETT_SITE

if [[ -n ${DATABASE_URL:-} ]]; then
  say "→ Using the database that DATABASE_URL names"
else
  step "Starting Postgres" cluster_start
  media_folder
fi
step "Bringing the database up to date" run "$BIN" migrate
step "Loading the demonstration programme, unless it is there" run "$BIN" seed

say "→ Serving; Ctrl-C stops it"
# Should this script be killed outright, the server ends as well.
run setpriv --pdeathsig TERM "$BIN" serve
