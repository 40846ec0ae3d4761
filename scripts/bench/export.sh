# shellcheck shell=bash
# 50,000 sign-ups as files: how long it takes, and how much memory the server needs for it. Sourced.

# taken FILE: the median of three, in milliseconds, after one that is not counted.
taken() {
  local n times=()
  for ((n = 0; n < 4; n++)); do
    times+=("$(curl -s -m 120 -o "$WORK/$1" -b "$WORK/export.jar" -w '%{http_code} %{time_total}' "http://$ADDRESS/organise/events/stor/$1" | awk '$1 == 200 { print $2 * 1000 }')")
    [[ -n ${times[n]} ]] || server_failed
  done
  median "${times[@]:1}"
}

bench_export() {
  local link before text sheet text_memory sheet_memory floor n times=() began lines
  make_database export
  sql export -v people=50000 -v seats=48000 -f scripts/bench/people.sql
  DATABASE_URL=$(pg_url "$THROWAWAY" export) quietly "$WORK/grant.log" "$BIN" admin grant ordnar@exempel.se --role administrator
  link=$(DATABASE_URL=$(pg_url "$THROWAWAY" export) "$BIN" admin link ordnar@exempel.se | grep -oE '/sign-in/[A-Za-z0-9_-]{43}')
  server_start export
  curl -s -m 20 -o /dev/null -c "$WORK/export.jar" -d '' "http://$ADDRESS$link"
  curl -s -m 20 -o /dev/null -b "$WORK/export.jar" "http://$ADDRESS/organise/events/stor"
  before=$(memory "$SERVER" VmRSS)
  text=$(taken list.csv)
  lines=$(wc -l <"$WORK/list.csv")
  ((lines == 50001)) || die "the file has $lines lines"
  text_memory=$(mb $(($(memory "$SERVER" VmHWM) - before)))
  sheet=$(taken list.xlsx)
  sheet_memory=$(mb $(($(memory "$SERVER" VmHWM) - before)))
  stop "$SERVER"
  for ((n = 0; n < 4; n++)); do
    began=$EPOCHREALTIME
    sql export -c "\\copy (select s.name, s.organisation, p.email, s.status, to_char(s.created_at at time zone 'Europe/Stockholm', 'YYYY-MM-DD HH24:MI'), (select string_agg(a.answer, ', ') from sign_up_answers a where a.sign_up_id = s.id and a.question_id = 1), (select string_agg(a.answer, ', ') from sign_up_answers a where a.sign_up_id = s.id and a.question_id = 2) from sign_ups s join people p on p.id = s.person_id order by s.queue_number) to '$WORK/floor.csv' with (format csv, delimiter ';')"
    times+=("$(since "$began")")
  done
  floor=$(median "${times[@]:1}")
  row "50,000 sign-ups as CSV" "$(round "$text") ms" "psql $(round "$floor") ms" "$(ratio "$text" "$floor")" - -
  row "  memory that it takes at most" "$text_memory MB" - - "<= 60 MB" "$(met "$text_memory" '<=' 60)"
  row "  as XLSX; memory that it takes at most" "$(round "$sheet") ms; $sheet_memory MB" - - - -
}
