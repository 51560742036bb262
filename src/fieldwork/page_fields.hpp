// What a respondent sends of one page: fields by name into answers, and what is wrong with them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fieldwork/page_route.hpp"

namespace topline {

// The fields of a form, in the order in which they came; a name may come more than once.
class FormFields {
 public:
  void add(std::string name, std::string value) {
    all_.emplace_back(std::move(name), std::move(value));
  }
  // The first value of that name; an empty text when there is none.
  [[nodiscard]] std::string_view first(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> every(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const { return all_; }

 private:
  std::vector<std::pair<std::string, std::string>> all_;
};

// The name of the field that answers a numeric, date or text question by one of its options.
std::string reason_field(const Variable& variable);

enum class FieldFaultKind {
  unanswered,      // and an answer is required
  no_such_option,  // a code that is not offered
  several,         // more than one answer to a question that has one
  too_few,         // options; `limit`
  too_many,        // options; `limit`
  exclusive,       // an option that stands alone, beside others; `option`
  same_rank,       // two options with one rank
  rank_missing,    // a rank is left out
  no_number,
  too_many_decimals,  // `limit`; 0: whole numbers only
  too_small,          // number or date; `limit`
  too_large,          // number or date; `limit`
  no_date,
  too_long,     // a text; `limit` in characters
  two_answers,  // a number, date or text beside an option that says there is none
};

struct FieldFault {
  QuestionId question;
  VariableId variable;  // the row of a grid; invalid: the question as a whole
  FieldFaultKind kind = FieldFaultKind::unanswered;
  double limit = 0;
  int option = -1;
};

constexpr size_t longest_text = 20'000;  // characters of one answer

struct PageReading {
  std::vector<FieldFault> faults;
  // Variables that were on the page and whose fields could be read, answered or not.
  std::vector<VariableId> read;
  // Questions that the page shows after these answers, but was not sent with: an answer on the
  // page led to them.
  std::vector<QuestionId> appeared;
};

// Reads the page `page` from `fields` into `answers`. Answers that cannot be read leave what was
// there before. Which questions were on the page as it was sent, the fields named "shown" say;
// only those that the routing asks, with these answers, count. `decimal_comma`: whether "2,5" is
// two and a half. `insist`: an empty required question is a fault, not only what is wrong; false
// for whoever goes back.
PageReading read_page(const Questionnaire& questionnaire, PageId page, const FormFields& fields,
                      bool decimal_comma, bool insist, const std::vector<uint8_t>& sent,
                      CaseAnswers& answers);

}  // namespace topline
