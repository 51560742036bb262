// Where and how results of tests and models are written.
#pragma once

#include <string>

#include "analysis/result_table.hpp"
#include "base/result.hpp"
#include "cli/command.hpp"
#include "study/open_study.hpp"

namespace topline {

struct ResultOutput {
  std::string format = "text";
  std::string file;  // empty: the terminal
};

// --format and --output.
void add_result_options(CLI::App& command, ResultOutput& output);

// False, and a told fault, where the file is one that the study was read from.
bool may_write(Context& context, const OpenStudy& study, const ResultOutput& output);

// Writes the results, or tells why there are none.
void write_results(Context& context, const Result<ResultTables>& results,
                   const ResultOutput& output);

}  // namespace topline
