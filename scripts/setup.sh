#!/bin/sh
# Find a Python that is new enough and let it set the project up; arguments name further groups of dependencies.
set -eu
cd "$(dirname "$0")/.."

for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" scripts/setup.py "$@"
    fi
done
echo "Onward needs Python 3.11 or newer and found none. Install one, or name it: make setup PYTHON=/path/to/python3" >&2
exit 1
