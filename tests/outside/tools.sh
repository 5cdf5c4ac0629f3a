# Finds Pythons and makes environments with the outside tools. Sourced, not run.

# The first of the commands that is a Python of versions FROM to UNTIL: find_python FROM UNTIL COMMAND...
find_python() {
    local from=$1 until=$2 candidate
    shift 2
    for candidate in "$@"; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c "import sys, venv, ensurepip; sys.exit(not $from <= sys.version_info[:2] <= $until)" 2>/dev/null; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

# Pythons that a version manager keeps beside the system's.
kept_pythons() {
    command -v pyenv >/dev/null 2>&1 && ls -d "$(pyenv root)"/versions/*/bin/python 2>/dev/null || true
    command -v uv >/dev/null 2>&1 && uv python list --only-installed 2>/dev/null | awk '{print $2}' || true
}

# An environment with what a list of packages asks for, made anew when the list changes:
# environment FOLDER PYTHON LIST
environment() {
    local folder=$1 python=$2 list=$3
    cmp -s "$list" "$folder/list.txt" && return 0
    rm -rf "$folder"
    "$python" -m venv "$folder" || return 1
    "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$list" || return 1
    cp "$list" "$folder/list.txt"
}

# A program of Rust's own, where it is installed or can be: cargo_tool NAME
cargo_tool() {
    local folder=${CARGO_TARGET_DIR:-$here/target}/outside/cargo
    command -v "$1" 2>/dev/null && return 0
    if [ ! -x "$folder/bin/$1" ]; then
        cargo install --quiet --locked --debug --root "$folder" "$1" >&2 || return 1
    fi
    echo "$folder/bin/$1"
}
