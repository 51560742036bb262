// IMPORT.md: what was read, how, and everything that could not be read.
#pragma once

#include <string>
#include <vector>

#include "io/lf_srm_draft.hpp"
#include "io/lf_srm_log.hpp"

namespace topline::lf_srm {

struct ReadFile {
  std::string file;
  std::string as;  // "the raw data: 1,048 respondents, 257 columns"
};

std::string import_account(const std::string& title, const std::vector<ReadFile>& read,
                           const Draft& draft, const RawTable& raw, const ImportLog& log);

}  // namespace topline::lf_srm
