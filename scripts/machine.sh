# shellcheck shell=bash disable=SC2034
# What ./run and ./test need on a machine. Sourced by both, from the top folder.
# On Debian and Ubuntu missing packages are installed; elsewhere the scripts say exactly what to install.

RUST_NEEDED=1.95
NODE_NEEDED=20.19

# For the command line: a C compiler, for the SQLite that is built in.
PACKAGES_COMMAND_LINE=(build-essential pkg-config ca-certificates git)
# For the window.
PACKAGES_WINDOW=(libwebkit2gtk-4.1-dev libgtk-3-dev fonts-noto-cjk)
# For the tests: a display without a screen, the hand that drags files, what sees connections, the driver of the window.
PACKAGES_TESTS=(xvfb xauth dbus-x11 xdotool x11-utils imagemagick strace webkit2gtk-driver python3-gi gir1.2-gtk-3.0)

say() { printf '%s\n' "$*"; }
heading() { printf '\n== %s\n' "$*"; }

# at_least HAVE NEED: whether version HAVE is NEED or newer.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

has_apt() { command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; }

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# packages NAME...: installs what is missing of Debian's packages.
packages() {
  if ! has_apt; then
    packages_elsewhere
    return
  fi
  local missing=() name
  for name in "$@"; do
    is_installed "$name" || missing+=("$name")
  done
  if [ "${#missing[@]}" -eq 0 ]; then
    say "All system packages are there."
    return 0
  fi
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      say "Missing: ${missing[*]}"
      say "Please install them as root: apt-get install ${missing[*]}"
      return 1
    fi
    root=(sudo)
  fi
  say "Installing: ${missing[*]}"
  # An old list is good enough when the network is away; the installation itself then says what it could not find.
  "${root[@]}" apt-get update -qq || say "The package list could not be brought up to date."
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

packages_elsewhere() {
  case "$(uname -s)" in
    Darwin)
      if ! xcode-select -p >/dev/null 2>&1; then
        say "Apple's command line tools are missing. Install them with: xcode-select --install"
        return 1
      fi ;;
    Linux)
      if ! command -v cc >/dev/null 2>&1 || ! command -v pkg-config >/dev/null 2>&1; then
        say "A C compiler and pkg-config are missing. Install them with your system's package manager, for example:"
        say "  Fedora: sudo dnf install gcc pkgconf-pkg-config"
        say "  Arch:   sudo pacman -S base-devel"
        return 1
      fi
      if [ "${WANT_WINDOW:-no}" = yes ] && ! pkg-config --exists webkit2gtk-4.1 gtk+-3.0; then
        say "WebKitGTK 4.1 is missing. Install it with your system's package manager, for example:"
        say "  Fedora: sudo dnf install webkit2gtk4.1-devel gtk3-devel google-noto-sans-cjk-fonts"
        say "  Arch:   sudo pacman -S webkit2gtk-4.1 gtk3 noto-fonts-cjk"
        return 1
      fi ;;
    *) say "On Windows, Visual Studio's C++ build tools and WebView2 are needed; see README.md." ;;
  esac
}

# Rust and cargo of the version that Cargo.toml asks for.
rust() {
  if ! command -v cargo >/dev/null 2>&1; then
    say "Rust $RUST_NEEDED or newer is missing. Install rustup (https://rustup.rs), open a new terminal, and try again."
    return 1
  fi
  local have
  have=$(rustc --version | cut -d ' ' -f 2)
  if ! at_least "$have" "$RUST_NEEDED"; then
    say "Rust $have is too old, $RUST_NEEDED or newer is needed: rustup update stable"
    return 1
  fi
  say "Rust $have"
}

# Node and npm of the version that Vite asks for.
node_and_npm() {
  if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    say "Node.js $NODE_NEEDED or newer (with npm) is missing. Install it from https://nodejs.org and try again."
    return 1
  fi
  local have
  have=$(node --version | tr -d v)
  if ! at_least "$have" "$NODE_NEEDED"; then
    say "Node.js $have is too old, $NODE_NEEDED or newer is needed (https://nodejs.org)."
    return 1
  fi
  say "Node.js $have"
}

# The screens' packages, as the lock file names them. Nothing to do when they are already there.
screen_packages() {
  if [ -f ui/node_modules/.package-lock.json ] && [ ! ui/package-lock.json -nt ui/node_modules/.package-lock.json ]; then
    say "The screens' packages are there."
    return 0
  fi
  npm --prefix ui ci --ignore-scripts --no-audit --no-fund --loglevel=error
}

# The screens as the window carries them. Built only when something they are made of is newer: the window is built again after them.
screens() {
  screen_packages || return
  local newer=everything
  if [ -f ui/dist/index.html ]; then
    newer=$(find ui/src ui/index.html ui/vite.config.ts ui/package-lock.json assets/locales -newer ui/dist/index.html -print -quit)
  fi
  if [ -z "$newer" ]; then
    say "The screens are built."
  else
    npm --prefix ui run build --silent
  fi
}

# A Chromium for the screens' tests: Debian has a package, elsewhere any Chromium or Chrome will do.
browser() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
      CHROMIUM=$(command -v "$name")
      export CHROMIUM
      say "Browser: $CHROMIUM"
      return 0
    fi
  done
  if has_apt && ! grep -q '^ID=ubuntu' /etc/os-release; then
    packages chromium && CHROMIUM=$(command -v chromium) && export CHROMIUM
    return
  fi
  say "No Chromium or Chrome was found. Install one, or name it: CHROMIUM=/path/to/chrome ./test"
  return 1
}

# Where cargo puts what it builds.
built() { printf "%s" "${CARGO_TARGET_DIR:-target}"; }
