// Every way through a questionnaire that matters to a condition, by enumeration: the coded
// answers to the questions that it reads, to those that decide whether they are asked, and to
// those that screen out, are finitely many. Numbers, dates and texts are represented by the
// values that the conditions compare them with and by the values between.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "instrument/questionnaire.hpp"

namespace topline {

// More answers than this are not tried.
constexpr int max_tried_answers = 200'000;

// When a condition is looked at.
struct Moment {
  enum class Kind {
    page_begins,     // before the page's first question: what its show_if sees
    question_comes,  // the page is shown; earlier questions of the page may be answered
    question_asked,  // the same, and the question's own show_if holds
    page_sent,       // the question was asked and its page is answered: what screen_out sees
    interview_ends,  // for whoever was not screened out, those who left before included
  };
  Kind kind = Kind::interview_ends;
  PageId page;
  QuestionId question;
};

struct PathOptions {
  bool routing = true;      // false: every question is asked, every option offered
  bool screen_outs = true;  // false: nobody is screened out
  QuestionId except;        // this question screens nobody out
};

enum class Outcome {
  all_seen,   // every way was visited
  stopped,    // the visitor had seen enough
  undecided,  // too many ways, or a condition that cannot be enumerated
};

// Calls `visit` for the case at `moment` on every way that differs in what `reads` read. `visit`
// says whether to go on. Hidden variables may have any value.
Outcome walk_paths(const Questionnaire& questionnaire, const std::vector<const Expression*>& reads,
                   const Moment& moment, const PathOptions& options,
                   const std::function<bool(const CaseView&)>& visit);

// The questions whose screen_out reads a variable that matters to `reads`, before `moment`.
std::vector<QuestionId> screening_before(const Questionnaire& questionnaire,
                                         const std::vector<const Expression*>& reads,
                                         const Moment& moment);

}  // namespace topline
