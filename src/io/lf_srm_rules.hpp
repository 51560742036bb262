// The rules of an instrument as they are noted in words: what each line says, not yet what it
// means for this questionnaire.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace topline::lf_srm {

// "6.3": response 3 of question 6.
struct RuleRef {
  int question = 0;
  std::string code;

  bool operator==(const RuleRef&) const = default;
};

struct Rule {
  enum class Kind {
    screen_out,       // "DQ" beside a response
    screen_out_all,   // "DQ if Never for all seven responses": `label`
    hide_if,          // "Hide if 6.3, 6.4": `refs`
    show_if,          // "Show if 5.4": `refs`
    hide_pages,       // "Hide Pages 8, 9" beside a response: `pages`
    show_pages,       // "Show Page 8"
    hide_questions,   // "Hide Q7" beside a response: `questions`
    show_questions,   // "Show Q7"
    exclusive_code,   // "Q31 = [C9] AND Q31 IN [C1, C2] => INVALIDATE Q31": `refs`
    exclusive_label,  // "You can't select "None" and another option": `label`
    hide_unless,      // "Q43 != C1 => HIDE Q52": `refs`, `questions`
    hide_when,        // "Q43 = C1 => HIDE Q52"
    if_answer,        // "IF OSPO = YES on Q9": `refs` has the question, `label` the word
    unread,
  };
  Kind kind = Kind::unread;
  std::string words;  // the line as written
  std::string label;
  std::vector<RuleRef> refs;
  std::vector<std::string> pages;
  std::vector<int> questions;
};

// The rules in a cell, one for each line. Separators may be commas, full stops (a slip that
// occurs) or "and".
std::vector<Rule> parse_rules(std::string_view text);

}  // namespace topline::lf_srm
