#!/bin/sh
# The runner of test/suite, tried with a made-up program and cases made on the spot:
# run_case_test.sh <run_case>
set -eu
run_case=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
mkdir -p source/test/suite/_base/minimal source/examples/tea
suite=source/test/suite
printf 'from the base\n' >"$suite/_base/minimal/study.yaml"
printf 'to be removed\n' >"$suite/_base/minimal/extra.yaml"
printf 'tea\n' >source/examples/tea/study.yaml

cat >program <<'END'
#!/bin/sh
case ${1-} in
  say) shift; for word in "$@"; do echo "[$word]"; done ;;
  both) echo to err >&2; echo to out ;;
  fail) echo "study.yaml: error" >&2; exit 1 ;;
  show) cat "$2" ;;
  read) cat ;;
  write) mkdir -p build; printf '%s' "$2" >"build/$3" ;;
  bare) printf 'no end' ;;
  crash) kill -SEGV $$ ;;
  sanitizer) echo "==1==ERROR: AddressSanitizer: heap-use-after-free" >&2; exit 1 ;;
  undefined) echo "x.cpp:1:2: runtime error: signed integer overflow" >&2 ;;
  env) echo "$LC_ALL $TZ ${SECRET-unset} ${COLUMNS-unset}" ;;
  list) ls ;;
esac
END
chmod +x program

failures=0
# test_case <name> <commands> <expected>: makes a case; the files that it needs are added after.
test_case() {
  folder=$suite/group/$1
  mkdir -p "$folder"
  printf '%s\n' "$2" >"$folder/cmd"
  printf '%s\n' "$3" >"$folder/expected"
}
# gives <status> [text]: runs the last case; its status, and a text that stands in its output.
gives() {
  status=0
  SECRET=1 COLUMNS=10 "$run_case" ./program source "$folder" >log 2>&1 || status=$?
  if [ "$status" != "$1" ]; then
    echo "$folder: status $status, not $1"; cat log; failures=$((failures + 1))
  elif [ $# = 2 ] && ! grep -qF -e "$2" log; then
    echo "$folder: its output does not say: $2"; cat log; failures=$((failures + 1))
  fi
}

test_case words "topline say a 'b  c' \"d \\\" e\" f\\ g '' x'y'z" 'exit 0
[a]
[b  c]
[d " e]
[f g]
[]
[xyz]'; gives 0
test_case out-before-err 'topline both' 'exit 0
to out
to err'; gives 0
test_case wrong-text 'topline say a' 'exit 0
[b]'; gives 1 '- [b]'; gives 1 '+ [a]'
test_case missing-line 'topline say a' 'exit 0'; gives 1 '+ [a]'
test_case further-line 'topline say a' 'exit 0
[a]
[b]'; gives 1 '- [b]'
test_case wrong-status 'topline fail' 'exit 0
study.yaml: error'; gives 1 '+ exit 1'
test_case right-status 'topline fail' 'exit 1
study.yaml: error'; gives 0
test_case two-commands 'topline say a
# a comment
topline fail' 'exit 0
[a]
exit 1
study.yaml: error'; gives 0
test_case dots 'topline say a b c d' 'exit 0
[a]
...
[d]
...'; gives 0
test_case dots-too-much 'topline say a b c d' 'exit 0
...
[x]
...'; gives 1
test_case dots-take-more 'topline say a b a c' 'exit 0
...
[a]
[c]'; gives 0
test_case no-expectation 'topline say a' ''; rm "$folder/expected"; gives 1 '+ [a]'
test_case no-end-of-line 'topline bare' 'exit 0
no end'; gives 0
test_case environment 'topline env' 'exit 0
C.UTF-8 UTC unset unset'; gives 0
test_case own-environment 'LC_ALL=de_DE.UTF-8 SECRET=s topline env' 'exit 0
de_DE.UTF-8 UTC s unset'; gives 0

test_case crash 'topline crash' 'exit 0'; gives 1 'was ended by signal 11'
TOPLINE_UPDATE=1; export TOPLINE_UPDATE; gives 1; unset TOPLINE_UPDATE
test_case sanitizer 'topline sanitizer' 'exit 1
==1==ERROR: AddressSanitizer: heap-use-after-free'; gives 1 "sanitizer's report"
test_case undefined 'topline undefined' 'exit 0
...'; gives 1 "sanitizer's report"

test_case own-files 'topline show study.yaml' 'exit 0
mine'; printf 'mine\n' >"$folder/study.yaml"; gives 0
test_case study-folder 'topline list' 'exit 0
study.yaml'; mkdir "$folder/study"; touch "$folder/study/study.yaml" "$folder/notes"; gives 0
test_case over-base 'topline show study.yaml' 'exit 0
mine'; echo 'base: minimal' >"$folder/from"; printf 'mine\n' >"$folder/study.yaml"; gives 0
test_case base 'topline list
topline show study.yaml' 'exit 0
study.yaml
exit 0
from the base'
echo 'base: minimal' >"$folder/from"; echo extra.yaml >"$folder/remove"; gives 0
test_case example 'topline show study.yaml' 'exit 0
tea'; echo 'example: tea' >"$folder/from"; gives 0
test_case unknown-base 'topline list' 'exit 0'; echo 'base: none' >"$folder/from"; gives 2 'names no folder'
test_case remove-nothing 'topline list' 'exit 0'; echo x >"$folder/remove"; gives 2 'there is no x'
test_case input 'topline read < answers' 'exit 0
1,2'; echo 1,2 >"$folder/answers"; gives 0
test_case no-input 'topline read' 'exit 0'; gives 0
test_case no-program 'cat study.yaml' 'exit 0'; gives 2 'a command starts with topline'
test_case quote "topline say 'a" 'exit 0'; gives 2 'no partner'
test_case no-command '' 'exit 0'; gives 2 'no command'

test_case file 'topline write x report.html' 'exit 0'
echo 'build/*.html' >"$folder/expect-files"; gives 0
echo 'build/*.pdf' >"$folder/expect-files"; gives 1 'there is no file build/*.pdf'
rm "$folder/expect-files"; echo build >"$folder/expect-no-files"; gives 1 'there is a file build'
echo 'build/*.pdf' >"$folder/expect-no-files"; gives 0
test_case half-written 'topline write x report.html.part123' 'exit 0'; gives 1 'part[0-9]*'
test_case contents 'topline write abc x.csv' 'exit 0'
mkdir -p "$folder/expect/build"; printf abc >"$folder/expect/build/x.csv"; gives 0
printf abd >"$folder/expect/build/x.csv"; gives 1 '+ abc'
TOPLINE_UPDATE=1; export TOPLINE_UPDATE; gives 0 updated; unset TOPLINE_UPDATE; gives 0
printf abc >"$folder/expect/build/y.csv"; gives 1 'there is no file build/y.csv'

test_case update 'topline say new' 'exit 0
[old]'; gives 1
TOPLINE_UPDATE=1; export TOPLINE_UPDATE; gives 0 updated; unset TOPLINE_UPDATE; gives 0
test_case update-keeps-dots 'topline say a b' 'exit 0
...'
TOPLINE_UPDATE=1; export TOPLINE_UPDATE; gives 0; unset TOPLINE_UPDATE
if ! grep -qxF ... "$folder/expected"; then echo "$folder: the dots are gone"; failures=1; fi
if [ -e source/test/suite/group/file/build ]; then echo "a case ran in its own folder"; failures=1; fi

[ "$failures" = 0 ]
