#!/bin/sh
# Sets up a checkout: system packages, virtual environment, locked dependencies, the project itself, translations.
#
#   packaging/set-up.sh run                  what the program needs
#   packaging/set-up.sh test [postgres]      what its tests need as well
#
# A second run finds everything in place and is done at once. PYTHON=… names the interpreter to use.
set -eu
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin:/sbin"

mode="${1:-run}"
case "$mode" in
    run) sections="run" lock="requirements-run.lock" ;;
    test) sections="run test ${2:-}" lock="requirements.lock" ;;
    *) echo "usage: packaging/set-up.sh run | test [postgres]" >&2; exit 2 ;;
esac

say() { printf '%s\n' "$*" >&2; }

# System packages

usable() {
    # A Python that other installations leave behind as an empty shim does not answer; Debian's may lack ensurepip.
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if usable "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

has_library() {
    case "$libraries" in
        *"$1"*) return 0 ;;
    esac
    # Systems without ldconfig's list: let Python look, by the name without lib, version and ending.
    name="${1#lib}"
    python3 -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library(sys.argv[1]))' "${name%%.so*}" 2>/dev/null
}

present() {
    case "$1" in
        python) [ -x .venv/bin/pip ] || find_python >/dev/null ;;
        "library "*) has_library "${1#library }" ;;
        "program "*) command -v "${1#program }" >/dev/null 2>&1 ;;
        "font "*) fc-list "${1#font }" 2>/dev/null | grep -q . ;;
        *) say "packaging/system-packages.txt: unknown check: $1"; exit 2 ;;
    esac
}

list_missing() {
    # Prints the lines of the wanted sections whose check fails.
    wanted=0
    while IFS= read -r line; do
        case "$line" in
            "" | "#"*) continue ;;
            "["*"]")
                section="${line#[}"
                section="${section%]}"
                case " $sections " in *" $section "*) wanted=1 ;; *) wanted=0 ;; esac
                continue
                ;;
        esac
        [ "$wanted" = 1 ] || continue
        check="$(printf '%s' "$line" | cut -d'|' -f2 | sed 's/^ *//; s/ *$//')"
        present "$check" </dev/null || printf '%s\n' "$line"
    done <packaging/system-packages.txt
}

install_system_packages() {
    libraries="$(ldconfig -p 2>/dev/null || true)"
    missing="$(list_missing)"
    [ -n "$missing" ] || return 0
    packages="$(printf '%s\n' "$missing" | cut -d'|' -f1 | tr -s ' \n' ' ' | sed 's/ $//')"
    command="apt-get install --no-install-recommends $packages"
    if ! command -v apt-get >/dev/null 2>&1; then
        say "These are missing on this system, and it has no apt-get to install them with:"
        printf '%s\n' "$missing" | awk -F' *[|] *' '{ printf "  - %s (Debian calls it %s)\n", $3, $1 }' >&2
        say "Please install them with this system's own package manager, then run the same command again."
        exit 1
    fi
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1; then
        as_root="sudo"
    else
        say "System packages are missing and only root may install them. As root, please run:"
        say "  apt-get update && $command"
        say "Then run the same command again."
        exit 1
    fi
    say "Installing system packages, which may take a few minutes: $packages"
    $as_root apt-get update -qq >&2 || say "The package lists could not be refreshed; trying with those there are."
    # shellcheck disable=SC2086 # several packages are several words
    if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null; then
        say "The system packages could not be installed. As root, please run:"
        say "  apt-get update && $command"
        say "Then run the same command again."
        exit 1
    fi
    libraries="$(ldconfig -p 2>/dev/null || true)"
    missing="$(list_missing)"
    if [ -n "$missing" ]; then
        say "Installed, and still not found (PYTHON=… names a Python to use):"
        printf '%s\n' "$missing" | awk -F' *[|] *' '{ printf "  - %s\n", $3 }' >&2
        exit 1
    fi
}

# Virtual environment

make_environment() {
    # An environment that was moved or copied still names its old place at the head of its scripts.
    if .venv/bin/python -m pip --version >/dev/null 2>&1 && head -n 2 .venv/bin/pip | grep -qF "$(pwd -P)/"; then
        return
    fi
    python="$(find_python)" || { say "No usable Python 3.11 to 3.14 with venv was found; PYTHON=… names one."; exit 1; }
    say "Making the virtual environment .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
}

fingerprint() {
    # What the environment is made of: when one of these changes, it is brought up to date.
    cat "$lock" pyproject.toml packaging/hatch_build.py packaging/set-up.sh | cksum
}

install_dependencies() {
    stamp=".venv/set-up-$mode"
    now="$(fingerprint)"
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then
        return
    fi
    say "Installing the dependencies locked in $lock"
    rm -f "$stamp"
    pip="env PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet"
    $pip --require-hashes --only-binary :all: -r "$lock"
    # hatchling is among the locked packages: without isolation nothing unlocked is fetched to build with.
    $pip --no-deps --no-build-isolation --no-index -e .
    printf '%s\n' "$now" >"$stamp"
}

# Translations

compile_translations() {
    for source in careerpath/translations/*/LC_MESSAGES/*.po; do
        [ -f "$source" ] || continue
        compiled="${source%.po}.mo"
        if [ ! -f "$compiled" ] || [ -n "$(find "$source" -newer "$compiled")" ]; then
            .venv/bin/pybabel --quiet compile -i "$source" -o "$compiled"
        fi
    done
}

install_system_packages
make_environment
install_dependencies
compile_translations
