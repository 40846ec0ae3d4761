# shellcheck shell=bash
# From one month to the next in the browser, 5,000 events in the year, against FullCalendar. Sourced.

bench_month() {
  local key value year
  local -A got
  year=$(($(date +%Y) + 1))
  make_database month
  make_events month 5000 "$year-01-01" 365
  sql month -c "select json_agg(json_build_object('title', title_sv, 'url', '/events/' || slug,
      'start', to_char(starts_at at time zone time_zone, 'YYYY-MM-DD\"T\"HH24:MI:SS'),
      'end', to_char(ends_at at time zone time_zone, 'YYYY-MM-DD\"T\"HH24:MI:SS'))) from events" >"$WORK/events.json"
  server_start month
  ADDRESS=http://$ADDRESS YEAR=$year EVENTS=$WORK/events.json run timeout 400 setpriv --pdeathsig TERM env -C end2end/bench node month.mjs >"$WORK/month.out"
  sed -n 's/^#/ /p' "$WORK/month.out"
  while read -r key value; do got[$key]=$value; done < <(grep -v '^#' "$WORK/month.out")
  stop "$SERVER"
  row "next month, 5,000 events, CPU slowed 4 times: click to painted (median)" "$(round "${got[ours]}") ms" "$(round "${got[fullcalendar]}") ms" "$(ratio "${got[ours]}" "${got[fullcalendar]}")" "<= 150 ms" "$(met "${got[ours]}" '<=' 150)"
  row "  worst of nine" "$(round "${got[worst]}") ms" - - - -
  row "  FullCalendar showing two a day, as we do" - "$(round "${got[fullcalendar_limited]}") ms" "$(ratio "${got[ours]}" "${got[fullcalendar_limited]}")" - -
  row "  FullCalendar so, asking for one month only" - "$(round "${got[fullcalendar_feed]}") ms" "$(ratio "${got[ours]}" "${got[fullcalendar_feed]}")" - -
}
