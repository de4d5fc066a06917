#!/bin/sh
# Installs the Debian packages that are named and missing; says what is missing where it cannot.
set -eu
missing=
for package in "$@"; do
    # libz-dev is a virtual package: zlib1g-dev provides it.
    name=$package
    [ "$name" = libz-dev ] && name=zlib1g-dev
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$name" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "Installing:$missing" >&2
sudo=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "As root: apt-get install$missing" >&2
        exit 1
    fi
    sudo=sudo
fi
$sudo apt-get update -qq
# shellcheck disable=SC2086 # the names are words of their own
DEBIAN_FRONTEND=noninteractive $sudo apt-get install --yes --no-install-recommends -qq $missing
