# shellcheck shell=bash
# Three thousand at the door, in the browser; and the planners' calendar of a year with 2,000 events. Sourced.

bench_day() {
  local link cookie key value month clashes
  local -A got
  make_database day
  sql day -f scripts/bench/day.sql
  DATABASE_URL=$(pg_url "$THROWAWAY" day) quietly "$WORK/grant.log" "$BIN" admin grant ordnar@exempel.se --role administrator
  link=$(DATABASE_URL=$(pg_url "$THROWAWAY" day) "$BIN" admin link ordnar@exempel.se | grep -oE '/sign-in/[A-Za-z0-9_-]{43}')
  server_start day
  curl -s -m 20 -o /dev/null -c "$WORK/people.jar" -d '' "http://$ADDRESS$link"
  cookie=$(awk '$6 == "stafett_session" { print $6 "=" $7 }' "$WORK/people.jar")
  [[ -n $cookie ]] || server_failed
  month=$(first_rows "/organise/calendar?month=2034-03")
  clashes=$(first_rows "/organise/calendar?month=2034-01&view=clashes")
  ADDRESS=http://$ADDRESS COOKIE=$cookie run timeout 200 setpriv --pdeathsig TERM env -C end2end/bench node hall.mjs >"$WORK/hall.out" || server_failed
  sed -n 's/^#/ /p' "$WORK/hall.out"
  while read -r key value; do got[$key]=$value; done < <(grep -v '^#' "$WORK/hall.out")
  stop "$SERVER"
  row "3,000 at the door: a key to painted (median, worst)" "$(round "${got[key]}"), $(round "${got[worst_key]}") ms" - - - -
  row "  another door's change to shown (median, worst)" "$(round "${got[change]}"), $(round "${got[worst_change]}") ms" - - "<= 1 s" "$(met "${got[worst_change]}" '<=' 1000)"
  row "planners' calendar, 2,000 events a year: a month; clashes (median)" "$(round "$month"), $(round "$clashes") ms" - - "<= 1.5 s" "$(met "$clashes" '<=' 1500)"
}
