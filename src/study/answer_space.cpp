#include "study/answer_space.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "instrument/answer_reason.hpp"

namespace topline {

namespace {

using Each = std::function<bool(const HeldAnswer&)>;

bool compares(Op op) {
  return op >= Op::equal && op <= Op::greater_equal;
}

HeldAnswer empty_answer(AnswerState state) {
  HeldAnswer answer;
  answer.state = state;
  return answer;
}

// Ticks and ranks, by the rules of the question.
class Choices {
 public:
  Choices(const Variable& variable, const Question* question, const Interest& interest,
          const std::vector<uint8_t>& offered, const Each& each)
      : options_(*variable.options), interest_(interest), each_(each) {
    const bool required = question != nullptr && question->required;
    least_ = question != nullptr ? question->at_least.value_or(required ? 1 : 0) : 0;
    most_ = question != nullptr && question->at_most ? *question->at_most
                                                     : static_cast<int>(options_.size());
    answer_.state = AnswerState::answered;
    answer_.marks.assign(options_.size(), 0);
    for (size_t i = 0; i < options_.size(); ++i) {
      if (offered[i] == 0)
        continue;
      if (options_[i].exclusive)
        exclusive_.push_back(i);
      else if (interest.options[i] != 0 || variable.kind == VariableKind::ranking ||
               options_[i].missing != MissingReason::none)  // a count leaves these out
        read_.push_back(i);
      else
        others_.push_back(i);
    }
  }

  bool ticks() {
    for (const size_t i : exclusive_) {
      answer_.marks[i] = 1;
      const bool go_on = each_(answer_);
      answer_.marks[i] = 0;
      if (!go_on)
        return false;
    }
    return subsets(0, 0);
  }

  bool ranks() { return ranked(1); }

 private:
  bool subsets(size_t at, int ticked) {
    if (ticked > most_)
      return true;
    if (at == read_.size())
      return with_others(ticked);
    if (!subsets(at + 1, ticked))
      return false;
    answer_.marks[read_[at]] = 1;
    const bool go_on = subsets(at + 1, ticked + 1);
    answer_.marks[read_[at]] = 0;
    return go_on;
  }

  // Options that nobody reads, as far as their number matters.
  bool with_others(int ticked) {
    const int available = std::min(static_cast<int>(others_.size()), most_ - ticked);
    const int fewest = std::max({0, least_ - ticked, ticked == 0 ? 1 : 0});
    const int last = interest_.count ? available : std::min(fewest, available);
    for (int more = fewest; more <= last; ++more) {
      for (int i = 0; i < more; ++i)
        answer_.marks[others_[static_cast<size_t>(i)]] = 1;
      const bool go_on = each_(answer_);
      for (int i = 0; i < more; ++i)
        answer_.marks[others_[static_cast<size_t>(i)]] = 0;
      if (!go_on)
        return false;
    }
    return true;
  }

  bool ranked(int rank) {
    if (rank > std::max(1, least_) && !each_(answer_))
      return false;
    if (rank > most_)
      return true;
    for (const size_t i : read_) {
      if (answer_.marks[i] != 0)
        continue;
      answer_.marks[i] = static_cast<uint8_t>(rank);
      const bool go_on = ranked(rank + 1);
      answer_.marks[i] = 0;
      if (!go_on)
        return false;
    }
    return true;
  }

