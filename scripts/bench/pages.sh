# shellcheck shell=bash
# The calendar's month page against a bare handler that answers the same bytes. Sourced.

SECONDS_EACH=5

# load URL [SECONDS] [HEADER...]: sets RATE, P50, P99.
load() {
  local url=$1 seconds=${2:-$SECONDS_EACH} header wrong arguments=()
  shift "$(($# < 2 ? $# : 2))"
  for header in "$@"; do arguments+=(-H "$header"); done
  run timeout 60 wrk -t 2 -c 16 -d "${seconds}s" -s scripts/bench/report.lua "${arguments[@]}" "$url" >"$WORK/wrk.out"
  read -r RATE P50 P99 wrong < <(sed -n 's/^RESULT //p' "$WORK/wrk.out")
  if [[ ${wrong:-1} != 0 ]]; then
    cat "$WORK/wrk.out" >&2
    die "requests to $url went wrong"
  fi
}

# The seat of one person a second, until killed.
take_seats() {
  local n
  trap - EXIT INT TERM HUP PIPE
  for ((n = 0; n < 60; n++)); do
    curl -s -m 5 -o /dev/null -H 'Accept: application/json' "http://$1/events/$2/sign-up" \
      -d "name=Deltagare&email=n$RANDOM$n%40exempel.se&organisation=Exempelkommun&consent=yes"
    sleep 1
  done
}

# shellcheck disable=SC2153  # ADDRESS is what server_start sets
bench_pages() {
  local month page address anew_address floor_address kept anew floor taker n floors=() rates=() p99s=() p50s=() anews=() anew_p99s=() busy=() busy_p99s=() zipped=()
  month=$(date -d "$(date +%Y-%m-15) + 1 month" +%Y-%m)
  make_database pages
  make_events pages 40 "$month-01" 28
  page="/calendar?view=month&date=$month"

  server_start pages
  kept=$SERVER address=$ADDRESS
  curl -s -m 20 -o "$WORK/page.html" -D "$WORK/page.head" "http://$address$page"
  n=$(grep -o 'href="/events/' "$WORK/page.html" | wc -l || true)
  if [[ $n != 40 ]] || ! head -n 1 "$WORK/page.head" | grep -q 200; then
    die "the month page was to show 40 events and shows $n"
  fi
  server_start pages STAFETT_KEPT_PAGES_MIB=0
  anew=$SERVER anew_address=$ADDRESS
  free_port
  floor_address=127.0.0.1:$PORT
  setpriv --pdeathsig KILL "$TARGET/release/examples/floor" "$WORK/page.html" "$floor_address" </dev/null >"$WORK/floor.log" 2>&1 &
  floor=$!
  BESIDE+=("$floor")
  await_port "$floor" "$PORT" "$WORK/floor.log"

  # Warm: what is measured is neither the first page nor the first connection.
  load "http://$floor_address/" 1
  load "http://$address$page" 1
  load "http://$anew_address$page" 1
  for ((n = 1; n <= RUNS; n++)); do
    load "http://$floor_address/"
    floors+=("$RATE")
    say "  floor      $(round "$RATE") a second, p50 $P50 ms, p99 $P99 ms"
    load "http://$address$page"
    rates+=("$RATE") p99s+=("$P99") p50s+=("$P50")
    say "  kept       $(round "$RATE") a second, p50 $P50 ms, p99 $P99 ms"
    load "http://$anew_address$page"
    anews+=("$RATE") anew_p99s+=("$P99")
    say "  anew       $(round "$RATE") a second, p50 $P50 ms, p99 $P99 ms"
    load "http://$address$page" "$SECONDS_EACH" 'Accept-Encoding: gzip'
    zipped+=("$RATE")
    say "  gzip       $(round "$RATE") a second, p50 $P50 ms, p99 $P99 ms"
    take_seats "$address" aktivitet-1 &
    taker=$!
    BESIDE+=("$taker")
    load "http://$address$page"
    stop "$taker"
    busy+=("$RATE") busy_p99s+=("$P99")
    say "  busy       $(round "$RATE") a second, p50 $P50 ms, p99 $P99 ms"
  done
  say "  memory of the server at most $(mb "$(memory "$kept" VmHWM)") MB, rendering each page anew $(mb "$(memory "$anew" VmHWM)") MB"
  if [[ $(sql pages -c "select max(confirmed) from event_ways w join events e on e.id = w.event_id where slug = 'aktivitet-1'") -lt 3 ]]; then
    die "no seats were taken while the page was loaded"
  fi
  stop "$kept"
  stop "$anew"
  stop "$floor"

  local rate floor_rate p99
  rate=$(median "${rates[@]}") floor_rate=$(median "${floors[@]}") p99=$(median "${p99s[@]}")
  row "month page, 40 events, $(($(stat -c %s "$WORK/page.html") / 1000)) kB: requests/s" "$(round "$rate")" "$(round "$floor_rate")" "$(ratio "$rate" "$floor_rate")" ">= 0.30" "$(met "$(ratio "$rate" "$floor_rate")" '>=' 0.30)"
  row "  p99 at 16 connections" "$(round "$p99" 2) ms" - - "< 10 ms" "$(met "$p99" '<=' 9.999)"
  rate=$(median "${busy[@]}")
  row "  while a seat is taken every second" "$(round "$rate")" "$(round "$floor_rate")" "$(ratio "$rate" "$floor_rate")" - -
  rate=$(median "${zipped[@]}")
  row "  gzipped" "$(round "$rate")" "$(round "$floor_rate")" "$(ratio "$rate" "$floor_rate")" - -
  rate=$(median "${anews[@]}")
  row "  each rendered anew (kept pages off)" "$(round "$rate")" "$(round "$floor_rate")" "$(ratio "$rate" "$floor_rate")" - -
}
