#!/usr/bin/env bash
# `make sqlx` writes .sqlx anew; `sqlx.sh check` compares it with what would be written.
#
# sqlx's macros write what they learn about each query when they see a database. So: a database with all
# migrations, and the crates that hold queries compiled once more.
source "$(dirname "$0")/lib.sh"
source scripts/packages.sh
source scripts/postgres.sh
source scripts/rust.sh

need_packages compiler openssl postgres
need_rust

FRESH=$(mktemp -d)
on_exit rm -rf "$FRESH"

migrate() {
  local file
  "$PG_BIN/createdb" --maintenance-db "$ADMIN_URL" queries
  # By psql: the program itself may not compile before .sqlx is right.
  for file in migrations/*.sql; do
    [[ $file != *.down.sql ]] || continue
    run "$PG_BIN/psql" --no-psqlrc --quiet --single-transaction -v ON_ERROR_STOP=1 -d "$QUERIES_URL" -f "$file"
  done
}

# A newer file is what makes cargo compile a crate again; afterwards it is given its time back, so that
# no other build is.
TOUCHED=$FRESH/touched
touch_crates() {
  local file
  for file in app/src/lib.rs server/src/{lib,main}.rs {app,server}/tests/*.rs; do
    [[ -e $file ]] || continue
    printf '%s\t%s\n' "$(stat -c %y "$file")" "$file" >>"$TOUCHED"
    touch "$file"
  done
  on_exit restore_times
}
restore_times() {
  local time file
  while IFS=$'\t' read -r time file; do touch -d "$time" "$file"; done <"$TOUCHED"
}

compile() {
  touch_crates
  mkdir "$FRESH/sqlx"
  DATABASE_URL=$QUERIES_URL SQLX_OFFLINE=false SQLX_OFFLINE_DIR=$FRESH/sqlx run cargo check --package app --package server --features app/ssr --all-targets
}

compare() {
  diff -rq .sqlx "$FRESH/sqlx" || die "the committed .sqlx is not what the queries and migrations make: run 'make sqlx' and commit it"
}

replace() {
  rm -rf .sqlx
  cp -r "$FRESH/sqlx" .sqlx
}

step "Starting a Postgres that is thrown away afterwards" throwaway_start fast
QUERIES_URL=$(pg_url "$THROWAWAY" queries)
step "Applying the migrations" migrate
step "Compiling against them" compile
if [[ ${1:-} == check ]]; then compare; else replace; fi
say "$(find "$FRESH/sqlx" -name 'query-*.json' | wc -l) queries"
