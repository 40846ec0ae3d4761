# shellcheck shell=bash
# The page of a recording of two hours with 2,000 cues: how soon the server answers, whether the text follows the sound
# without a dropped frame on a slow processor, and what a first visit to it loads beside one to the calendar. Sourced.

# answers_of ADDRESS [curl options]: the median of nine answers, in milliseconds, after one that is not counted. "#" in the
# address is a number that was not asked for before.
answers_of() {
  local n address times=()
  for ((n = 0; n < 10; n++)); do
    address=${1//'#'/$((n + 1))}
    times+=("$(curl -s -m 20 -o "$WORK/recording.out" "${@:2}" -w '%{http_code} %{time_total}' "http://$ADDRESS$address" | awk '$1 == 200 { print $2 * 1000 }')")
    [[ -n ${times[n]} ]] || server_failed
  done
  median "${times[@]:1}"
}

bench_recording() {
  local link cookie key value anonymous kept known film=0recordingoftwohours.wav
  local -A got
  make_database recording
  sql recording -v key="$film" -f scripts/bench/recording.sql
  mkdir -p "$STAFETT_MEDIA"
  # RIFF WAVE, one channel, 8,000 samples of 8 bits a second: two hours of silence.
  {
    printf 'RIFF\x24\xe8\x6e\x03WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\0\xe8\x6e\x03'
    head -c 57600000 /dev/zero | LC_ALL=C tr '\0' '\200'
  } >"$STAFETT_MEDIA/$film"
  DATABASE_URL=$(pg_url "$THROWAWAY" recording) quietly "$WORK/grant.log" "$BIN" admin grant tittar@exempel.se --role administrator
  link=$(DATABASE_URL=$(pg_url "$THROWAWAY" recording) "$BIN" admin link tittar@exempel.se | grep -oE '/sign-in/[A-Za-z0-9_-]{43}')
  server_start recording
  curl -s -m 20 -o /dev/null -c "$WORK/recording.jar" -d '' "http://$ADDRESS$link"
  cookie=$(awk '$6 == "stafett_session" { print $6 "=" $7 }' "$WORK/recording.jar")
  [[ -n $cookie ]] || server_failed
  # An address that was not asked for before is nothing that could have been kept.
  anonymous=$(answers_of '/recordings/lang?t=#')
  known=$(answers_of /recordings/lang -b "$cookie")
  kept=$(answers_of /recordings/lang)
  ADDRESS=http://$ADDRESS run timeout 300 setpriv --pdeathsig TERM env -C end2end/bench node recording.mjs >"$WORK/recording.found" || server_failed
  sed -n 's/^#/ /p' "$WORK/recording.found"
  while read -r key value; do got[$key]=$value; done < <(grep -v '^#' "$WORK/recording.found")
  stop "$SERVER"
  row "recording of 2 hours, 2,000 cues: the server's answer, signed in (median)" "$(round "$known" 1) ms" - - "<= 20 ms" "$(met "$known" '<=' 20)"
  row "  not signed in, made anew; kept" "$(round "$anonymous" 1), $(round "$kept" 1) ms" - - "<= 20 ms" "$(met "$anonymous" '<=' 20)"
  row "  20 s of following, CPU slowed 4 times: frames over 50 ms, over 25 ms (one was dropped), of" "${got[long]}, ${got[dropped]}, ${got[frames]}" - - "0 over 50" "$(met "${got[long]}" '<=' 0)"
  row "  first visit: JS + WASM, beside the calendar's" "$(awk -v b="${got[recording]}" 'BEGIN { printf "%.1f", b / 1000 }') kB" "$(awk -v b="${got[calendar]}" 'BEGIN { printf "%.1f", b / 1000 }') kB" "$(ratio "${got[recording]}" "${got[calendar]}")" "<= +30 kB" "$(met "${got[recording]}" '<=' "$((got[calendar] + 30000))")"
}
