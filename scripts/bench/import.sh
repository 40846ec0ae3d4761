# shellcheck shell=bash
# Files of 5,000 rows: people until all of them are signed up, events until all of them are drafts, until all of them
# are changed, and until none of it is there. Sourced.

# people_file RUN: a list of 5,000 people, others for each run.
people_file() {
  awk -v run="$1" 'BEGIN { print "Namn;E-post;Organisation"; for (n = 1; n <= 5000; n++) printf "Person %d;p%d-%d@exempel.se;Kommun %d\n", n, run, n, n % 290 }'
}

# events_file RUN PLACE: a list of 5,000 events of half an hour, others for each run.
events_file() {
  awk -v run="$1" -v place="$2" 'BEGIN {
    print "ID;Titel;Datum;Börjar;Slutar;Plats;Beskrivning"
    for (n = 1; n <= 5000; n++)
      printf "%d-%d;Frukost %d om innovation;2031-%02d-%02d;%02d:00;%02d:30;%s %d;Vi ses och pratar om arbetet i kommun %d.\n", run, n, n, 1 + n % 12, 1 + n % 28, 8 + n % 9, 8 + n % 9, place, n % 40, n % 290
  }'
}

# sent PAGE FILE FIELD...: sends a file; the address of its preview.
sent() {
  local page=$1 file=$2 fields=()
  shift 2
  for field in "$@"; do fields+=(-F "$field"); done
  curl -s -m 60 -o /dev/null -b "$WORK/import.jar" -w '%{redirect_url}' -H 'sec-fetch-site: same-origin' \
    "${fields[@]}" -F "file=@$file" "http://$ADDRESS$page"
}

# confirmed PAGE [MORE]: looks at the preview, says yes, and looks as somebody looks who waits, until all is written.
confirmed() {
  local seen
  seen=$(curl -s -m 60 -b "$WORK/import.jar" "$1" | grep -oE 'name="seen" value="[0-9.]+"' | grep -oE '[0-9.]+' | tail -n 1)
  [[ $seen == *5000.* ]] || server_failed
  curl -s -m 60 -o /dev/null -b "$WORK/import.jar" -H 'sec-fetch-site: same-origin' -d "do=confirm&seen=$seen${2:-}" "$1"
  until [[ $(sql import -Atc "select state from imports order by id desc limit 1") == done ]]; do
    sleep 0.05
  done
}

# imported RUN: milliseconds from sending 5,000 people until all of them are signed up.
imported() {
  local began page
  people_file "$1" >"$WORK/people-$1.csv"
  began=$EPOCHREALTIME
  page=$(sent /organise/events/stor/import "$WORK/people-$1.csv" kind=people)
  [[ -n $page ]] || server_failed
  confirmed "$page" "&consent=yes&mail=yes"
  since "$began"
}

# events_imported RUN PLACE: milliseconds from sending 5,000 events until all of them are written.
events_imported() {
  local began page
  events_file "$1" "$2" >"$WORK/events-$1.csv"
  began=$EPOCHREALTIME
  page=$(sent /organise/import "$WORK/events-$1.csv" "home=$(sql import -Atc "select id from programmes")")
  [[ -n $page ]] || server_failed
  confirmed "$page"
  since "$began"
}

# undone: milliseconds until the last import is taken back, and nothing of it is left alone.
undone() {
  local began import
  import=$(sql import -Atc "select max(id) from imports")
  began=$EPOCHREALTIME
  curl -s -m 60 -o /dev/null -b "$WORK/import.jar" -H 'sec-fetch-site: same-origin' -d "do=undo" "http://$ADDRESS/organise/import/$import"
  since "$began"
  [[ $(sql import -Atc "select state || left_alone from imports where id = $import") == undone0 ]] || server_failed
}

bench_import() {
  local link before memory n took made changed back times=() making=() changing=() undoing=()
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
  for ((n = 0; n < 3; n++)); do
    # Made and taken back; then made once more, to be changed by the next file.
    making+=("$(events_imported "$n" Sal)")
    undoing+=("$(undone)")
    events_imported "$n" Sal >/dev/null
    changing+=("$(events_imported "$n" Rum)")
  done
  made=$(median "${making[@]}") changed=$(median "${changing[@]}") back=$(median "${undoing[@]}")
  stop "$SERVER"
  row "5,000 people from a file, sent to signed up" "$(round "$took") ms" - - "<= 5000 ms" "$(met "$took" '<=' 5000)"
  row "  memory that it takes at most" "$memory MB" - - - -
  row "5,000 events from a file, sent to drafts" "$(round "$made") ms" - - "<= 5000 ms" "$(met "$made" '<=' 5000)"
  row "  all of them taken back" "$(round "$back") ms" - - - -
  row "  all of them changed by the next file" "$(round "$changed") ms" - - "<= 5000 ms" "$(met "$changed" '<=' 5000)"
}
