// What every subcommand gets, and what it leaves: a status.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>

#include "base/diagnostic.hpp"
#include "cli/console.hpp"

namespace topline {

enum class Status { done = 0, fault = 1, usage = 2, environment = 3 };

struct Context {
  Console console;
  Status status = Status::done;
};

// Prints the diagnostics to standard error with the lines they point at. `files` are the texts
// that were read. Sets the status to fault when there are errors; returns whether there are.
bool report_faults(Context& context, Diagnostics faults,
                   const std::map<std::string, std::string>& files);

// One fault of the environment or of usage.
void report_fault(Context& context, const Diagnostic& fault, Status status);

void add_check_command(CLI::App& app, Context& context);
void add_tables_command(CLI::App& app, Context& context);
void add_cases_command(CLI::App& app, Context& context);
void add_estimate_command(CLI::App& app, Context& context);
void add_test_command(CLI::App& app, Context& context);
void add_model_command(CLI::App& app, Context& context);
void add_weight_command(CLI::App& app, Context& context);
void add_report_command(CLI::App& app, Context& context);
void add_questionnaire_command(CLI::App& app, Context& context);
void add_simulate_command(CLI::App& app, Context& context);
void add_translate_command(CLI::App& app, Context& context);
void add_import_command(CLI::App& app, Context& context);
void add_new_command(CLI::App& app, Context& context);
void add_completion_command(CLI::App& app, Context& context);

// `topline` alone: how the study in this folder stands. False where there is no study.
bool print_status(Context& context);

}  // namespace topline
