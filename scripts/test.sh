#!/usr/bin/env bash
# `make test`: every test there is. `test.sh rust` or `test.sh browser` runs one half.
# The last line is "N passed, M failed".
source "$(dirname "$0")/lib.sh"
source scripts/packages.sh
source scripts/postgres.sh
source scripts/rust.sh
source scripts/npm.sh
source scripts/build.sh

SUITES=("$@")
if ((${#SUITES[@]} == 0)); then SUITES=(rust browser); fi
declare -A PASSED FAILED SKIPPED SECONDS_TAKEN
RESULTS=$(mktemp -d)

# Registered first, so done last, after all has been stopped: however the run ends, it says what is known.
report() {
  local suite passed=0 failed=0
  rm -rf "$RESULTS"
  printf '\n%-10s %8s %8s %8s %8s\n' suite passed failed skipped seconds
  for suite in "${SUITES[@]}"; do
    # A suite that did not get to run is a failure, too.
    : "${PASSED[$suite]:=0}" "${FAILED[$suite]:=1}"
    printf '%-10s %8d %8d %8d %8d\n' "$suite" "${PASSED[$suite]}" "${FAILED[$suite]}" "${SKIPPED[$suite]:-0}" "${SECONDS_TAKEN[$suite]:-0}"
    ((passed += PASSED[$suite], failed += FAILED[$suite]))
  done
  if ((failed && EXIT_CODE == 0)); then EXIT_CODE=1; fi
  printf '%d passed, %d failed\n' "$passed" "$failed"
}
on_exit report

# conclude SUITE CODE: no test at all, or an end that no failed test explains, counts as one failure.
conclude() {
  local suite=$1 code=$2
  if ((PASSED[$suite] + FAILED[$suite] == 0)); then
    warn "$suite: no test ran"
    FAILED[$suite]=1
  elif ((code != 0 && FAILED[$suite] == 0)); then
    warn "$suite: ended with code $code although no test failed"
    FAILED[$suite]=1
  fi
}

piped() { "$@" 2>&1 | tee "$LOG"; }

# Each store test makes a database of its own beside the one that DATABASE_URL names.
# The dependencies are those of the server that has been built, which saves minutes; our own crates are compiled
# as one does for testing, with every assertion and nothing optimised.
rust_tests() {
  local code=0 start=$SECONDS arguments=(--release --package app --package server --tests --no-fail-fast) crate setting
  LOG=$RESULTS/rust.log
  for crate in app server; do
    for setting in opt-level=0 debug-assertions=true overflow-checks=true; do
      arguments+=(--config "profile.release.package.$crate.$setting")
    done
  done
  # They wait for Postgres more than they reckon.
  DATABASE_URL=$ADMIN_URL RUST_TEST_THREADS=${RUST_TEST_THREADS:-$((3 * $(nproc)))} run piped cargo test "${arguments[@]}" || code=$?
  read -r 'PASSED[rust]' 'FAILED[rust]' 'SKIPPED[rust]' < <(
    sed -nE 's/^test result: .* ([0-9]+) passed; ([0-9]+) failed; ([0-9]+) ignored.*/\1 \2 \3/p' "$LOG" |
      awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }'
  )
  SECONDS_TAKEN[rust]=$((SECONDS - start))
  conclude rust "$code"
}

browser_tests() {
  local code=0 start=$SECONDS
  STAFETT_SITE=$(readlink -f "$SITE")
  export STAFETT_SITE STAFETT_BIN=$RESULTS/stafett DATABASE_URL=$ADMIN_URL CHROMIUM=${CHROMIUM:-$(command -v chromium-headless-shell)} ICS_PYTHON
  export CHECK_ICS=$ROOT/scripts/check-ics.py
  PLAYWRIGHT_JSON_OUTPUT_NAME=$RESULTS/browser.json run setpriv --pdeathsig TERM env -C end2end node_modules/.bin/playwright test --reporter=list,json || code=$?
  read -r 'PASSED[browser]' 'FAILED[browser]' 'SKIPPED[browser]' < <(node -e '
    let { stats, errors } = { stats: {}, errors: [] };
    try { ({ stats, errors } = JSON.parse(require("fs").readFileSync(process.argv[1]))); } catch {}
    const n = (x) => x ?? 0;
    // A test that passed on its second try has passed.
    console.log(n(stats.expected) + n(stats.flaky), n(stats.unexpected) + errors.length, n(stats.skipped));
  ' "$RESULTS/browser.json")
  SECONDS_TAKEN[browser]=$((SECONDS - start))
  conclude browser "$code"
}

# The calendar files and the podcast are read by libraries that are not ours: Python's icalendar and feedparser.
need_icalendar() {
  local folder
  folder=$CACHE/icalendar-$(cat scripts/check-ics.txt <(python3 --version) | sha256sum | cut -c 1-12)
  ICS_PYTHON=$folder/bin/python
  [[ -e $folder/ready ]] || step "Installing Python's icalendar" install_icalendar "$folder"
}
install_icalendar() {
  mkdir -p "$CACHE"
  rm -rf "$1"
  quietly "$CACHE/icalendar.log" python3 -m venv "$1"
  quietly "$CACHE/icalendar.log" "$1/bin/pip" install --disable-pip-version-check --no-deps -r scripts/check-ics.txt
  touch "$1/ready"
}

# Each test makes a database, and Postgres makes it as a copy of this one: with the migrations in it they need not
# be applied some hundred times.
migrate_template() { DATABASE_URL=$(pg_url "$THROWAWAY" template1) quietly "$RESULTS/migrate.log" "$RESULTS/stafett" migrate; }

wanted() { [[ " ${SUITES[*]} " == *" $1 "* ]]; }

# What is made of uploaded files is tried with the programs that make it.
needed=(media)
[[ -n ${DATABASE_URL:-} ]] || needed+=(postgres)
# Debian's Chromium without the windows that nobody sees, which took half of the time; CHROMIUM=/usr/bin/chromium
# is the one with them.
if wanted browser; then needed+=(headless venv); fi
need_to_build "${needed[@]}"
if [[ -n ${DATABASE_URL:-} ]]; then
  say "→ Using the server that DATABASE_URL names"
  ADMIN_URL=$DATABASE_URL
else
  step "Starting a Postgres that is thrown away afterwards" throwaway_start fast
fi
if wanted browser; then
  need_node 20
  need_npm end2end
  need_icalendar
fi
if wanted browser; then
  step "Building the server and the client" build_all
else
  step "Building the server" build_server
fi
# Rust's tests leave a server behind that is not optimised, in the place of this one.
cp "$BIN" "$RESULTS/stafett"
if [[ -z ${DATABASE_URL:-} ]]; then step "Migrating what every new database is copied from" migrate_template; fi
if wanted rust; then step "Rust's tests" rust_tests; fi
if wanted browser; then step "The tests in the browser" browser_tests; fi
