# shellcheck shell=bash
# Postgres clusters that listen on a socket and on nothing else. Sourced.
#
#   cluster_start            this checkout's own, its data kept between runs; sets DATABASE_URL
#   throwaway_start [KIND]   a new one that is gone when the script ends; sets ADMIN_URL
#
# Postgres refuses to run as root. Root's clusters therefore run under an unprivileged user and lie
# outside the checkout, which that user may not be able to enter.

# What a program that connects reads from the environment must not redirect it.
unset PGHOST PGHOSTADDR PGPORT PGUSER PGDATABASE PGPASSWORD PGSERVICE PGSERVICEFILE PGDATA PGOPTIONS PGSSLMODE

PG_BIN=
# Sets PG_BIN to the newest server of version 15 or later, or to that of the MAJOR version given.
pg_find() {
  local want=${1:-} folder version
  PG_BIN=
  while read -r folder; do
    [[ -x $folder/initdb && -x $folder/postgres ]] || continue
    version=$("$folder/postgres" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
    if [[ -n $want ]]; then
      [[ $version == "$want" ]] || continue
    else
      ((version >= 15)) || continue
    fi
    PG_BIN=$folder
    return 0
  done < <(
    # shellcheck disable=SC2012  # these are version numbers
    ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn
    if has initdb; then dirname "$(readlink -f "$(command -v initdb)")"; fi
  )
  return 1
}

# The user under which Postgres runs.
pg_user() {
  if ! is_root; then
    id -un
  elif id postgres >/dev/null 2>&1; then
    echo postgres
  else
    echo nobody
  fi
}

# as_pg COMMAND...: with a clean environment, in a folder that this user can enter, and without our locks.
as_pg() (
  cd /
  for lock in "${LOCKS[@]}"; do exec {lock}>&-; done
  exec </dev/null
  clean=(env -i "PATH=$PG_BIN:/usr/local/bin:/usr/bin:/bin" LC_ALL=C.UTF-8 TZ=UTC)
  is_root || exec "${clean[@]}" "$@"
  user=$(pg_user)
  exec setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups "${clean[@]}" "$@"
)
LOCKS=()

# Makes a folder that only Postgres' user (and root) can enter.
pg_folder() {
  mkdir -p "$(dirname "$1")"
  mkdir -m 700 "$1" 2>/dev/null || true
  if is_root; then chown "$(pg_user):" "$1"; fi
  # Others can write in /tmp too.
  [[ -d $1 && ! -L $1 && $(stat -c %U "$1") == "$(pg_user)" ]] || die "$1 belongs to somebody else; remove it and run this again"
  chmod 700 "$1"
}

# The process that serves the data in FOLDER, if there is one. A number in postmaster.pid says little: after a
# crash or a restart of the machine it may be anybody's. A server's working folder is its data, though.
pg_process() {
  local pid
  pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null) || return 1
  [[ $pid =~ ^[0-9]+$ && $(readlink "/proc/$pid/cwd" 2>/dev/null) == "$1" ]] || return 1
  echo "$pid"
}

# pg_create DATA LOG [initdb options]: in a folder beside it first, so that an interrupted initdb leaves nothing half.
pg_create() {
  local data=$1 log=$2
  shift 2
  as_pg rm -rf "$data.new"
  as_pg initdb -D "$data.new" --username=stafett --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-instructions "$@" >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    die "initdb failed; what it said is above and in $log"
  }
  as_pg mv -T "$data.new" "$data"
}

# pg_launch DATA SOCKETS LOG SETTING...: starts the server and waits until it answers.
pg_launch() {
  local data=$1 sockets=$2 log=$3 setting options="-c listen_addresses= -c unix_socket_directories=$2"
  shift 3
  for setting in "$@" shared_buffers=192MB jit=off random_page_cost=1.1 timezone=UTC log_timezone=UTC; do options+=" -c $setting"; done
  # Left behind by a server that died: it runs no more, that was looked up before.
  rm -f "$data/postmaster.pid" "$sockets"/.s.PGSQL.*
  # Ctrl-C waits until it has started: then it can be stopped.
  (
    trap '' INT HUP
    as_pg pg_ctl start -D "$data" -l "$log" -o "$options" -t 120 -s -w >/dev/null 2>&1
  )
}

pg_url() { echo "postgres://stafett@localhost/$2?host=$1"; }

cluster_places() {
  local key
  key=$(printf %s "$ROOT" | sha256sum | cut -c 1-12)
  if is_root; then
    CLUSTER=/var/lib/stafett/$key
    SOCKETS=/run/stafett-$key
    return
  fi
  CLUSTER=${XDG_DATA_HOME:-$HOME/.local/share}/stafett/$key
  SOCKETS=/tmp/stafett-$key
  # A socket's path may have 107 bytes, and goes into a URL.
  if [[ ${XDG_RUNTIME_DIR:-} =~ ^/[A-Za-z0-9/_.-]{1,60}$ && -w $XDG_RUNTIME_DIR ]]; then SOCKETS=$XDG_RUNTIME_DIR/stafett-$key; fi
}

# The files of recordings lie beside the data, in the cluster's folder, which stays closed to everybody but Postgres' user
# and root: what reads them for the server is handed them open (server/src/jobs/media/sandbox.rs).
media_folder() {
  export STAFETT_MEDIA=${STAFETT_MEDIA:-$CLUSTER/media}
}

