# shellcheck shell=bash
# Shared by the scripts of this folder: where things are, how a step is told, how children are stopped.
# Sourced, never run.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$ROOT"

TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
[[ $TARGET == /* ]] || TARGET=$ROOT/$TARGET
export CARGO_TARGET_DIR=$TARGET
CACHE=${STAFETT_CACHE:-${HOME:-/tmp}/.cache/stafett}
BIN=$TARGET/release/stafett
SITE=$TARGET/site
# Queries are checked against the committed .sqlx: building never needs a database.
export SQLX_OFFLINE=true
export BIN SITE CACHE

say() { printf '%s\n' "$*"; }
warn() { printf 'stafett: %s\n' "$*" >&2; }
die() {
  STEP=
  warn "$@"
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }
is_root() { [[ $(id -u) == 0 ]]; }

# step WHAT COMMAND...: says what is done and, afterwards, how long it took.
STEP=
step() {
  local start=${EPOCHREALTIME/[.,]/} tenths code
  STEP=$1
  shift
  say "→ $STEP"
  # A failure ends the script here, unless the caller asked (if, ||) and takes it from there.
  "$@"
  code=$?
  tenths=$(((${EPOCHREALTIME/[.,]/} - start) / 100000))
  say "  $((tenths / 10)).$((tenths % 10)) s"
  STEP=
  return "$code"
}

# quietly LOG COMMAND...: output goes to a file, and its end is shown if the command fails.
quietly() {
  local log=$1 code=0
  shift
  "$@" >"$log" 2>&1 || code=$?
  ((code == 0)) && return
  tail -n 25 "$log" >&2
  warn "that was the end of $log"
  return "$code"
}

# run COMMAND...: a job in a process group of its own, so that one signal ends it with all its
# children, and a signal to this script is acted on at once and not when the job is done.
# Within such a job it is part of that group.
JOB=
run() {
  local code=0
  if [[ $BASHPID != "$$" ]]; then
    "$@" </dev/null
    return
  fi
  set -m
  "$@" </dev/null &
  JOB=$!
  set +m
  wait "$JOB" || code=$?
  JOB=
  return "$code"
}

stop_group() {
  local group=$1 tries
  kill -TERM -- "-$group" 2>/dev/null || return 0
  for ((tries = 0; tries < 100; tries++)); do
    kill -0 -- "-$group" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL -- "-$group" 2>/dev/null
}

# on_exit COMMAND...: run when the script ends, however it ends; the latest first.
CLEANUPS=()
on_exit() { CLEANUPS+=("$(printf '%q ' "$@")"); }

finish() {
  local code=$? index
  # Nothing may keep the clean-up from its end: not a second Ctrl-C, not a terminal that is gone.
  set +e
  trap '' INT TERM HUP PIPE
  trap - EXIT
  EXIT_CODE=$code
  if ((code != 0 && code < 129)) && [[ -n $STEP ]]; then warn "failed at: $STEP"; fi
  if [[ -n $JOB ]]; then stop_group "$JOB" 2>/dev/null; fi
  for ((index = ${#CLEANUPS[@]} - 1; index >= 0; index--)); do eval "${CLEANUPS[index]}"; done
  exit "$EXIT_CODE"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
trap 'exec >/dev/null 2>&1; exit 141' PIPE

# A terminal that goes away tells only the first process on it. Where that is make itself (ssh -t HOST make run),
# nobody tells us: so look.
watch_terminal() {
  [[ -t 0 ]] || return 0
  (
    trap - EXIT INT TERM HUP PIPE
    while sleep 2 && kill -0 $$; do [[ -t 0 ]] || kill -HUP $$; done
  ) <&0 >/dev/null 2>&1 &
  WATCHER=$!
  on_exit stop_watching
}
stop_watching() { kill "$WATCHER" 2>/dev/null; }

# What is said last by a script that serves until it is stopped.
say_stopped() { if ((EXIT_CODE >= 129)); then say "Stopped"; fi; }
