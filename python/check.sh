#!/usr/bin/env bash
# Builds and installs the wheel in a folder of its own, runs the tests, and compares a training with the managed program: python/check.sh [prefix].
set -eu -o pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
prefix=$(realpath "${1:-$root/artifacts/native}")
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PYTHON=$python "$root/python/build.sh" "$prefix" "$work/wheel"
"$python" -m pip install --quiet --no-deps --target "$work/site" "$work"/wheel/rramsnn-*.whl 2>/dev/null
export PYTHONPATH=$work/site PYTHONDONTWRITEBYTECODE=1
cd "$work"
"$python" -c 'import rramsnn; print(rramsnn.__file__, rramsnn.version(), rramsnn.vector_width())'
"$python" -m unittest discover "$root/python/tests"
"$python" "$root/python/tests/test_rramsnn.py" --overhead
awk '$0 == "```python" { inside = 1; next } inside && $0 == "```" { exit } inside' "$root/docs/embedding.md" >documented.py
"$python" documented.py
config='{"hidden": [100], "epochs": 2, "seed": 5}'
echo "$config" >config.json
expected=$(dotnet "$root/RramSnn.Cli/bin/Release/net10.0/rramsnn.dll" train --config config.json --samples 300 --no-test --json --quiet --out run |
    sed -nE 's/.*"state_sha256": "([0-9a-f]+)".*/\1/p')
"$python" "$root/samples/python/train.py" "$root/data/mnist" 300 "$config" 2>/dev/null | tee train.txt
grep -q "state_sha256 $expected" train.txt || { echo "FAILED: expected $expected"; exit 1; }
