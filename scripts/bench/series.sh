# shellcheck shell=bash
# Signing up for a series of seven stops in one go, against signing up for one event of the same kind. Sourced.

SERIES_PEOPLE=400
STOPS=7

# sign_up_all PATH CONNECTIONS: so many new people, one after the other over each connection. Sets EACH, the
# milliseconds that one costs: all of the time by the number of people.
SIGNED_UP=0
sign_up_all() {
  local n seconds rate p50 p99
  for ((n = 0; n < SERIES_PEOPLE; n++)); do
    printf '%s\tname=Deltagare&email=%s%%40exempel.se&organisation=Exempelkommun&consent=yes\n' "$1/sign-up" "$((++SIGNED_UP))"
  done >"$WORK/forms"
  run timeout 120 "$TARGET/release/examples/crowd" posts "$ADDRESS" "$WORK/forms" "$2" >"$WORK/posts.out" || server_failed
  read -r seconds rate p50 p99 <"$WORK/posts.out"
  EACH=$(awk -v s="$seconds" -v n=$SERIES_PEOPLE 'BEGIN { print s * 1000 / n }')
  say "  $1, $2 at once: $(round "$EACH" 2) ms each (answer: median $p50 ms, p99 $p99 ms), $(round "$rate") a second"
}

# Every place, every mail; prints what is wrong. `alone` and `whole` are how many signed up for what.
check_series() {
  sql series -v alone="$1" -v whole="$2" -v stops=$STOPS <<'SQL'
select problem || ': ' || count from (
    select 'alone' as problem, abs(count(*) - :alone) as count from sign_ups s
        join events e on e.id = s.event_id where e.slug = 'ensam' and s.status = 'confirmed'
    union all select 'wholes', abs(count(*) - :whole) from series_sign_ups
    union all select 'people without all stops', count(*) from series_sign_ups w where (
        select count(distinct s.event_id) from sign_ups s
        where s.series_sign_up_id = w.id and s.person_id = w.person_id and s.status = 'confirmed') <> :stops
    union all select 'counts', count(*) from event_ways w join events e on e.id = w.event_id
        where w.confirmed <> case when e.slug = 'ensam' then :alone else :whole end
    union all select 'numbers that are not 1, 2, 3', count(*) from (
        select queue_number, row_number() over (partition by event_id order by queue_number) as wanted
        from sign_ups) n where queue_number <> wanted
    union all select 'mails', abs(count(*) - (:alone + :stops * :whole)) from mails where kind = 'confirmed'
) problems where count > 0;
SQL
}

bench_series() {
  local n connections wrong alone whole
  local -A single=() series=()
  make_database series
  sql series -f scripts/bench/series.sql
  server_start series
  # Both once before: prepared statements, and a desk that stands.
  sign_up_all /events/ensam 1
  sign_up_all /series/turne 1
  for ((n = 0; n < RUNS; n++)); do
    for connections in 1 8; do
      sign_up_all /events/ensam "$connections"
      single[$connections]+=" $EACH"
      sign_up_all /series/turne "$connections"
      series[$connections]+=" $EACH"
    done
  done
  n=$((SERIES_PEOPLE * (1 + 2 * RUNS)))
  wrong=$(check_series "$n" "$n")
  [[ -z $wrong ]] || die "the sign-ups are not right: $wrong"
  say "  $n people have a place at each of $STOPS stops, $n at the one event, a mail for each place"
  stop "$SERVER"
  for connections in 1 8; do
    # shellcheck disable=SC2086  # several figures
    alone=$(median ${single[$connections]}) whole=$(median ${series[$connections]})
    row "a series of $STOPS stops, $connections at once: ms each (floor: one event)" "$(round "$whole" 2)" "$(round "$alone" 2)" "$(ratio "$whole" "$alone")" "<= 3.0" "$(met "$(ratio "$whole" "$alone")" '<=' 3)"
  done
}
