# shellcheck shell=bash
# The server with the demonstration: how soon does it answer after its start, and how much memory has it? Sourced.

# first_answer: starts the server and asks for the calendar as soon as it listens. Sets AFTER (ms) and STATUS.
first_answer() {
  local connection
  server_launch "$1"
  until { exec {connection}<>"/dev/tcp/127.0.0.1/$PORT"; } 2>/dev/null; do
    kill -0 "$SERVER" 2>/dev/null || {
      tail -n 20 "$WORK/server.log" >&2
      die "the server did not start; what it said is above"
    }
    sleep 0.002
  done
  printf 'GET /calendar HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$ADDRESS" >&"$connection"
  IFS= read -r -t 20 STATUS <&"$connection"
  AFTER=$(since "$LAUNCHED")
  exec {connection}>&-
}

bench_server() {
  local n times=() sizes=() later
  make_database server
  DATABASE_URL=$(pg_url "$THROWAWAY" server) quietly "$WORK/seed.log" "$BIN" seed
  for ((n = 0; n < 5; n++)); do
    first_answer server
    [[ $STATUS == 'HTTP/1.1 200'* ]] || die "the first answer was $STATUS"
    sleep 1
    times+=("$AFTER")
    sizes+=("$(memory "$SERVER" VmRSS)")
    say "  first answer after $AFTER ms; $(mb "${sizes[-1]}") MB"
    if ((n == 4)); then
      run timeout 60 wrk -t 1 -c 16 -d 3s "http://$ADDRESS/calendar" >/dev/null
      later=$(memory "$SERVER" VmRSS)
    fi
    stop "$SERVER"
  done
  n=$(mb "$(highest "${sizes[@]}")")
  row "server: memory after start and first page" "$n MB" - - "< 60 MB" "$(met "$n" '<=' 59.9)"
  row "  after a load of 3 s" "$(mb "$later") MB" - - - -
  n=$(highest "${times[@]}")
  row "  from start to first answer (median, worst)" "$(round "$(median "${times[@]}")") ms, $(round "$n") ms" - - "< 1000 ms" "$(met "$n" '<=' 999)"
}
