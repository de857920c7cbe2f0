#!/usr/bin/env bash
# Emits every document of fixtures/producers anew from the program beside it. Needs Python >= 3.11 and Node; installs into
# .venv-fixtures and the producers' own node_modules, both ignored by git. Give names to emit only these.
set -euo pipefail
cd "$(dirname "$0")/.."
venv="$PWD/.venv-fixtures"
export MIZAN_FIXTURES_PYTHON="$venv/bin/python"
export PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1

[ -x "$MIZAN_FIXTURES_PYTHON" ] || python3 -m venv "$venv"
for producer in fixtures/producers/*/; do
  name="$(basename "$producer")"
  [ -x "$producer/emit.sh" ] || continue
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  if [ -f "$producer/requirements.txt" ]; then
    "$MIZAN_FIXTURES_PYTHON" -m pip install --quiet --disable-pip-version-check -r "$producer/requirements.txt"
  fi
  "$producer/emit.sh"
  echo "$name"
done
