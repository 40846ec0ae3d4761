# shellcheck shell=bash
# Debian packages that a bare machine lacks. Sourced.

APT_UPDATED=
can_install() { is_root && has apt-get; }

apt_install() {
  mkdir -p "$CACHE"
  export DEBIAN_FRONTEND=noninteractive
  if [[ -z $APT_UPDATED ]]; then
    quietly "$CACHE/apt-update.log" apt-get update || warn "the list of packages could not be renewed; trying with the old one"
    APT_UPDATED=yes
  fi
  quietly "$CACHE/apt.log" apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"
}

# Debian's postgresql starts a cluster of its own, on TCP, when it is installed. Stafett makes its own
# and wants no other.
apt_install_postgres() {
  local folder=/etc/postgresql-common/createcluster.d
  mkdir -p "$folder"
  echo "create_main_cluster = false" >"$folder/stafett.conf"
  on_exit rm -f "$folder/stafett.conf"
  apt_install postgresql
  rm -f "$folder/stafett.conf"
}

# Compiling against OpenSSL takes its headers, which openssl-sys finds by these settings or by pkg-config.
has_openssl() {
  [[ -n ${OPENSSL_DIR:-${OPENSSL_LIB_DIR:-}} ]] && return
  has pkg-config && pkg-config --exists openssl
}

# need_packages WHAT...: looks for what a task uses and installs all that is missing at once.
need_packages() {
  local what missing=() postgres=
  for what in "$@"; do
    case $what in
      compiler) has cc || missing+=(gcc libc6-dev) ;;
      # Signatures of passkeys are checked by OpenSSL; whoever has theirs elsewhere says so by OPENSSL_DIR.
      openssl) has_openssl || { has pkg-config || missing+=(pkg-config); missing+=(libssl-dev); } ;;
      # Whoever brought their own Node has its npm too; Debian has them apart.
      node) { has node && has npm; } || { has node || missing+=(nodejs); missing+=(npm); } ;;
      download) has curl || missing+=(curl ca-certificates) ;;
      postgres) pg_find || postgres=yes ;;
      chromium) [[ -n ${CHROMIUM:-} ]] || has chromium || missing+=(chromium) ;;
      headless) [[ -n ${CHROMIUM:-} ]] || has chromium-headless-shell || missing+=(chromium-headless-shell) ;;
      # Debian's starts by itself, on port 80; here it is only run when something is measured beside it.
      nginx) has nginx || missing+=(nginx-light) ;;
      # What is made of uploaded files; without them they are served as they came.
      media) { has ffmpeg && has ffprobe; } || missing+=(ffmpeg); { has pdftoppm && has pdftotext; } || missing+=(poppler-utils) ;;
      load) has wrk || missing+=(wrk) ;;
      venv) python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3 python3-venv) ;;
    esac
  done
  if ((${#missing[@]} == 0)) && [[ -z $postgres ]]; then return; fi
  can_install || die "missing here; as root: apt-get install ${missing[*]}${postgres:+ postgresql}, then run this again"
  if ((${#missing[@]})); then step "Installing ${missing[*]}" apt_install "${missing[@]}"; fi
  if [[ -n $postgres ]]; then
    step "Installing postgresql" apt_install_postgres
    pg_find || die "Debian's postgresql is installed, but it is older than 15: install PostgreSQL 15 or newer, or set DATABASE_URL"
  fi
}
