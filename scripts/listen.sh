# shellcheck shell=bash
# Is the address free on which Stafett shall listen? Sourced.

# Says whether something answers at HOST PORT. Asked by connecting: needs no tool that a bare machine lacks.
# shellcheck disable=SC2016  # the inner shell fills them in
answers() { timeout 2 bash -c 'exec 3<>"/dev/tcp/$1/$2"' _ "$1" "$2" 2>/dev/null; }

check_listen() {
  local listen=$1 host port holder=
  host=${listen%:*} port=${listen##*:}
  if [[ $listen != *:* || -z $host || ! $port =~ ^[0-9]{1,5}$ ]] || ((10#$port > 65535)); then
    die "STAFETT_LISTEN is '$listen'; it must be ADDRESS:PORT, for example 127.0.0.1:3001"
  fi
  port=$((10#$port))
  host=${host#[} host=${host%]}
  case $host in
    0.0.0.0) host=127.0.0.1 ;;
    ::) host=::1 ;;
  esac
  # Port 0 means whichever is free.
  ((port == 0)) && return
  if answers "$host" "$port"; then
    if has ss; then holder=$(ss -Hltnp "sport = :$port" 2>/dev/null | grep -o '"[^"]*",pid=[0-9]*' | head -n 1 | tr -d '"' || true); fi
    die "port $port is taken${holder:+ by ${holder/,pid=/, process }}. End that, or choose another: STAFETT_LISTEN=127.0.0.1:$((port < 65535 ? port + 1 : 3000)) make run"
  fi
}
