#!/usr/bin/env bash
# `make dev`: builds quickly, serves, and does so again whenever a file changes.
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

# Other flags than the tests' and the release's: in a folder of its own nothing of theirs is built anew.
TARGET=$TARGET/developing
export CARGO_TARGET_DIR=$TARGET
WATCHED=(app server frontend style migrations scripts Cargo.toml Cargo.lock .sqlx)

SERVER=
stop_server() {
  [[ -z $SERVER ]] || stop_group "$SERVER"
  SERVER=
}
start_server() {
  stop_server
  set -m
  setpriv --pdeathsig TERM "$TARGET/debug/stafett" serve </dev/null &
  SERVER=$!
  set +m
}

build() {
  local work=$TARGET/work
  cargo build --package server --bin stafett &&
    client_cargo build --target "$WASM" --package frontend &&
    cargo build --profile tool --package bindgen &&
    mkdir -p "$work" "$TARGET/sites" &&
    "$TARGET/tool/bindgen" "$(client_target)/$WASM/debug/frontend.wasm" "$work/client" &&
    bundle_css "$work" &&
    node scripts/site.mjs "$work" "$TARGET/sites/$1" --plain &&
    publish_site "$TARGET/sites/$1" "$TARGET/site"
}

# Returns when a watched file is newer than the last build. Folders count: a removed file changes its folder.
wait_for_change() {
  until [[ -n $(find "${EXISTING[@]}" -name node_modules -prune -o -newer "$MARK" -print -quit 2>/dev/null) ]]; do
    if has inotifywait; then
      inotifywait -qq -r -t 10 -e modify,create,delete,move --exclude node_modules "${EXISTING[@]}" || true
    else
      sleep 0.5
    fi
  done
  # An editor may write several files.
  sleep 0.2
}

if [[ -z ${DATABASE_URL:-} ]]; then
  step "Starting Postgres" cluster_start
  media_folder
fi
on_exit stop_server
MARK=$(mktemp)
on_exit rm -f "$MARK"
export STAFETT_SITE=$TARGET/site
export STAFETT_MODE=development
for ((round = 1; ; round++)); do
  touch "$MARK"
  if step "Building" run build "$((round % 4))" && step "Bringing the database up to date" run "$TARGET/debug/stafett" migrate && step "Loading the demonstration programme, unless it is there" run "$TARGET/debug/stafett" seed; then
    start_server
  else
    warn "that did not build; what ran before goes on (new or changed SQL? 'make sqlx')"
  fi
  EXISTING=()
  for path in "${WATCHED[@]}"; do if [[ -e $path ]]; then EXISTING+=("$path"); fi; done
  say "→ Waiting for a change; Ctrl-C ends it"
  run wait_for_change
done
