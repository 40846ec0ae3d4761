# shellcheck shell=bash
# A Rust that can build the server and the client. Sourced.
#
# The client needs the standard library for WebAssembly. rustup brings it; where Rust's download server
# cannot be reached, Debian's own compiler for its browsers builds it from source in half a minute, and
# then compiles the client alone: for the server it is the slower of the two.

RUST_WANTED=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml")
WASM=wasm32-unknown-unknown

# has_wasm [rustc]: does this compiler have the WebAssembly library?
has_wasm() {
  local folder
  folder=$("${1:-rustc}" --print target-libdir --target $WASM 2>/dev/null) && compgen -G "$folder/libstd-*.rlib" >/dev/null
}

new_enough() {
  local version
  version=$("${1:-rustc}" --version 2>/dev/null | cut -d ' ' -f 2) || return 1
  [[ -n $version && $(printf '%s\n' "$RUST_WANTED" "${version%%-*}" | sort -V | head -n 1) == "$RUST_WANTED" ]]
}

need_rust() {
  if ! has cargo && [[ -x ${CARGO_HOME:-$HOME/.cargo}/bin/cargo ]]; then PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH; fi
  if ! has cargo; then
    need_packages download
    step "Installing Rust" install_rustup || warn "Rust's own installer could not be used; trying Debian's packages"
  elif ! new_enough && has rustup; then
    step "Rust is older than $RUST_WANTED: updating it" try_long rustup update stable || true
  fi
  if ! has cargo || ! new_enough; then
    can_install || die "Rust $RUST_WANTED or newer is missing: install it with rustup (https://rustup.rs), then run this again"
    step "Installing Debian's newest Rust" apt_install rustc-web cargo-web
    PATH=/usr/bin:$PATH
    new_enough || die "Debian's Rust is older than $RUST_WANTED too: install Rust with rustup (https://rustup.rs), then run this again"
  fi
  export PATH
}

# A server that cannot be reached shall not hold us up for long.
try_long() { mkdir -p "$CACHE"; quietly "$CACHE/rustup.log" timeout 300 "$@"; }

install_rustup() {
  try_long bash -c 'set -o pipefail; curl --proto "=https" --tlsv1.2 --connect-timeout 20 -sSf https://sh.rustup.rs | sh -s -- -y --no-modify-path --profile minimal -c rustfmt -c clippy' || return
  PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH
}

# Sets CLIENT_RUST: own, or debian when only Debian's compiler has the library.
need_wasm() {
  CLIENT_RUST=own
  has_wasm && return
  if debian_wasm_ready; then CLIENT_RUST=debian; return; fi
  if has rustup && step "Installing Rust's library for WebAssembly" try_long rustup target add $WASM && has_wasm; then return; fi
  can_install || die "Rust's library for WebAssembly is missing: run 'rustup target add $WASM' where Rust's download server can be reached, then run this again"
  step "Not to be had; building it with Debian's Rust" debian_wasm
  # Where there was no Rust at all, Debian's is now the only one.
  has_wasm || CLIENT_RUST=debian
}

# The library fits the very compiler that built it, and Debian moves its version on.
debian_stamp() { echo "$(/usr/bin/rustc --print sysroot)/lib/rustlib/$WASM/built-by"; }
debian_wasm_ready() {
  [[ -x /usr/bin/rustc && -x /usr/bin/cargo ]] && new_enough /usr/bin/rustc && has_wasm /usr/bin/rustc &&
    [[ ! -e $(debian_stamp) || $(cat "$(debian_stamp)") == "$(/usr/bin/rustc -vV)" ]]
}

debian_wasm() {
  local llvm sysroot host scratch library
  apt_install rustc-web cargo-web rust-web-src || die "Debian has no rustc-web, cargo-web and rust-web-src here: run 'rustup target add $WASM' where Rust's download server can be reached"
  llvm=$(/usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
  sysroot=$(/usr/bin/rustc --print sysroot)
  apt_install "lld-$llvm"

  scratch=$(mktemp -d)
  on_exit rm -rf "$scratch"
  mkdir "$scratch/src"
  touch "$scratch/src/lib.rs"
  cat >"$scratch/Cargo.toml" <<'TOML'
[package]
name = "nothing"
version = "0.0.0"
edition = "2021"
[lib]
crate-type = ["cdylib"]
[workspace]
TOML
  library=$sysroot/lib/rustlib/$WASM
  # Only here, and only for building the library itself: -Zbuild-std is not stable yet. An empty crate
  # is linked at the end, which needs the linker below.
  mkdir -p "$library/lib" "$sysroot/lib/rustlib/$host/bin"
  ln -sfn "/usr/lib/llvm-$llvm/bin/lld" "$sysroot/lib/rustlib/$host/bin/rust-lld"
  quietly "$CACHE/debian-wasm.log" run env -C "$scratch" -u RUSTFLAGS -u RUSTC -u RUSTC_WRAPPER -u CARGO_BUILD_TARGET PATH="/usr/bin:$PATH" RUSTC_BOOTSTRAP=1 \
    CARGO_TARGET_DIR="$scratch/target" cargo build --release --target $WASM -Zbuild-std=std,panic_abort
  rm -f "$library"/lib/*.rlib
  cp "$scratch/target/$WASM/release/deps"/*.rlib "$library/lib/"
  rm -f "$library"/lib/libnothing-*.rlib
  /usr/bin/rustc -vV >"$(debian_stamp)"
  rm -rf "$scratch"
  has_wasm /usr/bin/rustc || die "Debian's Rust did not get its WebAssembly library; see $CACHE/debian-wasm.log"
}

# client_cargo ARGUMENTS...: cargo as the client is built with. Two compilers share no target folder.
client_cargo() {
  if [[ ${CLIENT_RUST:-own} == debian ]]; then
    env -u RUSTUP_TOOLCHAIN PATH="/usr/bin:$PATH" CARGO_TARGET_DIR="$TARGET/debian" cargo "$@"
  else
    cargo "$@"
  fi
}
client_target() { if [[ ${CLIENT_RUST:-own} == debian ]]; then echo "$TARGET/debian"; else echo "$TARGET"; fi; }
