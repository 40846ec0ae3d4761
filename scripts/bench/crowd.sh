# shellcheck shell=bash
# Ten thousand people sign up to one event of 500 seats, against pgbench with the smallest SQL. Sourced.

PEOPLE=10000
SEATS=500
CONNECTIONS=200

# The floor's tables, empty.
floor_tables() {
  sql crowd <<'SQL'
drop table if exists floor_sign_ups, floor_events;
create table floor_events (id integer primary key, taken integer not null);
create table floor_sign_ups (number integer primary key, email text not null, status text not null);
insert into floor_events values (1, 0);
SQL
}

# sign_up_in_sql FILE: sets RATE.
sign_up_in_sql() {
  floor_tables
  run timeout 120 "$PG_BIN/pgbench" -n -M prepared -c 8 -j 1 -t $((PEOPLE / 8)) -f "scripts/bench/$1" "$(pg_url "$THROWAWAY" crowd)" >"$WORK/pgbench.out" 2>&1 || {
    cat "$WORK/pgbench.out" >&2
    die "pgbench failed"
  }
  [[ $(sql crowd -c "select count(*) || ' ' || max(number) from floor_sign_ups") == "$PEOPLE $PEOPLE" ]] || die "pgbench did not write what it should"
  RATE=$(sed -nE 's/^tps = ([0-9.]+).*/\1/p' "$WORK/pgbench.out")
}

# check_crowd EVENT ANSWERS: prints what is wrong, nothing if all is right.
check_crowd() {
  sql crowd -v event="'$1'" -v seats=$SEATS -v people=$PEOPLE <<SQL
create temp table told (email text primary key, status text, position integer, connection integer, number integer);
\\copy told from '$2'
create temp table here as
    select p.email, s.status, s.queue_number,
        case when s.status = 'waitlisted' then row_number() over (partition by s.status order by s.queue_number) end as position
    from sign_ups s join people p on p.id = s.person_id join events e on e.id = s.event_id where e.slug = :event;
select problem || ': ' || count from (
    select 'told' as problem, abs(count(*) - :people) as count from told
    union all select 'in the database', abs(count(*) - :people) from here
    union all select 'confirmed', abs(count(*) - :seats) from here where status = 'confirmed'
    union all select 'waitlisted', abs(count(*) - (:people - :seats)) from here where status = 'waitlisted'
    union all select 'lost', count(*) from told left join here using (email) where here.email is null
    union all select 'told something else', count(*) from told join here using (email)
        where (told.status, told.position) is distinct from (here.status, here.position)
    union all select 'numbers that are not 1, 2, 3', count(*) from (
        select queue_number, row_number() over (order by queue_number) as wanted from here) n where queue_number <> wanted
    union all select 'seats not of the first', count(*) from here where (queue_number <= :seats) <> (status = 'confirmed')
    union all select 'overtaken', count(*) from (
        select queue_number < lag(queue_number) over (partition by connection order by number) as overtaken
        from told join here using (email)) o where overtaken
    union all select 'counts', count(*) from event_ways w join events e on e.id = w.event_id
        where e.slug = :event and (confirmed, waitlisted) is distinct from (:seats, :people - :seats)
    union all select 'mails', abs(count(*) - :people) from mails m join events e on e.id = m.event_id where e.slug = :event
) problems where count > 0;
SQL
}

bench_crowd() {
  local n event wrong seconds rate p50 p99 floors=() transactions=() rates=() p50s=() p99s=()
  make_database crowd
  make_events crowd "$RUNS" "$(date -d '+60 days' +%Y-%m-%d)" 1
  sql crowd -c "update event_ways set capacity = $SEATS, confirmed = 0, waitlisted = 0, last_queue_number = 0"
  server_start crowd
  for ((n = 0; n < RUNS; n++)); do
    sign_up_in_sql floor.sql
    floors+=("$RATE")
    say "  floor      $(round "$RATE") a second"
    sign_up_in_sql floor-transaction.sql
    transactions+=("$RATE")
    say "  floor, begin to commit  $(round "$RATE") a second"
    event=aktivitet-$n
    run timeout 180 "$TARGET/release/examples/crowd" sign-ups "$ADDRESS" "$event" $PEOPLE $CONNECTIONS "$WORK/told" >"$WORK/crowd.out" || server_failed
    read -r seconds rate p50 p99 <"$WORK/crowd.out"
    rates+=("$rate") p50s+=("$p50") p99s+=("$p99")
    say "  sign-ups   $(round "$rate") a second ($seconds s), each after $p50 ms, p99 $p99 ms"
    wrong=$(check_crowd "$event" "$WORK/told")
    [[ -z $wrong ]] || die "the sign-ups to $event are not right: $wrong"
    say "  $SEATS confirmed, $((PEOPLE - SEATS)) in line in the order of their numbers, all as they were told"
  done
  say "  memory of the server at most $(mb "$(memory "$SERVER" VmHWM)") MB"
  stop "$SERVER"
  local floor
  rate=$(median "${rates[@]}") floor=$(median "${floors[@]}")
  row "$PEOPLE sign-ups to one event of $SEATS seats, $CONNECTIONS connections: sign-ups/s" "$(round "$rate")" "$(round "$floor")" "$(ratio "$rate" "$floor")" ">= 1.0" "$(met "$(ratio "$rate" "$floor")" '>=' 1)"
  floor=$(median "${transactions[@]}")
  row "  against begin, update, insert, commit" "$(round "$rate")" "$(round "$floor")" "$(ratio "$rate" "$floor")" - -
  row "  confirmed, in line, lost" "$SEATS, $((PEOPLE - SEATS)), 0" - - "$SEATS, $((PEOPLE - SEATS)), 0" yes
  row "  answer: median, p99" "$(round "$(median "${p50s[@]}")") ms, $(round "$(median "${p99s[@]}")") ms" - - - -
}
