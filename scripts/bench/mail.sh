# shellcheck shell=bash
# Five thousand mails wait when the server starts, and a mail server takes whatever comes. Sourced.

MAILS=5000

# As many confirmations, each with its invitation, as after a rush to one event.
queue_mails() {
  sql mail -v count="$MAILS" <<'SQL'
delete from mails;
delete from sign_ups;
delete from people where email is not null;
update event_ways set capacity = null, confirmed = 0, waitlisted = 0, last_queue_number = 0;
with added as (
    insert into people (name, email, email_key)
    select 'Åsa Öberg ' || n, 'p' || n || '@exempel.se', 'p' || n || '@exempel.se' from generate_series(1, :count) n
    returning id, name
)
insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation, language, consented_at, consent_version)
select replace(gen_random_uuid()::text, '-', ''), w.event_id, w.way, added.id, 'confirmed', row_number() over (), added.name,
    'Exempelkommun', case when added.id % 5 = 0 then 'en' else 'sv' end, now(), 1
from added cross join event_ways w;
insert into mails (kind, to_address, language, sign_up_id, event_id)
select 'confirmed', p.email, s.language, s.id, s.event_id from sign_ups s join people p on p.id = s.person_id;
delete from changes;
analyze;
SQL
  [[ $(sql mail -c "select count(*) from mails where state = 'queued'") == "$MAILS" ]] || die "the mails were not put into the queue"
}

came() { wc -l <"$WORK/mails"; }
# await_mails COUNT
await_mails() {
  local tries
  for ((tries = 0; tries < 12000; tries++)); do
    (($(came) >= $1)) && return
    kill -0 "$SERVER" 2>/dev/null || break
    sleep 0.01
  done
  server_failed
}

sink_start() {
  free_port
  SMTP=127.0.0.1:$PORT
  setpriv --pdeathsig KILL "$TARGET/release/examples/sink" "$SMTP" "$WORK/mails" </dev/null >"$WORK/sink.log" 2>&1 &
  SINK=$!
  BESIDE+=("$SINK")
  await_port "$SINK" "$PORT" "$WORK/sink.log"
}
posting_server() { server_start mail STAFETT_SMTP_URL="smtp://$SMTP" STAFETT_MAIL_FROM='Stafett <stafett@exempel.se>'; }

# Each mail once, and none still in the queue.
check_mails() {
  local distinct tries left
  # Some may have come twice before the last have come once.
  for ((tries = 0; tries < 100; tries++)); do
    distinct=$(cut -d ' ' -f 2 "$WORK/mails" | sort -u | wc -l)
    ((distinct == MAILS)) && break
    sleep 0.1
  done
  ((distinct == MAILS)) || die "$distinct mails have come, not $MAILS"
  for ((tries = 0; tries < 100; tries++)); do
    left=$(sql mail -c "select count(*) from mails where state <> 'sent'")
    ((left == 0)) && return
    sleep 0.1
  done
  die "$left mails have come and are not marked as sent"
}

# The slowest of some answers that need the database, in ms, while mail goes out.
slowest_answer() {
  local n
  for ((n = 0; n < 40; n++)); do
    curl -s -m 5 -o /dev/null -w '%{time_total}\n' "http://$ADDRESS/readyz"
  done | sort -g | tail -n 1 | awk '{ printf "%.1f", $1 * 1000 }'
}

bench_mail() {
  local n rate slowest twice rates=() slow=()
  make_database mail
  make_events mail 1 "$(date -d '+60 days' +%Y-%m-%d)" 1
  for ((n = 0; n < RUNS; n++)); do
    queue_mails
    sink_start
    posting_server
    slowest=$(slowest_answer)
    await_mails "$MAILS"
    rate=$(awk 'NR == 1 { first = $1 } { last = $1 } END { print (NR - 1) * 1000 / (last - first) }' "$WORK/mails")
    (($(came) == MAILS)) || die "$(came) mails have come, not $MAILS: some came twice"
    check_mails
    rates+=("$rate") slow+=("$slowest")
    say "  $(round "$rate") mails a second; /readyz meanwhile at most $slowest ms; memory at most $(mb "$(memory "$SERVER" VmHWM)") MB"
    stop "$SERVER"
    stop "$SINK"
  done

  # Killed in the middle. That its leases have ended is what a minute or three would do.
  queue_mails
  sink_start
  posting_server
  await_mails $((MAILS / 3))
  # So that the shell does not tell of it.
  disown "$SERVER"
  kill -KILL "$SERVER"
  end_of "$SERVER"
  n=$(came)
  ((n < MAILS)) || die "all mails had gone before the server was killed"
  sql mail -c "update mails set due_at = now() where state = 'queued'"
  posting_server
  await_mails "$MAILS"
  check_mails
  twice=$(($(came) - MAILS))
  say "  killed after $n mails: all $MAILS have come, $twice of them twice"
  ((twice <= 64)) || die "$twice mails came twice, more than are taken up at once"
  stop "$SERVER"
  stop "$SINK"

  rate=$(median "${rates[@]}")
  row "$MAILS mails with invitations in the queue: mails/s" "$(round "$rate")" - - ">= 500" "$(met "$rate" '>=' 500)"
  row "  /readyz meanwhile (worst)" "$(highest "${slow[@]}") ms" - - - -
  row "  server killed in the middle: lost, twice" "0, $twice" - - "0, those in flight" yes
}
