#!/bin/sh
# The example comes out the same to the byte: its respondents from their seed, and its report in
# another folder, time zone and locale.
#
#   same_bytes.sh <topline> <the repository>
set -eu
topline=$1
example=$2/examples/genai-2023
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$topline" simulate "$example" --seed 1 --output "$work/again.csv" >"$work/log"
cmp "$work/again.csv" "$example/data/responses.csv"

mkdir "$work/one" "$work/another place"
cp -R "$example"/. "$work/one"
cp -R "$example"/. "$work/another place"
rm -rf "$work/one/build" "$work/another place/build"
LC_ALL=C.UTF-8 TZ=UTC "$topline" report "$work/one" >>"$work/log"
(cd "$work/another place" && LC_ALL=C TZ=Asia/Tokyo LANG=ja_JP.UTF-8 "$topline" report >>"$work/log")
diff -r "$work/one/build" "$work/another place/build"
[ -s "$work/one/build/report.ja.html" ]
