# shellcheck shell=bash
# 5,000 people from a file: from the moment the file is sent until all of them are signed up. Sourced.

# people_file RUN: a list of 5,000 people, others for each run.
people_file() {
  awk -v run="$1" 'BEGIN { print "Namn;E-post;Organisation"; for (n = 1; n <= 5000; n++) printf "Person %d;p%d-%d@exempel.se;Kommun %d\n", n, run, n, n % 290 }'
}

# imported RUN: milliseconds until it is all written, looked at as somebody looks who waits.
imported() {
  local began page seen
  people_file "$1" >"$WORK/people-$1.csv"
  began=$EPOCHREALTIME
  page=$(curl -s -m 60 -o /dev/null -b "$WORK/import.jar" -w '%{redirect_url}' -H 'sec-fetch-site: same-origin' \
    -F kind=people -F "file=@$WORK/people-$1.csv" "http://$ADDRESS/organise/events/stor/import")
  [[ -n $page ]] || server_failed
  seen=$(curl -s -m 60 -b "$WORK/import.jar" "$page" | grep -oE 'name="seen" value="[0-9.]+"' | grep -oE '[0-9.]+' | tail -n 1)
  [[ -n $seen ]] || server_failed
  curl -s -m 60 -o /dev/null -b "$WORK/import.jar" -H 'sec-fetch-site: same-origin' \
    -d "do=confirm&seen=$seen&consent=yes&mail=yes" "$page"
  until [[ $(sql import -Atc "select state from imports order by id desc limit 1") == done ]]; do
    sleep 0.05
  done
  since "$began"
}

bench_import() {
  local link before memory n took times=()
  make_database import
  sql import -v people=1 -v seats=100000 -f scripts/bench/people.sql
  DATABASE_URL=$(pg_url "$THROWAWAY" import) quietly "$WORK/grant.log" "$BIN" admin grant ordnar@exempel.se --role administrator
  link=$(DATABASE_URL=$(pg_url "$THROWAWAY" import) "$BIN" admin link ordnar@exempel.se | grep -oE '/sign-in/[A-Za-z0-9_-]{43}')
  server_start import
  curl -s -m 20 -o /dev/null -c "$WORK/import.jar" -d '' "http://$ADDRESS$link"
  before=$(memory "$SERVER" VmRSS)
  for ((n = 0; n < 4; n++)); do
    times+=("$(imported "$n")")
  done
  took=$(median "${times[@]:1}")
  memory=$(mb $(($(memory "$SERVER" VmHWM) - before)))
  stop "$SERVER"
  row "5,000 people from a file, sent to signed up" "$(round "$took") ms" - - "<= 5000 ms" "$(met "$took" '<=' 5000)"
  row "  memory that it takes at most" "$memory MB" - - - -
}
