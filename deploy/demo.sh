#!/bin/sh
# A whole Almanac on this machine: an authority with real data, a laptop that enrols, syncs, verifies, and answers with the server
# stopped. Everything happens in a directory of its own, on the loopback address, and is gone afterwards.
set -eu
bin=$1
package=$(cd "$(dirname "$0")/.." && pwd)/Sources/AlmanacDataset/Package
place=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$place"
}
trap finish EXIT INT TERM

ALMANACD_DATA=$place/authority
XDG_CONFIG_HOME=$place/config
XDG_DATA_HOME=$place/data
XDG_STATE_HOME=$place/state
export ALMANACD_DATA XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
show() {
    printf '$ %s\n' "$*"
    "$@"
}
almanacd() { "$bin/almanacd" "$@"; }
almanac() { "$bin/almanac" "$@"; }

say "1. An authority: keys, a dataset, innovation clusters and the money around them"
show almanacd init --name innovation
show almanacd import "$package"

say "2. It serves, on the loopback address"
# Not the function: its process would be the subshell, which passes no signal on.
"$bin/almanacd" serve --port 0 2>"$place/log" &
server=$!
port=
for _ in $(seq 100); do
    port=$(sed -n 's/.*address=[^ ]*:\([0-9][0-9]*\) .*/\1/p' "$place/log")
    [ -n "$port" ] && break
    kill -0 "$server" 2>/dev/null || { cat "$place/log" >&2; exit 1; }
    sleep 0.1
done
cat "$place/log"

say "3. A laptop enrols and makes its first copy, over TLS 1.3"
link=$(almanacd invite lea --port "$port" 2>/dev/null)
show almanac enrol "$link"
show almanac sync
show almanac verify

say "4. The authority changes one figure; the second sync moves what changed"
printf 'key,notes\ngii-2025/beijing,read again for the demonstration\n' >"$place/correction.csv"
show almanacd import --table cluster_ranks "$place/correction.csv" --message "a correction"
show almanac sync

say "5. The server stops; the laptop answers from its own file"
kill "$server"
wait "$server" || true
server=
show almanac query "SELECT rank, cluster, pct_applications, share_pct_filings FROM cluster_ranks WHERE edition = 'gii-2025' AND rank <= 10 ORDER BY rank"
show almanac status
printf '$ almanac sync\n'
almanac sync || echo "(exit $?: offline, nothing lost)"
