// From the raw responses to the cases that count, with the account of how many and why.
#pragma once

#include "dataset/aggregate.hpp"
#include "dataset/dataset.hpp"
#include "screening/processing.hpp"
#include "screening/states.hpp"

namespace topline {

enum class Verdict : uint8_t { complete, partial, screened_out, dropped };

struct LedgerStep {
  QuestionId screened_out_by;  // valid: a screen-out of the questionnaire
  int rule = -1;               // otherwise: position in Processing::rules
  int64_t removed = 0;         // in order: of those whom earlier steps left
  int64_t removed_alone = 0;   // had this been the only step
  int64_t left = 0;
};

struct Ledger {
  int64_t started = 0;
  std::vector<LedgerStep> steps;
  int64_t valid = 0;
  int64_t complete = 0;
  std::vector<int64_t> answered_though_not_asked;  // by question
  std::vector<std::string> columns_left_alone;     // heads of the file that nothing names
};

struct Screened {
  Dataset dataset;  // all rows that started, with the derived variables
  std::vector<Verdict> verdicts;
  std::vector<int32_t> reasons;  // by row: position in Ledger::steps, -1 where it counts
  RowMask valid;                 // 1: the case counts (complete or partial)
  Ledger ledger;
};

// Derives states and variables, applies the rules in order. `raw` is as read; nothing that a
// respondent gave is changed.
Screened screen(const Questionnaire& questionnaire, const Processing& processing, Dataset raw);

}  // namespace topline
