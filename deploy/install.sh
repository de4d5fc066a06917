#!/bin/sh
# Installs the built programs and what belongs to them, or removes it again: `install.sh install`, `install.sh uninstall`.
#
#   PREFIX      where it will run from (/usr/local)
#   DESTDIR     put before every path that is written, for packagers (empty)
#   SYSCONFDIR  where the configuration goes (/etc); almanacd itself looks in /etc
#   ZSHDIR      where zsh looks for completions
#   BIN_DIR     where the built programs are (.build/release)
set -eu
deploy=$(cd "$(dirname "$0")" && pwd)
source=$(dirname "$deploy")
: "${PREFIX:=/usr/local}" "${DESTDIR:=}" "${SYSCONFDIR:=/etc}" "${BIN_DIR:=$source/.build/release}"
# Debian's zsh reads vendor-completions below /usr, and site-functions below /usr/local.
if [ "$PREFIX" = /usr ]; then zsh=vendor-completions; else zsh=site-functions; fi
: "${ZSHDIR:=$PREFIX/share/zsh/$zsh}"
list=$PREFIX/share/almanac/installed-files

fail() {
    echo "error: $*" >&2
    exit 1
}

# put MODE SOURCE TARGET: a file in its place, and in the list of what is there.
put() {
    install -D -m "$1" "$2" "$DESTDIR$3"
    printf '%s\n' "$3" >>"$stage/installed-files"
}

put_programs() {
    for program in almanac almanacd; do
        put 755 "$BIN_DIR/$program" "$PREFIX/bin/$program"
        for shell in bash zsh fish; do
            "$BIN_DIR/$program" --generate-completion-script "$shell" >"$stage/$program.$shell"
        done
        put 644 "$stage/$program.bash" "$PREFIX/share/bash-completion/completions/$program"
        put 644 "$stage/$program.zsh" "$ZSHDIR/_$program"
        put 644 "$stage/$program.fish" "$PREFIX/share/fish/vendor_completions.d/$program.fish"
    done
}

put_manual() {
    for page in almanac.1 almanacd.8; do
        "$deploy/manual/generate.py" "$BIN_DIR/${page%.*}" "$deploy/manual/$page.in" >"$stage/$page"
        put 644 "$stage/$page" "$PREFIX/share/man/man${page##*.}/$page"
    done
    put 644 "$deploy/manual/almanac-questions.7" "$PREFIX/share/man/man7/almanac-questions.7"
}

put_units() {
    for manager in system user; do
        for unit in "$deploy/systemd/$manager"/*; do
            sed "s|/usr/bin/|$PREFIX/bin/|g" "$unit" >"$stage/unit"
            put 644 "$stage/unit" "$PREFIX/lib/systemd/$manager/$(basename "$unit")"
        done
    done
    put 644 "$deploy/systemd/sysusers.conf" "$PREFIX/lib/sysusers.d/almanac.conf"
    put 644 "$deploy/systemd/tmpfiles.conf" "$PREFIX/lib/tmpfiles.d/almanac.conf"
}

# put_tree FOLDER NAME: the data of the innovation clusters, as it stands in the sources.
put_tree() {
    [ -d "$source/Sources/AlmanacDataset/$1" ] || return 0
    (cd "$source/Sources/AlmanacDataset/$1" && find . -type f ! -path '*/.*' | LC_ALL=C sort) >"$stage/tree"
    while IFS= read -r file; do
        put 644 "$source/Sources/AlmanacDataset/$1/${file#./}" "$PREFIX/share/almanac/$2/${file#./}"
    done <"$stage/tree"
}

put_documents() {
    for document in LICENSE CHANGELOG.md deploy/README.md deploy/almanacd.yaml; do
        put 644 "$source/$document" "$PREFIX/share/doc/almanac/$(basename "$document")"
    done
}

# A configuration is its administrator's: it is never overwritten, and not in the list, so that it is never removed either.
put_configuration() {
    target=$DESTDIR$SYSCONFDIR/almanac/almanacd.yaml
    if [ -e "$target" ] || [ -L "$target" ]; then
        echo "$target stays as it is" >&2
    else
        install -D -m 644 "$deploy/almanacd.yaml" "$target"
    fi
}

# Removes what the old list names and the new one does not, and directories of ours that are empty then.
remove_others() {
    [ -f "$DESTDIR$list" ] || return 0
    while IFS= read -r path; do
        case $path in
        */../* | */.. | [!/]* | '') fail "$DESTDIR$list is damaged: $path" ;;
        esac
        grep -qxF -e "$path" "$1" || rm -f "$DESTDIR$path"
    done <"$DESTDIR$list"
    for folder in share/almanac share/doc/almanac; do
        [ ! -d "$DESTDIR$PREFIX/$folder" ] || find "$DESTDIR$PREFIX/$folder" -depth -type d -empty -delete
    done
}

do_install() {
    for program in almanac almanacd; do
        [ -x "$BIN_DIR/$program" ] || fail "$BIN_DIR/$program is not there: make release, or name another BIN_DIR"
    done
    command -v python3 >/dev/null || fail "python3 is needed for the manual pages: apt-get install python3"
    put_programs
    put_manual
    put_units
    put_tree Package package
    put_tree Mappings mappings
    put_documents
    put_configuration
    printf '%s\n' "$list" >>"$stage/installed-files"
    remove_others "$stage/installed-files"
    install -D -m 644 "$stage/installed-files" "$DESTDIR$list"
}

do_uninstall() {
    [ -f "$DESTDIR$list" ] || fail "nothing is installed below $DESTDIR$PREFIX ($DESTDIR$list is not there)"
    : >"$stage/installed-files"
    remove_others "$stage/installed-files"
    echo "Removed. What is below $DESTDIR$SYSCONFDIR/almanac and /var/lib stays." >&2
}

case $PREFIX in
/*[!A-Za-z0-9_./+-]* | [!/]* | '') fail "PREFIX has to be an absolute path of letters, digits and _ . / + -" ;;
esac
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
trap 'exit 130' INT TERM
case ${1:-} in
install) do_install ;;
uninstall) do_uninstall ;;
*) fail "say install or uninstall" ;;
esac
