#!/usr/bin/env bash
# Compiles the native library for x86-64-v3 and x86-64-v4 and installs it: RramSnn.Native/install.sh [prefix] (artifacts/native).
# The system's loader takes the wider one by itself where the processor has it (glibc 2.33 and later).
set -eu -o pipefail
cd "$(dirname "$0")"
prefix=$(realpath -m "${1:-../artifacts/native}")
version=$(dotnet msbuild RramSnn.Native.csproj -getProperty:Version)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compile() {
    # What was compiled for another instruction set must not be taken for up to date.
    rm -rf obj/Release/net10.0/linux-x64/native bin/Release/net10.0/linux-x64/native
    dotnet publish RramSnn.Native.csproj -c Release -r linux-x64 -p:IlcInstructionSet="$1" -o "$work/$1" -v quiet
    install -D -m 755 "$work/$1/librramsnn.so" "$2/librramsnn.so"
}

compile x86-64-v3 "$prefix/lib"
compile x86-64-v4 "$prefix/lib/glibc-hwcaps/x86-64-v4"
install -D -m 644 include/rramsnn.h "$prefix/include/rramsnn.h"
install -D -m 644 ../LICENSE "$prefix/share/doc/rramsnn/LICENSE"
fill() { mkdir -p "$(dirname "$2")" && sed "s/@VERSION@/$version/g" "packaging/$1" >"$2"; }
fill rramsnn.pc.in "$prefix/lib/pkgconfig/rramsnn.pc"
fill RramSnnConfigVersion.cmake.in "$prefix/lib/cmake/RramSnn/RramSnnConfigVersion.cmake"
fill RramSnnConfig.cmake "$prefix/lib/cmake/RramSnn/RramSnnConfig.cmake"
echo "librramsnn $version in $prefix"
