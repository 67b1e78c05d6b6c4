#!/usr/bin/env bash
# Makes the wheel: python/build.sh [prefix of the native library] [output folder]. Needs the packages setuptools and wheel.
set -eu -o pipefail
cd "$(dirname "$0")"
prefix=$(realpath "${1:-../artifacts/native}")
output=$(realpath -m "${2:-../artifacts/python}")
python=${PYTHON:-python3}
"$python" -c 'import setuptools, wheel' || { echo "$python has no setuptools or wheel; expected both (Debian: python3-setuptools, python3-wheel)" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r pyproject.toml setup.py README.md ../LICENSE src "$work"
install -D -m 755 "$prefix/lib/librramsnn.so" "$work/src/rramsnn/lib/librramsnn.so"
install -D -m 755 "$prefix/lib/glibc-hwcaps/x86-64-v4/librramsnn.so" "$work/src/rramsnn/lib/x86-64-v4/librramsnn.so"
"$python" -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir "$output" "$work"
ls -l "$output"/rramsnn-*.whl
