#!/bin/sh
# Feeds every target of Tests/Fuzz with bytes, or keeps what is worth keeping of what was tried.
#
# usage: fuzz.sh run SECONDS [TARGET ...]    SECONDS for each target; a finding stops it
#        fuzz.sh keep [TARGET ...]           Corpus/TARGET becomes the fewest inputs that reach as much
#        fuzz.sh again TARGET FILE           one input once more
set -eu

here=$(cd "$(dirname "$0")" && pwd)
built=$here/.build
SWIFT=${SWIFT:-swift}
# Swift's own traces, slow and written before libFuzzer has saved the input; only for one that is known.
trace=no

# The toolchains of swift.org bring libFuzzer; a distribution's may not.
require_fuzzer() {
    resources=$($SWIFT -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
    for library in "$resources"/clang/lib/*/libclang_rt.fuzzer*.a; do
        [ ! -e "$library" ] || return 0
    done
    echo "fuzz.sh: this Swift has no libFuzzer: $resources/clang/lib/linux/libclang_rt.fuzzer-$(uname -m).a is missing." >&2
    echo "fuzz.sh: the toolchains of https://www.swift.org/install have it; SWIFT=/path/to/bin/swift names another." >&2
    exit 69
}

build() {
    # One sanitizer only: of several the compiler takes one, and not always the same.
    $SWIFT build -c release --package-path "$here" --sanitize=fuzzer
    program=$($SWIFT build -c release --package-path "$here" --sanitize=fuzzer --show-bin-path)/fuzz
    mkdir -p "$built/findings" "$built/tried"
    # Targets that need files write thousands a second: in memory where there is a file system for it.
    memory=/dev/shm
    [ -w "$memory" ] || memory=$built
    scratch=$(mktemp -d "$memory/almanac-fuzz.XXXXXX")
    trap 'rm -rf "$scratch"' EXIT
    trap 'exit 1' HUP INT TERM
}

# One process for one target, in memory that ends with it.
fuzz() {
    target=$1
    shift
    case $target in
    json | descriptors | mappings) set -- -dict="$here/json.dict" "$@" ;;
    esac
    FUZZ_TARGET=$target TMPDIR=$scratch SWIFT_BACKTRACE="enable=$trace" \
        nice "$program" -timeout=10 -rss_limit_mb=512 -artifact_prefix="$built/findings/$target-" "$@"
}

# Says how far it came, and everything where it found something.
run() {
    log=$built/tried/$1.log
    mkdir -p "$built/tried/$1"
    if fuzz "$1" -max_total_time="$seconds" -print_final_stats=1 "$built/tried/$1" "$here/Corpus/$1" "$built/seeds/$1" >"$log" 2>&1; then
        rate=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
        reached=$(grep -o 'cov: [0-9]*' "$log" | tail -n 1)
        printf '%-20s %8s a second   %s\n' "$1" "$rate" "$reached"
    else
        cat "$log"
        echo "fuzz.sh: $1 has a finding: try it with $0 again $1 FILE; the files are in $built/findings" >&2
        return 1
    fi
}

keep() {
    rm -rf "$built/kept"
    mkdir -p "$built/kept" "$built/tried/$1" "$here/Corpus/$1"
    fuzz "$1" -set_cover_merge=1 -use_counters=0 -max_len="${FUZZ_KEPT_BYTES:-4096}" "$built/kept" "$here/Corpus/$1" "$built/seeds/$1" "$built/tried/$1" 2>/dev/null
    # Files with names were kept by people, for what they show.
    find "$here/Corpus/$1" -type f -regextype posix-extended -regex '.*/[0-9a-f]{40}' -delete
    # No key goes into a repository, not even one made for this.
    grep -rlZ 'PRIVATE KEY' "$built/kept" | xargs -0 -r rm
    # A part is enough: small ones, which are the clearest, and longer ones, which lead further.
    find "$built/kept" -type f -printf '%s %p\n' | sort -n >"$built/sizes"
    awk -v files="$(wc -l <"$built/sizes")" -v wanted="${FUZZ_KEPT_FILES:-16}" \
        'int(NR * wanted / files) > int((NR - 1) * wanted / files) { print substr($0, index($0, " ") + 1) }' "$built/sizes" |
        xargs -r -I '{}' cp '{}' "$here/Corpus/$1"
}

verb=${1:-}
shift || true
case $verb in
run)
    seconds=$1
    shift
    ;;
keep | again) ;;
*)
    sed -n 's/^# \{0,1\}//p' "$0" | sed 1d
    exit 64
    ;;
esac
require_fuzzer
build
if [ "$verb" = again ]; then
    trace=yes
    fuzz "$1" "$2"
    exit
fi
python3 "$here/seeds.py" "$built/seeds"
[ $# -gt 0 ] || set -- $(ls "$here/Corpus")
for target; do
    "$verb" "$target"
done
