# shellcheck shell=bash
# Ten thousand wait in line, and 300 seats become free: at once, and by 300 who cancel. Sourced.

LINE=10000
FREED=300
TAKEN=500

# An event whose seats are taken, and the line before it. Sets EVENT and WAY.
fill_line() {
  sql promotion -v taken=$TAKEN -v line=$LINE <<'SQL'
delete from mails;
delete from sign_ups;
delete from people;
update event_ways set capacity = :taken, confirmed = 0, waitlisted = 0, last_queue_number = 0;
with added as (
    insert into people (name, email, email_key)
    select 'Deltagare ' || n, 'p' || n || '@exempel.se', 'p' || n || '@exempel.se'
    from generate_series(1, :taken + :line) n returning id, name
)
insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation, language, consented_at, consent_version)
select replace(gen_random_uuid()::text, '-', ''), w.event_id, w.way, a.id,
    case when a.number <= :taken then 'confirmed' else 'waitlisted' end, a.number, a.name, 'Exempelkommun', 'sv', now(), 1
from (select *, row_number() over (order by id) as number from added) a cross join event_ways w;
insert into mails (kind, to_address, language, sign_up_id, event_id)
select s.status, p.email, s.language, s.id, s.event_id from sign_ups s join people p on p.id = s.person_id order by s.id;
delete from changes;
vacuum analyze;
SQL
  read -r EVENT WAY < <(sql promotion -F ' ' -c "select event_id, way from event_ways")
}

# The smallest SQL that could do it. Sets FLOOR in ms.
promote_in_sql() {
  sql promotion -v freed=$FREED -v line=$LINE >"$WORK/floor.out" <<'SQL'
drop table if exists floor_line, floor_mails;
create table floor_line (number integer primary key, email text not null, status text not null);
create table floor_mails (id bigint generated always as identity primary key, email text not null);
insert into floor_line select n, 'p' || n || '@exempel.se', 'waitlisted' from generate_series(1, :line) n;
create index on floor_line (number) where status = 'waitlisted';
vacuum analyze floor_line;
\timing on
with first as (select number from floor_line where status = 'waitlisted' order by number limit :freed),
promoted as (
    update floor_line l set status = 'confirmed' from first where l.number = first.number returning l.number, l.email
)
insert into floor_mails (email) select email from promoted order by number;
SQL
  FLOOR=$(sed -nE 's/^Time: ([0-9.]+) ms.*/\1/p' "$WORK/floor.out" | tail -n 1)
}

# check_promotion CANCELLED: prints what is wrong. The first so many have cancelled; the seats that they left, or
# that came, are with the first in line, each has been told, and in the order of the line.
check_promotion() {
  sql promotion -v cancelled="$1" -v taken=$TAKEN -v freed=$FREED -v line=$LINE <<'SQL'
select problem || ': ' || count from (
    select 'promoted' as problem, abs(count(*) - :freed) as count from sign_ups
        where status = 'confirmed' and queue_number > :taken
    union all select 'not the first in line', count(*) from sign_ups
        where (status = 'confirmed') <> (queue_number > :cancelled and queue_number <= :taken + :freed)
    union all select 'in line', abs(count(*) - (:line - :freed)) from sign_ups where status = 'waitlisted'
    union all select 'cancelled', abs(count(*) - :cancelled) from sign_ups where status = 'cancelled'
    union all select 'counts', count(*) from event_ways
        where (confirmed, waitlisted) is distinct from (:taken + :freed - :cancelled, :line - :freed)
    union all select 'mails that wait', abs(count(*) - :freed) from mails where kind = 'promoted' and state = 'queued'
    union all select 'mails to somebody else', count(*) from mails m join sign_ups s on s.id = m.sign_up_id
        where m.kind = 'promoted' and (s.status <> 'confirmed' or s.queue_number <= :taken)
    union all select 'mails out of order', count(*) from (
        select s.queue_number < lag(s.queue_number) over (order by m.id) as overtaken
        from mails m join sign_ups s on s.id = m.sign_up_id where m.kind = 'promoted') o where overtaken
    union all select 'history', abs(count(*) - :freed) from sign_up_history
        where from_status = 'waitlisted' and to_status = 'confirmed'
) problems where count > 0;
SQL
}

right_or_die() {
  local wrong
  wrong=$(check_promotion "$1")
  [[ -z $wrong ]] || die "the promotion is not right: $wrong"
}

bench_promotion() {
  local n taken seconds rate p50 p99 floors=() raised=() cancelled=()
  make_database promotion
  make_events promotion 1 "$(date -d '+60 days' +%Y-%m-%d)" 1
  server_start promotion
  for ((n = 0; n < RUNS; n++)); do
    promote_in_sql
    floors+=("$FLOOR")
    fill_line
    run timeout 60 "$TARGET/release/examples/promote" "$(pg_url "$THROWAWAY" promotion)" "$EVENT" "$WAY" $((TAKEN + FREED)) >"$WORK/promote.out" || server_failed
    read -r taken <"$WORK/promote.out"
    right_or_die 0
    raised+=("$taken")
    fill_line
    sql promotion -c "select '/sign-ups/' || token || '/cancel' || chr(9) || 'reason=' from sign_ups where queue_number <= $FREED order by queue_number" >"$WORK/cancels"
    run timeout 120 "$TARGET/release/examples/crowd" posts "$ADDRESS" "$WORK/cancels" 8 >"$WORK/posts.out" || server_failed
    read -r seconds rate p50 p99 <"$WORK/posts.out"
    right_or_die $FREED
    cancelled+=("$(awk -v s="$seconds" 'BEGIN { print s * 1000 }')")
    say "  floor $FLOOR ms; $FREED seats more: $taken ms; $FREED cancel: $(round "${cancelled[-1]}") ms ($(round "$rate") a second, answer: median $p50 ms, p99 $p99 ms)"
  done
  say "  each time the first $FREED in line have the seats, in order, and a mail for each is in the queue"
  stop "$SERVER"
  local floor
  floor=$(median "${floors[@]}") taken=$(median "${raised[@]}")
  row "$FREED seats more, a line of $LINE: ms until all are given" "$(round "$taken")" "$(round "$floor")" "$(ratio "$taken" "$floor")" "<= 1000" "$(met "$(highest "${raised[@]}")" '<=' 1000)"
  taken=$(median "${cancelled[@]}")
  row "  $FREED cancel over 8 connections: ms until all are given" "$(round "$taken")" - - - -
}
