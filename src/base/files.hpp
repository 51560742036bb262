// Reading and writing whole files. Outputs are written beside their place and renamed, so that
// a reader never sees half a file and a failed run leaves the old one.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace topline {

// The bytes of the file at `path`. `shown` is the path used in the diagnostic.
Result<std::string> read_file(const std::string& path, const std::string& shown);

// Writes `bytes` to `path` through a temporary file in the same folder, which is created if
// it is missing. The temporary file is removed when anything fails. A link stays, and what it leads
// to is written; a device or a pipe takes the bytes as they come.
Result<Done> write_file(const std::string& path, std::string_view bytes);

}  // namespace topline
