# shellcheck shell=bash
# What the scripts of this folder share: to say what they do, and to install what is missing.
# Sourced, not run. Debian and Ubuntu; as root, or as a user who may use sudo.

say() { printf '%s\n' "$*"; }
# A title that stands out among the output of tools.
title() { printf '\n== %s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif have sudo; then sudo "$@"
  else die "needs root for: $* (run as root, or install sudo)"
  fi
}

apt_updated=
# apt_install "why" package…
apt_install() {
  local why=$1; shift
  have apt-get || die "$why is missing, and this is neither Debian nor Ubuntu: install it ($*) and start again"
  say "Installing $* from the distribution: $why."
  if [ -z "$apt_updated" ]; then
    as_root apt-get update -qq
    apt_updated=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

ensure_c_compiler() {
  have cc || apt_install "a C compiler, for SQLite and for linking" gcc libc6-dev
}

# The oldest Rust that builds this, from Cargo.toml.
wanted_rust() { sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml; }

# Succeeds if cargo is there and not older than wanted.
rust_is_new_enough() {
  have cargo || return 1
  local found
  found=$(rustc --version 2>/dev/null | sed 's/^rustc \([0-9.]*\).*/\1/')
  [ "$(printf '%s\n%s\n' "$(wanted_rust)" "$found" | sort -V | head -n 1)" = "$(wanted_rust)" ]
}

# ensure_rust [component…]
# shellcheck disable=SC2120 # the components are for script/test; script/demo needs none
ensure_rust() {
  PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
  export PATH
  if ! rust_is_new_enough; then
    have curl || apt_install "curl, to fetch the Rust toolchain" curl ca-certificates
    if have rustup; then
      say "Updating the Rust toolchain with rustup: Rust $(wanted_rust) or newer is needed."
      rustup update stable
      rustup default stable
    else
      say "Installing the Rust toolchain into ~/.cargo with rustup (https://rustup.rs)."
      curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal --no-modify-path
    fi
    rust_is_new_enough || die "cargo is still older than $(wanted_rust)"
  fi
  local component
  for component in "$@"; do
    cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1 || rustup component add "$component"
  done
}

# 65 → "1 min 5 s"
duration() {
  if [ "$1" -ge 60 ]; then printf '%d min %d s' $(($1 / 60)) $(($1 % 60)); else printf '%d s' "$1"; fi
}
