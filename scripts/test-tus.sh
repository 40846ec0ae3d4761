#!/usr/bin/env bash
# `make test-tus`: uploads by tuspy, a client of tus that is not ours, with the server killed in the middle.
# `make test-s3`: the same, with the files in an S3 server (moto's) in the place of a folder; and what is made of a film.
source "$(dirname "$0")/lib.sh"
source scripts/listen.sh
source scripts/packages.sh
source scripts/postgres.sh
source scripts/rust.sh
source scripts/npm.sh
source scripts/build.sh
WHERE=${1:-folder}

# need_python NAME: what scripts/NAME.txt lists, in an environment of its own; sets PYTHON.
need_python() {
  local folder
  folder=$CACHE/$1-$(cat "scripts/$1.txt" <(python3 --version) | sha256sum | cut -c 1-12)
  PYTHON=$folder/bin/python
  [[ -e $folder/ready ]] || step "Installing what scripts/$1.txt lists" install_python "$folder" "$1"
}
install_python() {
  mkdir -p "$CACHE"
  rm -rf "$1"
  quietly "$CACHE/$2.log" python3 -m venv "$1"
  quietly "$CACHE/$2.log" "$1/bin/pip" install --disable-pip-version-check --no-deps -r "scripts/$2.txt"
  touch "$1/ready"
}

stop_moto() {
  kill "$MOTO" 2>/dev/null
  wait "$MOTO" 2>/dev/null
}
start_moto() {
  local port=5600 tries
  while answers 127.0.0.1 "$port"; do ((port++)); done
  "$(dirname "$PYTHON")/moto_server" -H 127.0.0.1 -p "$port" </dev/null >"$WORK/moto.log" 2>&1 &
  MOTO=$!
  on_exit stop_moto
  for ((tries = 0; tries < 300; tries++)); do
    answers 127.0.0.1 "$port" && break
    kill -0 "$MOTO" 2>/dev/null || { tail -n 20 "$WORK/moto.log" >&2; die "moto does not start"; }
    sleep 0.1
  done
  curl -s -f -o /dev/null -X PUT "http://127.0.0.1:$port/films" || die "moto makes no bucket"
  export STAFETT_MEDIA=s3://films/stafett STAFETT_S3_ENDPOINT=http://127.0.0.1:$port STAFETT_S3_KEY=id STAFETT_S3_SECRET=secret
}

# A database with a recording, and the cookie of an administrator.
prepare() {
  local link
  quietly "$WORK/log" "$BIN" migrate
  quietly "$WORK/log" psql -X -q -v ON_ERROR_STOP=1 -d "$DATABASE_URL" -c "
    with programme as (insert into programmes (slug, title_sv) values ('p', 'P') returning id),
    event as (
      insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
      select 'e', id, 'seminar', 'published', 'E', now() - interval '7 days', now() - interval '6 days', 'digital' from programme returning id
    )
    insert into recordings (event_id, slug, title, state, published_at) select id, 'film', 'Film', 'published', now() from event"
  quietly "$WORK/log" "$BIN" admin grant ordnar@exempel.se --role administrator
  link=$("$BIN" admin link ordnar@exempel.se | grep -oE '/sign-in/[A-Za-z0-9_-]{43}')
  export STAFETT_LISTEN=127.0.0.1:5699
  "$BIN" serve </dev/null >"$WORK/server.log" 2>&1 &
  local server=$! tries
  for ((tries = 0; tries < 200; tries++)); do answers 127.0.0.1 5699 && break; sleep 0.1; done
  curl -s -m 20 -o /dev/null -c "$WORK/jar" -d '' "http://$STAFETT_LISTEN$link"
  kill "$server"
  wait "$server" || true
  COOKIE=$(awk '$6 ~ /^stafett_session/ { print $6 "=" $7 }' "$WORK/jar")
  [[ -n $COOKIE ]] || { tail "$WORK/server.log" >&2; die "nobody could sign in"; }
}

for name in "${!STAFETT_@}"; do
  case $name in STAFETT_CACHE | STAFETT_TEST_BUILD) ;; *) unset "$name" ;; esac
done
WORK=$(mktemp -d)
on_exit rm -rf "$WORK"
mkdir "$WORK/media" "$WORK/uploads"
# A small disk of its own: it gets full, and files have to be copied from it.
if mount -t tmpfs -o size=40m stafett-uploads "$WORK/uploads" 2>/dev/null; then
  on_exit umount "$WORK/uploads"
else
  say "  (no small disk can be made here: what happens when it is full is not tried)"
fi
export TMPDIR=$WORK STAFETT_MEDIA=$WORK/media STAFETT_UPLOADS=$WORK/uploads STAFETT_LOG=warn
need_to_build postgres download venv
step "Starting a Postgres that is thrown away afterwards" throwaway_start fast
export PATH=$PG_BIN:$PATH
DATABASE_URL=$(pg_url "$THROWAWAY" tus)
# A server that was built before, with its site, by STAFETT_TEST_BUILD=no.
if [[ ${STAFETT_TEST_BUILD:-yes} != no ]]; then step "Building the server and the client" build_all; fi
STAFETT_SITE=$(readlink -f "$SITE")
export DATABASE_URL STAFETT_SITE
if [[ $WHERE == s3 ]]; then
  need_python moto
  step "Starting an S3 server (moto)" start_moto
fi
step "Preparing a recording" prepare
need_python check-tus
step "Sending a film by tuspy, files in $WHERE" run "$PYTHON" scripts/check-tus.py "$BIN" "$DATABASE_URL" "$COOKIE" film "$WORK/uploads"
if [[ $WHERE == s3 ]]; then
  step "Making what is made of a film, files in $WHERE" run "$PYTHON" scripts/check-jobs.py "$BIN" "$DATABASE_URL" "$COOKIE" film "$WORK/uploads" "$WORK/moto.log" server/demo/media/uppsala-och-sundsvall.mp4
fi
