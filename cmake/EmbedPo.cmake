# Writes the po files into a .cpp: cmake -DOUT=<file.cpp> "-DFILES=<a.po;b.po>" -P EmbedPo.cmake
# Each entry (up to the next empty line) becomes one raw string literal, because compilers limit
# the length of a literal.
set(arrays "")
set(rows "")
set(number 0)
foreach(path IN LISTS FILES)
  file(READ "${path}" text)
  string(REPLACE "\n\n" ")po~\",\n    R\"po~(" pieces "${text}")
  get_filename_component(language "${path}" NAME_WE)
  string(APPEND arrays "constexpr std::string_view kFile${number}[] = {\n    R\"po~(${pieces})po~\"};\n\n")
  string(APPEND rows "    {\"${language}\", kFile${number}, std::size(kFile${number})},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUT}.new"
"// Written by cmake/EmbedPo.cmake from po/*.po.
#include <iterator>

#include \"text/embedded_po.hpp\"

namespace topline {

namespace {

${arrays}}  // namespace

const EmbeddedPo kEmbeddedPo[] = {
${rows}};
const size_t kEmbeddedPoCount = std::size(kEmbeddedPo);

}  // namespace topline
")
file(RENAME "${OUT}.new" "${OUT}")
