// The whole questionnaire on paper, for people who check it.
#pragma once

#include <string>

#include "study/open_study.hpp"
#include "text/language.hpp"

namespace topline {

// One self-contained HTML page, made to be printed: every page, question and option of `study` in
// its language, with codes, kinds of answers, limits and, in words, the routing: when a page,
// question, row or option is shown and which answers end the interview. `study` is an edition (see
// in_language). Piped texts stand as they are written.
std::string questionnaire_print_out(const OpenStudy& study, const Language& language);

}  // namespace topline
