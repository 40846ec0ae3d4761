# shellcheck shell=bash
# The organiser's list of 5,000 sign-ups: how long the server takes to the first rows. Sourced.

bench_people() {
  local link page found
  make_database people
  sql people -v people=5000 -v seats=4800 -f scripts/bench/people.sql
  DATABASE_URL=$(pg_url "$THROWAWAY" people) quietly "$WORK/grant.log" "$BIN" admin grant ordnar@exempel.se --role administrator
  link=$(DATABASE_URL=$(pg_url "$THROWAWAY" people) "$BIN" admin link ordnar@exempel.se | grep -oE '/sign-in/[A-Za-z0-9_-]{43}')
  server_start people
  curl -s -m 20 -o /dev/null -c "$WORK/people.jar" -d '' "http://$ADDRESS$link"
  page=$(first_rows /organise/events/stor)
  found=$(first_rows "/organise/events/stor?q=oberg+kommun+1&sort=name")
  stop "$SERVER"
  row "list of 5,000 sign-ups: first rows (median)" "$(round "$page") ms" - - "<= 200 ms" "$(met "$page" '<=' 200)"
  row "  searched, by name" "$(round "$found") ms" - - "<= 200 ms" "$(met "$found" '<=' 200)"
}
