#!/bin/sh
# Installs what the tests need from Debian and PyPI cannot give: a PostgreSQL of another version than ours, Chromium,
# LibreOffice Calc. Only what is missing; silent and quick when all is there.
set -eu

missing=""
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing="$missing postgresql"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-calc-nogui"
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Perlu untuk uji / needed for the tests:$missing" >&2
    echo "Bukan Debian atau Ubuntu: pasang dengan pengelola paket Anda, lalu ulangi." >&2
    echo "Not Debian or Ubuntu: install them with your package manager, then run this again." >&2
    exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Jalankan sebagai root / run as root: apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
    as_root="sudo"
fi

echo "Memasang / installing:$missing"
export DEBIAN_FRONTEND=noninteractive
# No cluster of Debian's own: the tests make one and throw it away.
if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    $as_root mkdir -p /etc/postgresql-common
    echo "create_main_cluster = false" | $as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
fi
$as_root apt-get update -qq
# shellcheck disable=SC2086  # a list of names
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
