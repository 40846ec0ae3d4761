# shellcheck shell=bash
# Searching in what was said in 5,000 recordings of 200 cues each (a million), by people who want the first page with its
# sentences: each kind of question by itself, one after the other, then twenty clients at once, against the barest question
# to the same index by as many. The text is made up (search.awk). Sourced.

# The answers to a list of addresses, one after the other: sets P50, P95 and WORST in milliseconds.
one_by_one() {
  local status
  while read -r address; do
    status=$(curl -s -m 20 -o "$WORK/search.out" -w '%{http_code} %{time_total}\n' "http://$ADDRESS$address")
    [[ $status == 200* ]] || server_failed
    echo "${status#* }"
  done <"$1" | sort -g >"$WORK/search.times"
  read -r P50 P95 WORST < <(awk '{ t[NR] = $1 * 1000 } END { print t[int((NR + 1) / 2)], t[int(NR * .95 + .5)], t[NR] }' "$WORK/search.times")
}

# queries SQL: addresses that ask for what the SQL gives, one a row.
queries() { sql search -c "select '/api/recordings/search?lang=sv&query%5Bq%5D=' || replace(q, ' ', '+') from ($1) q (q)"; }

bench_search() {
  local start kind rate p50 p95 wrong floor
  local -A questions=(
    [common]="select word from search_words where documents > 4000 order by md5(word) limit 40"
    [middle]="select word from search_words where documents between 100 and 400 order by md5(word) limit 40"
    [rare]="select word from search_words where documents between 1 and 5 order by md5(word) limit 40"
    [pair]="select a.word || ' ' || b.word from search_words a, search_words b where a.documents > 4000 and b.documents between 100 and 400 order by md5(a.word || b.word) limit 40"
    [quoted]="select '%22' || split_part(words, ' ', 3) || '+' || split_part(words, ' ', 4) || '%22' from caption_cues where position = 7 order by md5(words) limit 40"
    [slip]="select left(word, 3) || substr(word, 5) from search_words where documents between 50 and 1000 and length(word) > 6 order by md5(word) limit 40"
  )
  make_database search
  start=$EPOCHREALTIME
  awk -v R=5000 -v C=200 -f scripts/bench/search.awk | sql search -v recordings=5000 -v cues=200 -f scripts/bench/search.sql
  say "  written in $(round "$(awk -v ms="$(since "$start")" 'BEGIN { print ms / 1000 }')") s: 5,000 recordings, $(sql search -c "select count(*) from caption_cues") cues, $(sql search -c "select count(*) from search_words") words"
  server_start search
  : >"$WORK/search.all"
  for kind in common middle rare pair quoted slip; do
    queries "${questions[$kind]}" >"$WORK/search.$kind"
    [[ -s $WORK/search.$kind ]] || die "no words for '$kind'"
    one_by_one "$WORK/search.$kind" # warm
    one_by_one "$WORK/search.$kind"
    say "  $kind: p50 $(round "$P50" 1) ms, p95 $(round "$P95" 1) ms, at most $(round "$WORST" 1) ms"
    [[ $kind == quoted || $kind == slip ]] || cat "$WORK/search.$kind" >>"$WORK/search.all"
  done
  # Each client takes the list from a place of its own on; every answer has to be a 200.
  shuf --random-source=<(yes) "$WORK/search.all" >"$WORK/search.mixed"
  LIST=$WORK/search.mixed run timeout 60 wrk -t 2 -c 20 -d 15s -s scripts/bench/list.lua "http://$ADDRESS" >"$WORK/search.out"
  read -r rate p50 p95 wrong < <(sed -n 's/^RESULT //p' "$WORK/search.out")
  [[ ${wrong:-1} == 0 ]] || server_failed
  stop "$SERVER"
  # The floor: which recordings hold one word, ten of them; nothing ranked, nothing shown.
  printf '%s\n' "\\set n random(1, 60000)" "select recording_id from search_documents where everything @@ (select coalesce((select stem_sv from search_words order by word offset :n % 1000 limit 1), 'x'))::tsquery order by recording_id desc limit 10;" >"$WORK/search-floor.sql"
  floor=$(PGOPTIONS='-c enable_seqscan=off' "$PG_BIN/pgbench" -n -T 5 -c 20 -j 2 -M prepared -f "$WORK/search-floor.sql" -h "$THROWAWAY" -U stafett search 2>/dev/null | sed -n 's/^latency average = \([0-9.]*\) ms/\1/p')
  row "search, a million cues in 5,000 recordings, 20 clients: p95, common to rare" "$(round "$p95" 1) ms" "$(round "$floor" 1) ms" "$(ratio "$p95" "$floor")" "<= 50 ms" "$(met "$p95" '<=' 50)"
  row "  median; answers a second" "$(round "$p50" 1) ms; $(round "$rate")" "$(round "$floor" 1) ms" "$(ratio "$p50" "$floor")" - -
}
