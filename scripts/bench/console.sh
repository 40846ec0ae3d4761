# shellcheck shell=bash
# Ten organisers have an event's page open while 200 people a second sign up: how long until each of them stands on
# each page? And in the browser: the list of 5,000, scrolled with the processor slowed four times. Sourced.

CONSOLES=10
SIGN_UPS_A_SECOND=200
SECONDS_LONG=10

bench_console() {
  local link cookie event key value
  local -a got
  local -A found
  make_database console
  sql console -v people=5000 -v seats=4800 -f scripts/bench/people.sql
  sql console -c "update event_ways set capacity = 100000"
  DATABASE_URL=$(pg_url "$THROWAWAY" console) quietly "$WORK/grant.log" "$BIN" admin grant ordnar@exempel.se --role administrator
  link=$(DATABASE_URL=$(pg_url "$THROWAWAY" console) "$BIN" admin link ordnar@exempel.se | grep -oE '/sign-in/[A-Za-z0-9_-]{43}')
  event=$(sql console -c "select id from events")
  server_start console
  curl -s -m 20 -o /dev/null -c "$WORK/console.jar" -d '' "http://$ADDRESS$link"
  cookie=$(awk '$6 == "stafett_session" { print $6 "=" $7 }' "$WORK/console.jar")
  [[ -n $cookie ]] || server_failed
  # Before anybody more has signed up, since it is about 5,000.
  ADDRESS=http://$ADDRESS COOKIE=$cookie run timeout 200 setpriv --pdeathsig TERM env -C end2end/bench node scroll.mjs >"$WORK/scroll.out" || server_failed
  sed -n 's/^#/ /p' "$WORK/scroll.out"
  while read -r key value; do found[$key]=$value; done < <(grep -v '^#' "$WORK/scroll.out")
  run timeout 120 "$TARGET/release/examples/crowd" consoles "$ADDRESS" stor "$event" "$cookie" $CONSOLES $SIGN_UPS_A_SECOND $SECONDS_LONG >"$WORK/console.out" || server_failed
  read -r -a got <"$WORK/console.out"
  stop "$SERVER"
  say "  ${got[0]} sign-ups, ${got[1]} a second; the list was read ${got[5]} times, ${got[6]} ms each, the figures ${got[7]} times, ${got[8]} ms each (medians)"
  say "  ${got[9]} of ${got[10]} had been pushed off a console's first page between two readings, and are counted by those right after"
  row "a sign-up shows in $CONSOLES consoles, $SIGN_UPS_A_SECOND a second: median, 99 % within, worst" "$(round "${got[2]}"), $(round "${got[3]}"), $(round "${got[4]}") ms" - - "<= 500 ms" "$(met "${got[4]}" '<=' 500)"
  row "list of 5,000 scrolled, CPU slowed 4 times: frames over 50 ms, of" "${found[long]}, ${found[frames]}" - - "0" "$(met "${found[long]}" '<=' 0)"
}
