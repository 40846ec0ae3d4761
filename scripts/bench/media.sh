# shellcheck shell=bash
# One file of 1 GB to 50 clients in ranges, beside nginx with the same file; and what memory a file of 2 GB takes.
# Sourced.

# Asks for a random range of 4 MB of a file of 1 GB each time.
write_ranges() {
  cat >"$WORK/ranges.lua" <<'LUA'
math.randomseed(os.time())
request = function()
  local first = math.random(0, 255) * 4000000
  return wrk.format("GET", nil, { ["Range"] = "bytes=" .. first .. "-" .. (first + 3999999) })
end
LUA
}

# throughput URL: bytes a second, 50 clients, MB of a million bytes.
throughput() {
  local text
  text=$(run timeout 120 wrk -t 1 -c 50 -d 8s -s "$WORK/ranges.lua" "$1")
  grep -q 'Non-2xx' <<<"$text" && die "ranges were not given: $text"
  awk '/^Transfer\/sec:/ {
    value = $2 + 0; unit = $2; sub(/^[0-9.]+/, "", unit)
    factor["B"] = 1; factor["KB"] = 1024; factor["MB"] = 1048576; factor["GB"] = 1073741824
    printf "%.1f", value * factor[unit] / 1000000
  }' <<<"$text"
}

nginx_start() {
  free_port
  NGINX_PORT=$PORT
  mkdir -p "$WORK/nginx"
  cat >"$WORK/nginx/conf" <<CONF
daemon off;
$(is_root && echo 'user root;')
worker_processes auto;
pid $WORK/nginx/pid;
error_log $WORK/nginx/error.log;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on;
  client_body_temp_path $WORK/nginx/a; proxy_temp_path $WORK/nginx/b; fastcgi_temp_path $WORK/nginx/c;
  uwsgi_temp_path $WORK/nginx/d; scgi_temp_path $WORK/nginx/e;
  server { listen 127.0.0.1:$NGINX_PORT; root $WORK/media; types { video/mp4 mp4; } }
}
CONF
  nginx -c "$WORK/nginx/conf" -e "$WORK/nginx/error.log" </dev/null >/dev/null 2>&1 &
  BESIDE+=("$!")
  await_port "$!" "$NGINX_PORT" "$WORK/nginx/error.log"
}

# media_file NAME ROLE BYTES: writes down that the recording has it.
media_file() {
  sql media -c "insert into media_files (recording_id, role, key, content_type, bytes) select id, '$2', '$1', 'video/mp4', $3 from recordings"
}

bench_media() {
  local big=bench0bench0bench0.mp4 huge=bench1bench1bench1.mp4 ours=() theirs=() n before after flat took began
  # Debian starts it when it is installed, but in run level 1.
  has nginx || RUNLEVEL=1 need_packages nginx
  make_database media
  sql media -c "
    with programme as (insert into programmes (slug, title_sv) values ('p', 'P') returning id),
    event as (
      insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
      select 'e', id, 'seminar', 'published', 'E', now() - interval '7 days', now() - interval '6 days', 'digital' from programme returning id
    )
    insert into recordings (event_id, slug, title, state, published_at) select id, 'film', 'Film', 'published', now() from event"
  mkdir -p "$WORK/media"
  head -c 1024000000 /dev/urandom >"$WORK/media/$big"
  # Nothing of it is on the disk.
  truncate -s 2147483648 "$WORK/media/$huge"
  media_file "$big" original 1024000000
  media_file "$huge" signed 2147483648
  write_ranges
  server_start media
  nginx_start
  curl -s -f -o /dev/null "http://$ADDRESS/media/$big" || server_failed
  before=$(memory "$SERVER" VmHWM)
  began=$EPOCHREALTIME
  curl -s -f -o /dev/null "http://$ADDRESS/media/$huge" || server_failed
  took=$(since "$began")
  after=$(memory "$SERVER" VmHWM)
  row "a file of 2 GB: time; memory beside that of the server" "$(round "$took") ms; $(mb $((after - before))) MB" - - "< 10 MB" "$(met "$(mb $((after - before)))" '<=' 9.9)"
  for ((n = 0; n < RUNS; n++)); do
    theirs+=("$(throughput "http://127.0.0.1:$NGINX_PORT/$big")")
    ours+=("$(throughput "http://$ADDRESS/media/$big")")
    say "  ${ours[n]} MB/s; nginx ${theirs[n]} MB/s"
  done
  flat=$(memory "$SERVER" VmHWM)
  n=$(ratio "$(median "${ours[@]}")" "$(median "${theirs[@]}")")
  row "1 GB to 50 clients in ranges of 4 MB" "$(round "$(median "${ours[@]}")") MB/s" "nginx $(round "$(median "${theirs[@]}")") MB/s" "$n" ">= 0.80" "$(met "$n" '>=' 0.8)"
  row "  memory at most" "$(mb "$flat") MB" - - "< 120 MB" "$(met "$(mb "$flat")" '<=' 119.9)"
  stop "$SERVER"
}
