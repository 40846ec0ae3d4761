# shellcheck shell=bash
# Node's side: packages as their lock files have them. Sourced.

# need_npm FOLDER: installs its packages, unless they are there already as the lock file says.
need_npm() {
  local folder=$1 stamp
  stamp="$(sha256sum <"$folder/package-lock.json") $(node -p 'process.platform + process.arch')"
  [[ -d $folder/node_modules && $(cat "$folder/node_modules/.stafett" 2>/dev/null) == "$stamp" ]] && return
  step "Installing the packages of $folder/package.json" run env -C "$folder" npm ci --no-audit --no-fund --loglevel=error
  printf '%s\n' "$stamp" >"$folder/node_modules/.stafett"
}

# need_node MAJOR: Debian 12's own Node is 18. The npm registry has newer ones as packages.
need_node() {
  local want=$1 folder=$CACHE/node arch
  (($(node -p 'parseInt(process.versions.node)') >= want)) && return
  arch=$(node -p process.arch)
  if [[ ! -x $folder/node_modules/node-linux-$arch/bin/node ]]; then
    mkdir -p "$folder"
    step "Node $(node --version) is older than $want: installing 22 from npm" run npm install --prefix "$folder" --no-audit --no-fund --loglevel=error "node-linux-$arch@22.23.3"
  fi
  export PATH=$folder/node_modules/node-linux-$arch/bin:$PATH
  (($(node -p 'parseInt(process.versions.node)') >= want)) || die "Node $want or newer is needed: install it, then run this again"
}
