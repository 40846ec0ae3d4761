# shellcheck shell=bash
# The first visit to /calendar: bytes as a browser gets them, and what Lighthouse says. Sourced.

bench_visit() {
  local key value
  local -A got
  make_database visit
  DATABASE_URL=$(pg_url "$THROWAWAY" visit) quietly "$WORK/seed.log" "$BIN" seed
  server_start visit
  ADDRESS=http://$ADDRESS/calendar run timeout 400 setpriv --pdeathsig TERM env -C end2end/bench node visit.mjs >"$WORK/visit.out"
  sed -n 's/^#/ /p' "$WORK/visit.out"
  while read -r key value; do got[$key]=$value; done < <(grep -v '^#' "$WORK/visit.out")
  stop "$SERVER"
  kb() { awk -v bytes="$1" 'BEGIN { printf "%.1f", bytes / 1000 }'; }
  row "first visit to /calendar: HTML + CSS" "$(kb "${got[document]}") kB" - - "<= 40 kB" "$(met "${got[document]}" '<=' 40000)"
  row "  JS + WASM" "$(kb "${got[code]}") kB" - - "<= 280 kB" "$(met "${got[code]}" '<=' 280000)"
  row "  all of it; FullCalendar's script alone" "$(kb "${got[all]}") kB" "$(kb "${got[fullcalendar]}") kB" "$(ratio "${got[all]}" "${got[fullcalendar]}")" - -
  for key in performance accessibility best-practices seo; do
    row "  Lighthouse, mobile: $key" "${got[$key]}" - - ">= 95" "$(met "${got[$key]}" '>=' 95)"
  done
}
