#!/usr/bin/env bash
# Packs the libraries and the program, then uses them as a stranger would: the sample from the packages, the program as a tool.
set -eu -o pipefail
cd "$(dirname "$0")/../.."
packages=$PWD/artifacts/packages
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet pack RramSnn.sln -c Release -v quiet
ls -l "$packages"

# A cache of its own: the version does not change with the code.
export NUGET_PACKAGES=$work/cache
cp -r samples/dotnet "$work/sample"
cp samples/Directory.* "$work"
sed -i "s|../../artifacts/packages|$packages|" "$work/sample/nuget.config"
dotnet run -c Release --project "$work/sample"
dotnet tool install RramSnn.Cli --version 0.1.0 --tool-path "$work/tools" --add-source "$packages"
"$work/tools/rramsnn" info
"$work/tools/rramsnn" train --samples 200 --epochs 1 --hidden 50 --no-test --quiet --json --out "$work/run" | grep state_sha256
