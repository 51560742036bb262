#!/bin/sh
# tools/check-bans against small files made on the spot: check_bans_test.sh <tools>
set -eu
tools=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0
# gives <status> <text> <folder> <code>: a file with that code, checked.
gives() {
  rm -rf "$scratch/src"
  mkdir -p "$scratch/src/$3"
  printf '%s\n' "$4" >"$scratch/src/$3/file.cpp"
  status=0
  "$tools/check-bans" "$scratch" >"$scratch/log" 2>&1 || status=$?
  if [ "$status" != "$1" ] || ! grep -qF -e "$2" "$scratch/log"; then
    [ "$1" = 0 ] && [ "$status" = 0 ] && return
    echo "$4: not status $1 and \"$2\", but $status:"; cat "$scratch/log"; failures=$((failures + 1))
  fi
}
banned() { gives 1 "src/base/file.cpp:1: $1: " base "$2"; }
free() { gives 0 '' "$1" "$2"; }

banned clock 'auto now = std::chrono::system_clock::now();'
banned clock 'const auto t = time(nullptr);'
banned random 'int x = std::rand();'
banned random 'std::random_device device;'
banned random 'std::random_shuffle(a, b);'
banned distribution 'std::normal_distribution<double> d;'
banned locale 'std::locale::global(std::locale(""));'
banned locale 'setlocale(LC_ALL, "");'
banned locale 'if (std::isdigit(c))'
banned number 'double x = strtod(text, &end);'
banned number 'double x = std::stod(text);'
banned number 'int x = atoi(text);'
banned number 'std::ostringstream out;'
banned print 'printf("%d", 1);'
banned print '  std::cout << 1;'
banned print 'std::snprintf(buffer, 1, "x");'
banned environment 'const char* home = getenv("HOME");'
banned exit 'std::exit(1);'
banned exit 'std::abort();'
banned nan 'return std::numeric_limits<double>::quiet_NaN();'
banned host 'std::thread::hardware_concurrency()'
banned throw 'throw std::runtime_error("x");'
gives 1 'src/base/file.cpp:3: clock' base '#include <x>

steady_clock::now();'

free cli 'const char* home = getenv("HOME"); std::cout << home; std::exit(1);'
free base '// printf("%d") is what we do not use'
free base '/* std::cout
   and std::cerr */ int x;'
free base 'error("do not use printf(1) or \"std::cout\" here");'
free base 'char c = '"'\"'"'; int y = 1;'
free base 'int runtime(int x); int my_time(int); strict_exit(1); footprintf(1);'
free base 'double time(const Case& c);'
free base 'Model(Random random) : random_(random) {} Random random_;'
free base 'throughput = 1;'
free base 'x = getenv("A");  // allow(environment): the test of the tests'
free base '// allow(environment): the test of the tests
x = getenv("A");'
banned environment 'x = getenv("A");  // allow(environment)'
banned environment 'x = getenv("A");  // allow(clock): a reason for something else'

[ "$failures" = 0 ]
