// The files of a new study, which lie in templates/new and are embedded by the build.
#pragma once

#include <string>
#include <vector>

namespace topline {

struct EmbeddedFile {
  std::string path;
  std::string text;
};

const std::vector<EmbeddedFile>& new_study_files();

}  // namespace topline