cluster_start() {
  local data made start_lock
  cluster_places
  pg_folder "$CLUSTER"
  CLUSTER=$(realpath "$CLUSTER")
  data=$CLUSTER/data
  printf '%s\n' "$ROOT" >"$CLUSTER/checkout"

  # Whoever uses the cluster holds this lock shared, as long as they live; the last one stops the server.
  exec {start_lock}>>"$CLUSTER/start.lock" {USERS_LOCK}>>"$CLUSTER/users.lock"
  LOCKS=("$start_lock" "$USERS_LOCK")
  flock -w 120 "$start_lock" || die "another start of this checkout's database takes too long; see $CLUSTER/postgres.log"
  flock -w 120 -s "$USERS_LOCK" || die "this checkout's database is being stopped, which takes too long; see $CLUSTER/postgres.log"

  made=$(as_pg cat "$data/PG_VERSION" 2>/dev/null || true)
  if [[ -n $made ]]; then
    pg_find "$made" || die "the data in $data was made by PostgreSQL $made, which is not here any more: install postgresql-$made, or run 'make forget' to begin with an empty database"
  fi
  on_exit cluster_leave
  if pg_process "$data" >/dev/null; then
    # Its sockets are where its starter had them.
    SOCKETS=$(as_pg sed -n 5p "$data/postmaster.pid")
    say "  it runs already and is shared"
    as_pg timeout 120 bash -c "until pg_isready -q -h '$SOCKETS'; do sleep 0.2; done" || cluster_failed
  else
    pg_folder "$SOCKETS"
    [[ -n $made ]] || pg_create "$data" "$CLUSTER/initdb.log" --data-checksums
    if [[ $(stat -c %s "$CLUSTER/postgres.log" 2>/dev/null || echo 0) -gt 10000000 ]]; then mv "$CLUSTER/postgres.log" "$CLUSTER/postgres.log.old"; fi
    pg_launch "$data" "$SOCKETS" "$CLUSTER/postgres.log" max_connections=200 checkpoint_timeout=15min max_wal_size=2GB || cluster_failed
  fi
  exec {start_lock}>&-
  LOCKS=("$USERS_LOCK")
  DATABASE_URL=$(pg_url "$SOCKETS" stafett)
  export DATABASE_URL
  say "  PostgreSQL $("$PG_BIN/postgres" --version | grep -oE '[0-9]+(\.[0-9]+)?' | head -n 1), data in $data"
}

cluster_failed() {
  tail -n 20 "$CLUSTER/postgres.log" >&2 || true
  die "Postgres will not start; the end of $CLUSTER/postgres.log is above. Is the disk full (df -h $CLUSTER)? If the data is beyond help, 'make forget' removes it and the next start makes it anew; or set DATABASE_URL to use another server"
}

cluster_leave() {
  if ! flock -n -x "$USERS_LOCK"; then
    say "Postgres goes on: this checkout is running elsewhere too"
  elif pg_process "$CLUSTER/data" >/dev/null; then
    as_pg pg_ctl stop -D "$CLUSTER/data" -m fast -t 60 -s || warn "Postgres did not stop; see $CLUSTER/postgres.log"
  fi
}

# Deletes this checkout's cluster.
cluster_forget() {
  cluster_places
  [[ -d $CLUSTER ]] || { say "There is no database of this checkout ($CLUSTER)"; return; }
  CLUSTER=$(realpath "$CLUSTER")
  exec {USERS_LOCK}>>"$CLUSTER/users.lock"
  LOCKS=("$USERS_LOCK")
  flock -n -x "$USERS_LOCK" || die "the database is in use: stop 'make run' or 'make dev' first"
  if pg_process "$CLUSTER/data" >/dev/null; then
    pg_find "$(cat "$CLUSTER/data/PG_VERSION")" || die "the server that runs on $CLUSTER/data cannot be stopped: its programs are gone"
    as_pg pg_ctl stop -D "$CLUSTER/data" -m fast -t 60 -s
  fi
  rm -rf "$CLUSTER" "$SOCKETS"
  say "Removed $CLUSTER"
}

# throwaway_start fast|durable: fast loses everything in a crash, which is right for tests and wrong for measures.
throwaway_start() {
  local kind=${1:-fast} settings=(max_connections=300 max_wal_size=4GB checkpoint_timeout=30min) options=() old lock
  while read -r old; do
    # Nobody holds its lock: whoever made it was killed.
    exec {lock}>>"$old/lock"
    if flock -n "$lock"; then throwaway_remove "$old"; fi
    exec {lock}>&-
  done < <(find /tmp -maxdepth 1 -name 'stafett-test.*' -type d -user "$(pg_user)" -mmin +1 2>/dev/null)
  THROWAWAY=$(realpath "$(mktemp -d /tmp/stafett-test.XXXXXX)")
  exec {lock}>>"$THROWAWAY/lock"
  flock "$lock"
  LOCKS+=("$lock")
  if is_root; then chown "$(pg_user)" "$THROWAWAY"; fi
  on_exit throwaway_remove "$THROWAWAY"
  if [[ $kind == fast ]]; then
    settings+=(fsync=off full_page_writes=off synchronous_commit=off)
    options+=(--no-sync)
  fi
  pg_create "$THROWAWAY/data" "$THROWAWAY/initdb.log" "${options[@]}"
  pg_launch "$THROWAWAY/data" "$THROWAWAY" "$THROWAWAY/postgres.log" "${settings[@]}" || {
    tail -n 20 "$THROWAWAY/postgres.log" >&2 || true
    die "Postgres will not start; the end of its log is above. Is the disk full (df -h /tmp)?"
  }
  # shellcheck disable=SC2034  # for whoever sourced this
  ADMIN_URL=$(pg_url "$THROWAWAY" postgres)
}

throwaway_remove() {
  if pg_process "$1/data" >/dev/null; then as_pg pg_ctl stop -D "$1/data" -m immediate -t 30 -s || true; fi
  rm -rf "$1"
}
