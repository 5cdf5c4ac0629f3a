# Shared by ./run and ./test: a Rust toolchain, Debian's packages, the build. Sourced, not run.

# Run time: the window's libraries, which are loaded when it opens, and a font with full Chinese
# coverage. Build time: a C compiler, for SQLite.
packages=(gcc libc6-dev fonts-noto-cjk fontconfig libfontconfig1 libx11-6 libx11-xcb1 libxcursor1
    libxi6 libxkbcommon-x11-0)

target=${CARGO_TARGET_DIR:-$here/target}

need_rust() {
    if ! command -v cargo >/dev/null 2>&1; then
        [ -r "$HOME/.cargo/env" ] && . "$HOME/.cargo/env"
    fi
    if ! command -v cargo >/dev/null 2>&1; then
        echo "This needs a Rust toolchain: install it from https://rustup.rs and start again." >&2
        exit 1
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

install_packages() {
    command -v dpkg-query >/dev/null 2>&1 || {
        echo "This is not Debian; these packages, or what they are called here, must be there: ${packages[*]}"
        return 0
    }
    local missing=() package
    for package in "${packages[@]}" "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    echo "Installing Debian packages: ${missing[*]}"
    local log
    log=$(mktemp)
    if ! { as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "The packages could not be installed; the lines above say why." >&2
        exit 1
    fi
    rm -f "$log"
}

build_release() {
    if [ ! -x "$target/release/clubhouse-kiosk" ]; then
        echo "The first build takes about $((20 / $(nproc 2>/dev/null || echo 2) + 2)) minutes on this machine; later ones take seconds."
    fi
    (cd "$here" && cargo build --release --locked)
}
