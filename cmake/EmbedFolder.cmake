# Writes the files of a folder into a .cpp as pairs of path and text:
# cmake -DOUT=<file.cpp> -DFOLDER=<folder> -DNAME=<array> -DHEADER=<header> -P EmbedFolder.cmake
file(GLOB_RECURSE paths RELATIVE "${FOLDER}" "${FOLDER}/*")
list(SORT paths)
set(rows "")
foreach(path IN LISTS paths)
  file(READ "${FOLDER}/${path}" text)
  string(APPEND rows "    {\"${path}\", R\"~file~(${text})~file~\"},\n")
endforeach()
file(WRITE "${OUT}.new"
"// Written by cmake/EmbedFolder.cmake.
#include \"${HEADER}\"

namespace topline {

const std::vector<EmbeddedFile>& ${NAME}() {
  static const std::vector<EmbeddedFile> files = {
${rows}  };
  return files;
}

}  // namespace topline
")
file(RENAME "${OUT}.new" "${OUT}")
