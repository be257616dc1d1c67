#!/bin/sh
# Serve Onward from this folder: tables brought up to date, demo data where there is none yet.
set -eu
cd "$(dirname "$0")/.."
host="${HOST:-127.0.0.1}"
port="${PORT:-8000}"
# Links in mails lead to this server. Served to others, it needs an https address of its own here.
case "$port" in
    *[!0-9]* | "") ;; # `onward serve` says what is wrong with it.
    *) export ONWARD_PUBLIC_URL="${ONWARD_PUBLIC_URL:-http://127.0.0.1:$port}" ;;
esac

.venv/bin/onward migrate --verbosity 0
# Everybody knows the demo's passwords, so only a server that nobody else can reach gets it.
case "$host" in
    127.* | localhost | ::1) .venv/bin/onward demo --if-empty ;;
esac
exec .venv/bin/onward serve --host "$host" --port "$port"
