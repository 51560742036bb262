// Conditions in words, for people who check a questionnaire.
#pragma once

#include <string>

#include "instrument/expression.hpp"
#include "instrument/variable.hpp"
#include "text/messages.hpp"

namespace topline {

// "Q3 is “Every day” or “Once a week”, and Q5 is at least 3": questions by name, options in the
// code book's words. What has no words of its own (arithmetic, functions) stands as it was written.
std::string condition_words(const Expression& condition, const Codebook& codebook,
                            const Messages& messages);

}  // namespace topline
