// Where the material lies that does not ship with Topline.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace topline {

// The path of `file` in the folder `shared`; nothing where that is missing.
inline std::optional<std::string> shared_file(const std::string& file) {
  const char* given = std::getenv("TOPLINE_SHARED");  // NOLINT(concurrency-mt-unsafe)
  const std::filesystem::path folder =
      given != nullptr ? std::filesystem::path(given)
                       : std::filesystem::path(TOPLINE_SOURCE_DIR) / ".." / "shared";
  const std::filesystem::path path = (folder / file).lexically_normal();
  return std::filesystem::exists(path) ? std::optional(path.string()) : std::nullopt;
}

}  // namespace topline

// Skips the test, visibly, where the file is missing.
#define TOPLINE_NEEDS_SHARED(variable, file)                              \
  const std::optional<std::string> variable = topline::shared_file(file); \
  if (!(variable))                                                        \
  GTEST_SKIP() << "needs shared/" << (file)