  const OptionList& options_;
  const Interest& interest_;
  const Each& each_;
  int least_ = 0;
  int most_ = 0;
  std::vector<size_t> exclusive_, read_, others_;
  HeldAnswer answer_;
};

// The compared constants, and a value in every gap between them, inside the question's range.
std::vector<double> representatives(const Variable& variable, const Question* question,
                                    const Interest& interest) {
  std::vector<double> ends = interest.numbers;
  if (question != nullptr && question->minimum)
    ends.push_back(*question->minimum);
  if (question != nullptr && question->maximum)
    ends.push_back(*question->maximum);
  if (ends.empty())
    ends.push_back(0);
  std::sort(ends.begin(), ends.end());
  std::vector<double> all = {ends.front() - 1};
  for (size_t i = 0; i < ends.size(); ++i) {
    all.push_back(ends[i]);
    all.push_back(i + 1 < ends.size() ? (ends[i] + ends[i + 1]) / 2 : ends[i] + 1);
  }
  // A question without decimals is answered by whole numbers, and a date by whole days.
  const bool whole = question != nullptr && variable.decimals == 0;
  std::vector<double> allowed;
  for (double value : all) {
    if (whole)
      value = std::floor(value);
    if (question != nullptr && ((question->minimum && value < *question->minimum) ||
                                (question->maximum && value > *question->maximum)))
      continue;
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
      allowed.push_back(value);
  }
  return allowed;
}

bool numbers(const Variable& variable, const Question* question, const Interest& interest,
             const Each& each) {
  HeldAnswer answer = empty_answer(AnswerState::answered);
  for (const double value : representatives(variable, question, interest)) {
    answer.number = value;
    if (!each(answer))
      return false;
  }
  return true;
}

bool texts(const Interest& interest, const Each& each) {
  HeldAnswer answer = empty_answer(AnswerState::answered);
  std::vector<std::string> all = interest.texts;
  all.emplace_back("\x01");  // some other text
  return std::all_of(all.begin(), all.end(), [&](const std::string& text) {
    answer.text = text;
    return each(answer);
  });
}

// The boxes "don't know" and "prefer not to say" beside a field to write in.
bool boxes(const Variable& variable, const Each& each) {
  return std::all_of(variable.options->begin(), variable.options->end(), [&](const Option& option) {
    return option.missing == MissingReason::none ||
           each(empty_answer(reason_state(option.missing)));
  });
}

bool singles(const OptionList& options, const std::vector<uint8_t>& offered, const Each& each) {
  HeldAnswer answer = empty_answer(AnswerState::answered);
  for (size_t i = 0; i < options.size(); ++i) {
    answer.option = static_cast<int>(i);
    if (offered[i] != 0 && !each(answer))
      return false;
  }
  return true;
}

}  // namespace

Answer HeldAnswer::view() const {
  Answer answer;
  answer.state = state;
  answer.option = option;
  answer.marks = Marks(marks.data(), static_cast<int>(marks.size()));
  answer.number = number;
  answer.text = text;
  return answer;
}

void add_interests(const Expression& expression, const Codebook& codebook,
                   std::vector<Interest>& interests) {
  const auto node_at = [&](int32_t index) -> const Node& {
    return expression.nodes[static_cast<size_t>(index)];
  };
  // The value of a constant, also behind a minus.
  const auto constant = [&](const Node& node) -> std::optional<double> {
    if (node.op == Op::constant)
      return node.number;
    if (node.op == Op::negate && node_at(node.children[0]).op == Op::constant)
      return -node_at(node.children[0]).number;
    return std::nullopt;
  };
  std::vector<uint8_t> understood(expression.nodes.size(), 0);
  for (const Node& node : expression.nodes) {
    if (!compares(node.op) && node.op != Op::text_equal)
      continue;
    for (size_t side = 0; side < 2; ++side) {
      const Node& read = node_at(node.children[side]);
      const Node& other = node_at(node.children[1 - side]);
      if (node.op == Op::text_equal && read.op == Op::read_text && other.op == Op::constant) {
        interests[read.variable.index()].texts.push_back(other.text);
        understood[static_cast<size_t>(node.children[side])] = 1;
      } else if (read.op == Op::read_number && constant(other)) {
        interests[read.variable.index()].numbers.push_back(*constant(other));
        understood[static_cast<size_t>(node.children[side])] = 1;
      }
    }
  }
  for (size_t i = 0; i < expression.nodes.size(); ++i) {
    const Node& node = expression.nodes[i];
    if ((node.op == Op::read_number || node.op == Op::read_text) && understood[i] == 0)
      interests[node.variable.index()].beyond = true;
    if (!node.variable.valid())
      continue;
    Interest& interest = interests[node.variable.index()];
    interest.options.resize(codebook[node.variable].options->size());
    if (node.op == Op::option_ticked || node.op == Op::option_rank)
      interest.options[static_cast<size_t>(node.option)] = 1;
    if (node.op == Op::count_ticks)
      interest.count = true;
  }
}

bool for_each_answer(const Variable& variable, const Question* question, const Interest& interest,
                     const std::vector<uint8_t>& offered, const Each& each) {
  const bool may_be_empty =
      question == nullptr || !question->required ||
      (variable.has_options() &&
       std::none_of(offered.begin(), offered.end(), [](uint8_t one) { return one != 0; }));
  bool go_on = true;
  switch (variable.kind) {
    case VariableKind::single:
      go_on = singles(*variable.options, offered, each);
      break;
    case VariableKind::multiple:
      go_on = Choices(variable, question, interest, offered, each).ticks();
      break;
    case VariableKind::ranking:
      go_on = Choices(variable, question, interest, offered, each).ranks();
      break;
    case VariableKind::number:
    case VariableKind::date:
      go_on = numbers(variable, question, interest, each) && boxes(variable, each);
      break;
    case VariableKind::text:
      go_on = texts(interest, each) && boxes(variable, each);
      break;
    case VariableKind::flag:  // derived: no question asks for it
      break;
  }
  return go_on && (!may_be_empty || each(empty_answer(AnswerState::skipped)));
}

}  // namespace topline
