#!/bin/sh
# tools/check-includes against small trees made on the spot: check_includes_test.sh <tools>
set -eu
tools=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0
# tree: a new src/ with the folders base, text (may know base) and engine (base).
tree() {
  rm -rf "$scratch/src"
  for folder in base text engine; do
    mkdir -p "$scratch/src/$folder"
    echo "topline_folder($folder)" >"$scratch/src/$folder/CMakeLists.txt"
  done
  printf 'base:\ntext: base\nengine: base # not text\n' >"$scratch/src/folders.txt"
}
gives() {
  status=0
  "$tools/check-includes" "$scratch" >"$scratch/log" 2>&1 || status=$?
  if [ "$status" != "$1" ] || { [ $# = 2 ] && ! grep -qF -e "$2" "$scratch/log"; }; then
    echo "not status $1 ${2+and \"$2\"}, but $status:"; cat "$scratch/log"; failures=$((failures + 1))
  fi
}

tree; gives 0
printf '#include <vector>\n\n#include "base/x.hpp"\n' >"$scratch/src/engine/a.cpp"; gives 0
printf '// #include "text/x.hpp"\n' >"$scratch/src/engine/b.cpp"; gives 0
printf '\n#include "text/x.hpp"\n' >"$scratch/src/engine/c.hpp"
gives 1 'src/engine/c.hpp:2: engine may not know text'
tree; printf '# include "engine/x.hpp"\n' >"$scratch/src/base/a.hpp"
gives 1 'src/base/a.hpp:1: base may not know engine'
tree; printf '#include "x.hpp"\n' >"$scratch/src/text/a.cpp"; gives 1 'does not say its folder'
tree; printf '#include "../base/x.hpp"\n' >"$scratch/src/text/a.cpp"; gives 1 'does not say its folder'
tree; printf '#include "helpers/x.hpp"\n' >"$scratch/src/text/a.cpp"; gives 1 'not a folder of src/'
tree; mkdir "$scratch/src/new"; touch "$scratch/src/new/a.cpp"; gives 1 'is not in src/folders.txt'
tree; printf 'topline_folder(engine base\n  text LIBS text_library)\n' >"$scratch/src/engine/CMakeLists.txt"
gives 1 'src/engine/CMakeLists.txt: engine may not know text'
tree; printf 'topline_folder(engine base LIBS text)\n' >"$scratch/src/engine/CMakeLists.txt"; gives 0
tree; echo 'late: later' >>"$scratch/src/folders.txt"; gives 1 'does not stand above it'
tree; rm "$scratch/src/folders.txt"; gives 1 'cannot be read'

[ "$failures" = 0 ]
