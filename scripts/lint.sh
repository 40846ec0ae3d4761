#!/usr/bin/env bash
# `make lint`: layout and clippy, with every warning an error.
# Server and client are looked at apart: together cargo would join their features, which nobody ever builds.
source "$(dirname "$0")/lib.sh"
source scripts/packages.sh
source scripts/rust.sh

need_packages compiler openssl
need_rust
need_wasm
for tool in rustfmt clippy; do
  cargo "${tool/rustfmt/fmt}" --version >/dev/null 2>&1 || step "Installing $tool" try_long rustup component add "$tool"
done

step "Layout (if it fails: make fmt)" run cargo fmt --all --check
step "clippy: server" run cargo clippy --package app --package server --features app/ssr --all-targets -- -D warnings
step "clippy: bindgen" run cargo clippy --package bindgen -- -D warnings
if [[ $CLIENT_RUST == own ]]; then
  step "clippy: client" run cargo clippy --package frontend --package app --target "$WASM" -- -D warnings
else
  warn "the client was NOT looked at: clippy needs rustup's library for WebAssembly, which is not here"
fi
