# shellcheck shell=bash
# A thousand open pages, one seat taken: when is the last one told? Sourced.

STREAMS=1000
ROUNDS=7

bench_live() {
  local before after n events month last=() first=() answered=() words
  month=$(date -d "$(date +%Y-%m-15) + 1 month" +%Y-%m)
  make_database live
  make_events live 40 "$month-01" 28
  sql live -c "update event_ways set confirmed = 0, waitlisted = 0, last_queue_number = 0 where event_id = (select id from events where slug = 'aktivitet-1')"
  events=$(sql live -c "select string_agg(id::text, ',' order by id) from events")
  server_start live
  # A server that has answered before: what is counted is the streams.
  curl -s -m 20 -o /dev/null "http://$ADDRESS/calendar?view=month&date=$month"
  sleep 1
  run timeout 180 "$TARGET/release/examples/crowd" streams "$ADDRESS" aktivitet-1 "$events" $STREAMS $ROUNDS "$SERVER" >"$WORK/streams.out" || server_failed
  read -r before after < <(sed -n 's/^memory //p' "$WORK/streams.out")
  while read -r -a words; do
    answered+=("${words[0]}") first+=("${words[1]}") last+=("${words[2]}")
  done < <(sed -n 's/^round //p' "$WORK/streams.out")
  for n in "${!last[@]}"; do say "  sign-up answered after ${answered[n]} ms, first told after ${first[n]} ms, last after ${last[n]} ms"; done
  say "  memory $(mb "$before") MB before, $(mb "$after") MB with $STREAMS streams"
  stop "$SERVER"
  n=$(highest "${last[@]}")
  row "$STREAMS streams, a seat taken: last one told (median, worst)" "$(round "$(median "${last[@]}")") ms, $(round "$n") ms" - - "<= 500 ms" "$(met "$n" '<=' 500)"
  row "  memory per stream" "$(awk -v a="$before" -v b="$after" -v n=$STREAMS 'BEGIN { printf "%.1f kB", (b - a) * 1.024 / n }')" - - - -
}
