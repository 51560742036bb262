// The answers that can be given to a question, as far as conditions can tell them apart.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "instrument/questionnaire.hpp"

namespace topline {

// An answer with what it points to.
struct HeldAnswer {
  AnswerState state = AnswerState::not_reached;
  int option = -1;
  std::vector<uint8_t> marks;
  double number = 0;
  std::string text;

  [[nodiscard]] Answer view() const;
};

// What conditions look at in one variable.
struct Interest {
  std::vector<uint8_t> options;  // multiple, ranking: 1 where the option itself is read
  bool count = false;            // the number of ticks is read
  std::vector<double> numbers;   // constants that it is compared with
  std::vector<std::string> texts;
  bool beyond = false;  // read in a way that representatives cannot stand for
};

// Adds what `expression` looks at to `interests`, one for each variable of the code book.
void add_interests(const Expression& expression, const Codebook& codebook,
                   std::vector<Interest>& interests);

// Calls `each` for every answer to `variable`, and stops when it says false. `offered` tells
// which options are shown. `question` is the variable's question, or null for a hidden variable,
// which may also be empty. Returns false when it was stopped.
bool for_each_answer(const Variable& variable, const Question* question, const Interest& interest,
                     const std::vector<uint8_t>& offered,
                     const std::function<bool(const HeldAnswer&)>& each);

}  // namespace topline
