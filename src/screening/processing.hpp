// processing.yaml: which cases count and why, and the variables derived from the answers.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dataset/dataset.hpp"
#include "instrument/questionnaire.hpp"

namespace topline {

struct CaseRule {
  bool keep = false;  // keeps where the condition holds; otherwise drops where it does
  Expression condition;
  std::string why;
};

enum class DerivationKind {
  net,            // a flag: the condition
  most_advanced,  // of a multiple variable: the last-listed ticked option
  first_ticked,   // the first-listed
  recode,         // the first option whose condition holds
  bands,          // of a number
  recode_text,    // other-specify texts put back to options of the question
  number,         // a formula
};

struct Derivation {
  VariableId variable;  // in Processing::codebook
  DerivationKind kind = DerivationKind::net;
  VariableId source;                             // most_advanced, first_ticked, bands, recode_text
  std::optional<Expression> formula;             // net, number
  std::vector<std::optional<Expression>> when;   // recode: by option; none: the `else` option
  std::vector<std::pair<double, double>> bands;  // by option, both ends included
  std::map<std::string, int> texts;              // recode_text: text -> option of the source
};

struct Processing {
  Codebook codebook;  // the questionnaire's, and behind it the derived variables
  std::vector<CaseRule> rules;
  std::optional<Expression> complete;  // none: reached(end)
  std::vector<Derivation> derivations;
};

// Reads processing.yaml; an empty text means that there is none. Faults go to `faults`.
Processing load_processing(const std::string& text, const std::string& file,
                           const Questionnaire& questionnaire, Diagnostics& faults);

}  // namespace topline
