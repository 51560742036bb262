#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "study/check_parts.hpp"

namespace topline {

namespace {

// Names by which authors mean a value that is no opinion.
constexpr std::array missing_names = {std::pair{"dk", "dont_know"},
                                      std::pair{"dont_know", "dont_know"},
                                      std::pair{"dontknow", "dont_know"},
                                      std::pair{"refused", "refused"},
                                      std::pair{"refusal", "refused"},
                                      std::pair{"no_answer", "refused"},
                                      std::pair{"not_applicable", "not_applicable"}};

template <typename Items>
void check_alike(const std::string& owner, const Items& items, const std::string& what,
                 Diagnostics& faults) {
  std::map<std::string, Place> seen;
  for (const auto& item : items) {
    const auto [first, fresh] = seen.emplace(item.text, item.place);
    if (!fresh && !item.text.empty())
      faults.warning(
          item.place, owner + " has two " + what + " that read `" + item.text + "`",
          "respondents cannot tell it from the one in line " + std::to_string(first->second.line));
  }
}

class Checker {
 public:
  Checker(const Question& question, Diagnostics& faults) : question_(question), faults_(faults) {}

  void run() {
    check_alike(question_.name, *question_.options, "options", faults_);
    check_alike(question_.name, question_.rows, "rows", faults_);
    missing_values();
    choices();
    if (question_.is_grid() && question_.rows.size() == 1)
      faults_.warning(question_.rows[0].place, question_.name + " is a grid with a single row",
                      "ask a plain question instead; grids are harder to answer");
    if (question_.kind == QuestionKind::single && question_.options->size() == 1)
      faults_.warning(question_.place, question_.name + " leaves no choice: it has one option", "");
    unused_groups();
  }

 private:
  [[nodiscard]] bool several() const {
    return question_.kind == QuestionKind::multiple ||
           question_.kind == QuestionKind::multiple_grid;
  }

  void missing_values() {
    for (const Option& option : *question_.options) {
      const auto* known = std::find_if(missing_names.begin(), missing_names.end(),
                                       [&](const auto& pair) { return option.name == pair.first; });
      if (known != missing_names.end() && option.missing == MissingReason::none)
        faults_.warning(option.place, question_.name + "." + option.name + " counts as an opinion",
                        std::string("if it is none, add `missing: ") + known->second + "`");
      if (several() && option.missing != MissingReason::none && !option.exclusive)
        faults_.warning(option.place,
                        question_.name + "." + option.name +
                            " is a missing value that can be ticked beside other options",
                        "add `exclusive: true`");
    }
  }

  void choices() {
    if (!question_.at_least || question_.kind == QuestionKind::ranking)
      return;
    const auto exclusive = std::count_if(question_.options->begin(), question_.options->end(),
                                         [](const Option& option) { return option.exclusive; });
    const auto others = static_cast<int64_t>(question_.options->size()) - exclusive;
    const int64_t least = *question_.at_least;
    if (exclusive > 0 && least > others && least <= static_cast<int64_t>(question_.options->size()))
      faults_.error(
          question_.place,
          "nobody can answer " + question_.name + ": only " + std::to_string(others) +
              " of its options can be ticked together",
          "`at_least` is " + std::to_string(least) + ", and exclusive options stand " + "alone");
  }

  void unused_groups() {
    std::set<int> used;
    for (const Option& option : *question_.options)
      used.insert(option.group);
    for (size_t i = 0; i < question_.groups.size(); ++i) {
      if (!used.contains(static_cast<int>(i)))
        faults_.warning(question_.groups[i].place,
                        "no option of " + question_.name + " is in the group `" +
                            question_.groups[i].name + "`",
                        "give its options `group: " + question_.groups[i].name + "`");
    }
  }

  const Question& question_;
  Diagnostics& faults_;
};

}  // namespace

void check_options(const OpenStudy& study, Diagnostics& faults) {
  for (const Question& question : study.questionnaire.questions)
    Checker(question, faults).run();
}

}  // namespace topline
