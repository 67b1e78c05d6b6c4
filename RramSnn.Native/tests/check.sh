#!/usr/bin/env bash
# Checks an installed native library: tests/check.sh [prefix]. Needs gcc; valgrind and cmake are used where they are.
# The managed program must have been built (Release): its hashes are what the library is held to.
set -eu -o pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
prefix=$(realpath "${1:-$root/artifacts/native}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*"; exit 1; }
wide="$prefix/lib/glibc-hwcaps/x86-64-v4"

for library in "$prefix/lib/librramsnn.so" "$wide/librramsnn.so"; do
    size=$(stat -c %s "$library")
    echo "$size bytes: ${library#"$prefix/"}"
    [ "$size" -le 4000000 ] || fail "$library has more than 4 MB"
    needed=$(readelf -d "$library" | sed -nE 's/.*NEEDED.*\[(.*)\].*/\1/p' | grep -vE '^(libc|libm|ld-linux-x86-64)\.so' || true)
    [ -z "$needed" ] || fail "$library needs $needed"
    nm -D --defined-only "$library" | sed -nE 's/.* T (rramsnn_[a-z0-9_]+).*/\1/p' | sort >"$work/exported"
    grep -oE '\brramsnn_[a-z0-9_]+\(' "$prefix/include/rramsnn.h" | tr -d '(' | grep -v processor_level | sort -u >"$work/declared"
    diff "$work/declared" "$work/exported" || fail "the header does not declare what the library exports"
done

cp "$root"/samples/c/{Makefile,*.c} "$work"
make -s -C "$work" PREFIX="$prefix"
gcc -O2 -g -Wall -Wextra -Werror -std=c11 -D_GNU_SOURCE -I"$prefix/include" "$here/abuse.c" -o "$work/abuse" -L"$prefix/lib" -Wl,-rpath,"$prefix/lib" -lrramsnn -lm -lpthread
g++ -x c++ -fsyntax-only -Wall -Wextra -Werror -I"$prefix/include" "$prefix/include/rramsnn.h" || fail "the header is no C++"
mkdir "$work/cpp"
cp "$root"/samples/cpp/{Makefile,CMakeLists.txt,crossbar.cpp} "$work/cpp"
make -s -C "$work/cpp" PREFIX="$prefix"
if command -v cmake >/dev/null; then
    cp "$root/samples/c/CMakeLists.txt" "$work"
    cmake -S "$work" -B "$work/build" -DCMAKE_PREFIX_PATH="$prefix" >/dev/null && cmake --build "$work/build" >/dev/null && "$work/build/crossbar" >/dev/null || fail "CMake package"
    cmake -S "$work/cpp" -B "$work/cpp/build" -DCMAKE_PREFIX_PATH="$prefix" >/dev/null && cmake --build "$work/cpp/build" >/dev/null && "$work/cpp/build/crossbar" 3 >/dev/null || fail "CMake package, C++"
fi

# The program of docs/embedding.md, as it is told there.
block() { awk -v start="\`\`\`$1" '$0 == start { inside = 1; next } inside && $0 == "```" { exit } inside' "$root/docs/embedding.md"; }
block c >"$work/host.c"
if command -v pkg-config >/dev/null; then
    flags=$(PKG_CONFIG_PATH="$prefix/lib/pkgconfig" pkg-config --cflags --libs rramsnn)
    # shellcheck disable=SC2086 # several flags
    gcc -O2 -Wall -Wextra -Werror "$work/host.c" -o "$work/host" $flags -Wl,-rpath,"$prefix/lib" && "$work/host" || fail "the C program of the documentation"
fi

# The same seeded training in the managed program and in C, at both widths.
mkdir "$work/mnist"
for part in train-images-idx3-ubyte train-labels-idx1-ubyte; do
    gunzip -c "$root/data/mnist/$part.gz" >"$work/mnist/$part"
done

level=0
grep -qw avx2 /proc/cpuinfo && level=3
grep -qw avx512vl /proc/cpuinfo && level=4
compare() {
    echo "$1" >"$work/config.json"
    local expected actual
    expected=$(dotnet "$root/RramSnn.Cli/bin/Release/net10.0/rramsnn.dll" train --config "$work/config.json" --samples 300 --no-test --json --quiet --out "$work/run" --overwrite |
        sed -nE 's/.*"state_sha256": "([0-9a-f]+)".*/\1/p')
    [ -n "$expected" ] || fail "the managed program printed no hash for $1"
    for folder in "$prefix/lib/." "$wide"; do
        [ "$folder" = "$wide" ] && [ "$level" -lt 4 ] && continue
        # A path of its own, so that the loader does not choose.
        mkdir -p "$work/one" && cp "$folder/librramsnn.so" "$work/one"
        actual=$(LD_LIBRARY_PATH="$work/one" "$work/train" "$work/mnist" 300 "$1" 2)
        echo "$actual" | head -n 1
        echo "$actual" | grep -q "state_sha256 $expected" || fail "expected $expected for $1, got $actual"
    done
}

compare '{"hidden": [100], "epochs": 2, "seed": 5}'
compare '{"hidden": [150, 60], "epochs": 1, "method": "naive", "pulses": "pulsed", "spread": 0.2, "step_noise": 0.5}'
compare '{"hidden": [64], "epochs": 1, "cell": "reference", "method": "naive", "array_size": 128, "adc_bits": 6, "adc_range": 25, "wire_resistance": 1, "input": "amplitude"}'

# The abuse leaves its file where it runs.
cd "$work"
"$work/crossbar"
"$work/cpp/crossbar" 20 || fail "C++ host"
"$work/abuse" "${RRAMSNN_ABUSE_CALLS:-1000000}" 1 || fail "abuse"
"$work/overhead" "$prefix/lib/librramsnn.so"

if command -v valgrind >/dev/null; then
    # What the runtime keeps to the end is still reachable, and its thread's own storage possibly lost; ours would be definitely lost.
    checked() { valgrind -q --leak-check=full --show-leak-kinds=definite,indirect --errors-for-leak-kinds=definite,indirect --error-exitcode=9 "$@"; }
    checked "$work/crossbar" || fail "valgrind, crossbar"
    checked "$work/train" - 20 '{"hidden": [40, 20], "epochs": 1, "steps": 8, "burn_in": 1}' || fail "valgrind, train"
    checked "$work/abuse" 6000 || fail "valgrind, abuse"
    echo "valgrind: no error, no leak"
else
    echo "SKIPPED: valgrind is not installed"
fi
