#!/bin/sh
# A whole Almanac on this machine: an authority with real data, a laptop that enrols, syncs and verifies, a team that annotates with the
# network taken away and given back, and answers with the server stopped. Everything happens in a directory of its own, on the loopback address, and is gone afterwards.
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
export ALMANACD_DATA
# Each person has a laptop of their own.
as() {
    XDG_CONFIG_HOME=$place/$1/config
    XDG_DATA_HOME=$place/$1/data
    XDG_STATE_HOME=$place/$1/state
    export XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME
    person=$1
}

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
show() {
    printf '%s$ %s\n' "$person" "$*"
    "$@"
}
# Where the exit status says something.
tell() {
    printf '%s$ %s\n' "$person" "$*"
    "$@" || printf '(exit %s)\n' "$?"
}
almanacd() { "$bin/almanacd" "$@"; }
almanac() { "$bin/almanac" "$@"; }

as lea
person=
say "1. An authority: keys, a dataset, innovation clusters and the money around them"
show almanacd init --name innovation
show almanacd import "$package"

say "2. It serves, on the loopback address"
# Not the function: its process would be the subshell, which passes no signal on.
serve() {
    : >"$place/log"
    "$bin/almanacd" serve --port "$1" 2>"$place/log" &
    server=$!
    port=
    for _ in $(seq 100); do
        port=$(sed -n 's/.*address=[^ ]*:\([0-9][0-9]*\) .*/\1/p' "$place/log")
        [ -n "$port" ] && break
        kill -0 "$server" 2>/dev/null || { cat "$place/log" >&2; exit 1; }
        sleep 0.1
    done
}
stop() {
    kill "$server"
    wait "$server" || true
    server=
}
serve 0
cat "$place/log"

say "3. A laptop enrols and makes its first copy, over TLS 1.3"
link=$(almanacd invite lea --role annotator --port "$port" 2>/dev/null)
as lea
show almanac enrol "$link"
show almanac sync
show almanac verify

say "4. The authority changes one figure; the second sync moves what changed"
printf 'key,notes\ngii-2025/beijing,read again for the demonstration\n' >"$place/correction.csv"
show almanacd import --table cluster_ranks "$place/correction.csv" --message "a correction"
show almanac sync

say "5. A team: lea annotates, mika curates"
link=$(almanacd invite mika --role curator --port "$port" 2>/dev/null)
as mika
almanac enrol "$link" >/dev/null 2>&1
person=
show almanacd teams create apac --owner mika
show almanacd teams add apac lea
for each in mika lea; do
    as "$each"
    almanac sync >/dev/null 2>&1
done

say "6. The network is gone: what is written is safe here, and shown at once"
stop
as lea
show almanac annotate cluster/beijing --tag deal -m "Fund II closed"
show almanac annotate cluster_ranks/gii-2025/beijing --field share_vc_deals --kind correction --value 9.9 --source gii-2025 -m "The table says 9.9"
tell almanac sync
show almanac annotations --mine

say "7. It is back: each change has one effect and a signed receipt, the curator accepts the correction"
serve "$port"
show almanac sync
as mika
tell almanac sync
correction=$(almanac annotations --kind correction --json | sed -n 's/.*"uuid":"\([0-9a-f]*\).*/\1/p' | head -n 1)
show almanac accept "$correction"
show almanac sync
as lea
tell almanac sync

say "8. The server stops; the laptop answers from its own file"
stop
show almanac query "SELECT rank, cluster, pct_applications, share_pct_filings FROM cluster_ranks WHERE edition = 'gii-2025' AND rank <= 10 ORDER BY rank"
show almanac status
tell almanac sync
