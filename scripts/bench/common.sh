# shellcheck shell=bash
# What the pieces of `make bench` share: servers, databases, arithmetic, the table. Sourced.

# shellcheck disable=SC2034  # the pieces read it
RUNS=3
TABLE=()

# row WHAT MEASURED FLOOR RATIO AIM MET: a line of the table; "-" where there is nothing to say.
row() {
  local IFS=$'\t'
  TABLE+=("$*")
}

table() {
  ((${#TABLE[@]})) || return 0
  printf '\n'
  {
    printf 'what\tmeasured\tfloor\tratio\taim\tmet\n'
    printf '%s\n' "${TABLE[@]}"
  } | awk -F '\t' '
    { for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) } }
    END {
      for (line = 1; line <= NR; line++) {
        text = ""
        for (i = 1; i <= 6; i++) text = text sprintf("%-*s  ", width[i], cell[line, i])
        sub(/ +$/, "", text)
        print text
        if (line == 1) { gsub(/./, "-", text); print text }
      }
    }'
}

median() { printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
highest() { printf '%s\n' "$@" | sort -g | tail -n 1; }
# round VALUE [DECIMALS]
round() { LC_ALL=C printf "%.${2:-0}f" "$1"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
# met VALUE (">="|"<=") AIM
met() { awk -v a="$1" -v how="$2" -v b="$3" 'BEGIN { print ((how == ">=" ? a >= b : a <= b) ? "yes" : "NO") }'; }
since() { awk -v a="$1" -v b="${2:-$EPOCHREALTIME}" 'BEGIN { printf "%.1f", (b - a) * 1000 }'; }

# sql DATABASE [psql options]
sql() {
  local database=$1
  shift
  PGOPTIONS='-c client_min_messages=warning' "$PG_BIN/psql" -X -q -A -t -v ON_ERROR_STOP=1 -d "$(pg_url "$THROWAWAY" "$database")" "$@"
}

# A new database with nothing in it but the tables.
make_database() {
  DATABASE_URL=$(pg_url "$THROWAWAY" "$1") quietly "$WORK/migrate.log" "$BIN" migrate
}

# make_events DATABASE COUNT FIRST DAYS: so many events, spread over so many days from the first.
make_events() {
  sql "$1" -v count="$2" -v first="$3" -v days="$4" -f scripts/bench/events.sql
}

# Sets PORT to one that is free, another each time.
PORT=3400
free_port() {
  for ((PORT++; PORT < 3800; PORT++)); do
    answers 127.0.0.1 "$PORT" || return 0
  done
  die "no port between 3400 and 3800 is free"
}

# Processes that were started beside this script, ended with it however it ends.
BESIDE=()
stop_beside() {
  local process
  for process in "${BESIDE[@]}"; do kill -TERM "$process" 2>/dev/null; done
  for process in "${BESIDE[@]}"; do end_of "$process"; done
}
# Waits for the end of a process that was told to stop; after ten seconds it is killed.
end_of() {
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    kill -0 "$1" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}
stop() {
  local process
  kill -TERM "$1" 2>/dev/null || true
  end_of "$1"
  for process in "${!BESIDE[@]}"; do
    if [[ ${BESIDE[process]} == "$1" ]]; then unset "BESIDE[process]"; fi
  done
}

# server_launch DATABASE [NAME=VALUE...]: sets SERVER, ADDRESS and LAUNCHED, the time. Does not wait.
server_launch() {
  local database=$1
  shift
  free_port
  ADDRESS=127.0.0.1:$PORT
  LAUNCHED=$EPOCHREALTIME
  env DATABASE_URL="$(pg_url "$THROWAWAY" "$database")" STAFETT_LISTEN="$ADDRESS" STAFETT_SITE="$BENCH_SITE" \
    STAFETT_MODE=production STAFETT_RATE_LIMIT=off "$@" \
    setpriv --pdeathsig KILL "$BIN" serve </dev/null >"$WORK/server.log" 2>&1 &
  SERVER=$!
  BESIDE+=("$SERVER")
}
server_start() {
  server_launch "$@"
  await_port "$SERVER" "$PORT" "$WORK/server.log"
}

# What the server said, where something that was asked of it has failed.
server_failed() {
  tail -n 20 "$WORK/server.log" >&2
  kill -0 "$SERVER" 2>/dev/null || die "the server has ended; what it said is above"
  die "the server did not do what was asked; what it said is above"
}

# await_port PROCESS PORT LOG
await_port() {
  local tries
  for ((tries = 0; tries < 2000; tries++)); do
    if { exec 9<>"/dev/tcp/127.0.0.1/$2"; } 2>/dev/null; then
      exec 9>&-
      return 0
    fi
    kill -0 "$1" 2>/dev/null || break
    sleep 0.01
  done
  tail -n 20 "$3" >&2
  die "a server did not start; what it said is above"
}

# memory PROCESS FIELD: VmRSS (now) or VmHWM (the most so far), in KiB.
memory() { awk -v field="$2:" '$1 == field { print $2 }' "/proc/$1/status"; }
# KiB as MB of a million bytes.
mb() { awk -v k="$1" 'BEGIN { printf "%.1f", k * 1.024 / 1000 }'; }

# first_rows URL: how long curl waits for a page of whoever is signed in by people.jar; the median of nine, in
# milliseconds, after one that is not counted.
first_rows() {
  local n times=()
  for ((n = 0; n < 10; n++)); do
    times+=("$(curl -s -m 20 -o "$WORK/people.out" -b "$WORK/people.jar" -w '%{http_code} %{time_total}' "http://$ADDRESS$1" | awk '$1 == 200 { print $2 * 1000 }')")
    [[ -n ${times[n]} ]] || server_failed
  done
  median "${times[@]:1}"
}
