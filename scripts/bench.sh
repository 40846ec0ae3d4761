#!/usr/bin/env bash
# `make bench`: measures, in one table with ratios to floors measured in the same run. `bench.sh pages` or any
# other piece runs that piece alone. docs/benchmarks.md says how each figure is made.
source "$(dirname "$0")/lib.sh"
source scripts/listen.sh
source scripts/packages.sh
source scripts/postgres.sh
source scripts/rust.sh
source scripts/npm.sh
source scripts/build.sh
source scripts/bench/common.sh

ALL=(pages crowd series promotion live mail people console day export import media search recording visit month server)
PIECES=("$@")
if ((${#PIECES[@]} == 0)); then PIECES=("${ALL[@]}"); fi
for piece in "${PIECES[@]}"; do
  [[ " ${ALL[*]} " == *" $piece "* ]] || die "there is no piece '$piece'; there are: ${ALL[*]}"
  # shellcheck disable=SC1090  # all of them are in scripts/bench
  source "scripts/bench/$piece.sh"
done
wanted() { [[ " ${PIECES[*]} " == *" $1 "* ]]; }

# What is set for a server of one's own must not change what is measured.
for name in "${!STAFETT_@}"; do
  case $name in STAFETT_CACHE | STAFETT_BENCH_BUILD) ;; *) unset "$name" ;; esac
done
unset DATABASE_URL

WORK=$(mktemp -d)
export STAFETT_MEDIA=$WORK/media
# Registered first, so done last: however it ends, what was measured is printed.
conclude() {
  table
  rm -rf "$WORK"
}
on_exit conclude

packages=(postgres download load)
if wanted visit || wanted recording || wanted month || wanted console || wanted day; then packages+=(chromium); fi
if [[ ${STAFETT_BENCH_BUILD:-yes} == no ]]; then
  # Measures what is there.
  need_packages node "${packages[@]}"
else
  need_to_build "${packages[@]}"
  step "Building the server and the client" build_all
  step "Building the crowd and what stands beside it" run cargo build --release --package server --example crowd --example floor --example promote --example sink
fi
if wanted visit || wanted recording || wanted month || wanted console || wanted day; then
  need_node 20
  need_npm end2end/bench
  CHROMIUM=${CHROMIUM:-$(command -v chromium)}
  export CHROMIUM
fi
BENCH_SITE=$(readlink -f "$SITE")
for file in "$BIN" "$BENCH_SITE/hash.txt" "$TARGET/release/examples/crowd" "$TARGET/release/examples/floor" "$TARGET/release/examples/promote" "$TARGET/release/examples/sink"; do
  [[ -e $file ]] || die "$file is not there: run 'make bench' without STAFETT_BENCH_BUILD"
done

# A thousand streams are a thousand open files.
if (($(ulimit -n) < 4096)); then ulimit -n 4096 2>/dev/null || warn "no more than $(ulimit -n) files may be open here: 'live' may fail (ulimit -n)"; fi

describe_machine() {
  local busy
  say "  $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, $(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo), Linux $(uname -r)"
  say "  commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown), PostgreSQL $("$PG_BIN/postgres" --version | grep -oE "[0-9]+(\.[0-9]+)?" | head -n 1)"
  # How much of two seconds the processors were at work, before anything is measured.
  busy=$(awk '/^cpu / { print $2 + $3 + $4 + $7 + $8, $2 + $3 + $4 + $5 + $6 + $7 + $8 }' /proc/stat)
  sleep 2
  busy=$(awk -v before="$busy" '/^cpu / { split(before, b, " "); printf "%.0f", 100 * ($2 + $3 + $4 + $7 + $8 - b[1]) / ($2 + $3 + $4 + $5 + $6 + $7 + $8 - b[2]) }' /proc/stat)
  say "  processors $busy % busy before the start"
  if ((busy > 10)); then warn "something else runs on this machine: the figures are no more than hints"; fi
}
step "The machine" describe_machine
step "Starting a Postgres that is thrown away afterwards" throwaway_start durable
on_exit stop_beside
for piece in "${PIECES[@]}"; do step "Measuring: $piece" "bench_$piece"; done
