// The po files as the build embeds them; cmake/EmbedPo.cmake writes the definition.
#pragma once

#include <cstddef>
#include <string_view>

namespace topline {

// One file, in pieces short enough for every compiler's limit on string literals; joined by an
// empty line they are the file.
struct EmbeddedPo {
  std::string_view language;
  const std::string_view* pieces = nullptr;
  size_t count = 0;
};

extern const EmbeddedPo kEmbeddedPo[];
extern const size_t kEmbeddedPoCount;

}  // namespace topline
