#include "simulation/candidates.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/date.hpp"

namespace topline {

namespace {

constexpr int64_t most_patterns = 4096;  // of ticks or ranks that are listed one by one
constexpr size_t patterns_drawn = 400;   // of more than that
constexpr int64_t most_numbers = 8000;
constexpr int64_t skipped_weight = 50;

double power_of_ten(int exponent) {
  double power = 1;
  for (int i = 0; i < exponent; ++i)
    power *= 10;
  return power;
}

// The first or last day of "2023-09" or "2023-09-04".
std::optional<int> fieldwork_day(const std::string& text, bool last) {
  if (text.size() != 7)
    return parse_date(text);
  const std::optional<int> first = parse_date(text + "-01");
  if (!first || !last)
    return first;
  int day = *first;
  while (format_date(day + 1).substr(0, 7) == text)
    ++day;
  return day;
}

void add(Candidates& result, PlainAnswer answer, int64_t weight) {
  answer.state = AnswerState::answered;
  result.all.push_back({std::move(answer), std::max<int64_t>(1, weight)});
}

struct Regular {
  std::vector<size_t> options;    // that can be combined
  std::vector<size_t> exclusive;  // that rule out every other
};

Regular regular_options(const Variable& variable) {
  Regular regular;
  for (size_t i = 0; i < variable.options->size(); ++i)
    ((*variable.options)[i].exclusive ? regular.exclusive : regular.options).push_back(i);
  return regular;
}

ChoiceLimits limits_of(const OpenStudy& study, const Variable& variable) {
  if (!variable.question.valid()) {
    const auto count = static_cast<int>(regular_options(variable).options.size());
    return {std::min(1, count), count};
  }
  return choice_limits(study.questionnaire[variable.question]);
}

}  // namespace

ChoiceLimits choice_limits(const Question& question) {
  int regular = 0;
  for (const Option& option : *question.options)
    regular += option.exclusive ? 0 : 1;
  ChoiceLimits limits;
  const bool ranks_all =
      question.kind == QuestionKind::ranking && !question.at_least && !question.at_most;
  limits.most = std::min(regular, question.at_most.value_or(regular));
  limits.least = std::min(limits.most, std::max(1, question.at_least.value_or(1)));
  if (ranks_all)
    limits.least = limits.most;
  return limits;
}

NumberRange number_range(const OpenStudy& study, VariableId id) {
  const Variable& variable = study.questionnaire.codebook[id];
  NumberRange range;
  range.step = 1 / power_of_ten(variable.decimals);
  if (variable.kind == VariableKind::date) {
    range.step = 1;
    const int from = fieldwork_day(study.study.fieldwork_from, false).value_or(19'600);
    const int to = fieldwork_day(study.study.fieldwork_to, true).value_or(from + 30);
    range.least = variable.role == VariableRole::hidden ? from : from - 3650;
    range.most = to;
  } else {
    range.least = 0;
    range.most = 100;
  }
  if (variable.question.valid()) {
    const Question& question = study.questionnaire[variable.question];
    range.least = question.minimum.value_or(range.least);
    range.most = question.maximum.value_or(std::max(range.least, range.most));
    range.least = std::min(range.least, range.most);
  }
  return range;
}

int64_t tick_patterns(const OpenStudy& study, VariableId id, int64_t limit) {
  const Variable& variable = study.questionnaire.codebook[id];
  const ChoiceLimits limits = limits_of(study, variable);
  const auto count = static_cast<int64_t>(regular_options(variable).options.size());
  int64_t total = 0, ways = 1;  // of choosing `chosen` options
  for (int64_t chosen = 1; chosen <= limits.most; ++chosen) {
    ways = ways * (count - chosen + 1) / chosen;
    if (chosen >= limits.least)
      total += ways;
    if (total >= limit || ways >= limit * count)
      return limit;
  }
  return total;
}

Candidates CandidateList::of(VariableId id, const std::vector<double>& constants,
                             Random random) const {
  const Variable& variable = study_.questionnaire.codebook[id];
  Candidates result;
  if (variable.role != VariableRole::hidden)
    result.all.push_back({PlainAnswer::without(AnswerState::not_asked), 1000});
  const bool may_skip = variable.role == VariableRole::question
                            ? !study_.questionnaire[variable.question].required
                            : variable.kind == VariableKind::text;
  if (may_skip)
    result.all.push_back({PlainAnswer::without(AnswerState::skipped), skipped_weight});
  switch (variable.kind) {
    case VariableKind::single:
    case VariableKind::flag:
      singles(id, result);
      break;
    case VariableKind::multiple:
      multiples(id, result, random);
      break;
    case VariableKind::ranking:
      rankings(id, result, random);
      break;
    case VariableKind::number:
    case VariableKind::date:
      numbers(id, constants, result);
      break;
    case VariableKind::text:
      texts(id, result);
      break;
  }
  return result;
}

void CandidateList::singles(VariableId id, Candidates& result) const {
  const Variable& variable = study_.questionnaire.codebook[id];
  for (size_t i = 0; i < variable.options->size(); ++i) {
    PlainAnswer answer;
    answer.option = static_cast<int>(i);
    add(result, std::move(answer), appeal_.of(id, i));
  }
}

void CandidateList::multiples(VariableId id, Candidates& result, Random& random) const {
  const Variable& variable = study_.questionnaire.codebook[id];
  const Regular regular = regular_options(variable);
  const ChoiceLimits limits = limits_of(study_, variable);
  PlainAnswer answer;
  auto add_pattern = [&](const std::vector<size_t>& ticked) {
    if (static_cast<int>(ticked.size()) < limits.least ||
        static_cast<int>(ticked.size()) > limits.most)
      return;
    answer.marks.assign(variable.options->size(), 0);
    for (size_t i : ticked)
      answer.marks[i] = 1;
    // Chance of this pattern, in parts of 10^12.
    double chance = 1e12;
    for (size_t i : regular.options) {
      const auto tick = static_cast<double>(appeal_.of(id, i)) / 1000;
      chance *= answer.marks[i] != 0 ? tick : 1 - tick;
    }
    add(result, answer, static_cast<int64_t>(chance));
  };
  if (tick_patterns(study_, id, most_patterns + 1) <= most_patterns &&
      regular.options.size() < 20) {
    for (uint32_t pattern = 1; pattern < (uint32_t{1} << regular.options.size()); ++pattern) {
      std::vector<size_t> ticked;
      for (size_t i = 0; i < regular.options.size(); ++i) {
        if ((pattern >> i & 1U) != 0)
          ticked.push_back(regular.options[i]);
      }
      add_pattern(ticked);
    }
  } else {
    result.complete = false;
    std::set<std::vector<size_t>> drawn;
    for (size_t i : regular.options)
      drawn.insert({i});
    for (size_t attempt = 0; attempt < patterns_drawn; ++attempt) {
      std::vector<size_t> ticked;
      for (size_t i : regular.options) {
        if (random.per_mille(appeal_.of(id, i)))
          ticked.push_back(i);
      }
      drawn.insert(ticked);
    }
    for (const std::vector<size_t>& ticked : drawn)
      add_pattern(ticked);
  }
  for (size_t i : regular.exclusive) {
    answer.marks.assign(variable.options->size(), 0);
    answer.marks[i] = 1;
    add(result, answer, appeal_.of(id, i) * 1'000'000'000);
  }
}

void CandidateList::rankings(VariableId id, Candidates& result, Random& random) const {
  const Variable& variable = study_.questionnaire.codebook[id];
  const ChoiceLimits limits = limits_of(study_, variable);
  const std::vector<int64_t>& weights = appeal_.of(id);
  const auto count = static_cast<int64_t>(weights.size());
  int64_t ways = 1, total = 0;
  for (int64_t ranked = 1; ranked <= limits.most && total <= most_patterns; ++ranked) {
    ways *= count - ranked + 1;
    if (ranked >= limits.least)
      total += ways;
  }
  PlainAnswer answer;
  answer.marks.assign(weights.size(), 0);
  auto rank = [&](auto& self, int next, double chance, int64_t left) -> void {
    if (next > limits.least)
      add(result, answer, static_cast<int64_t>(chance));
    if (next > limits.most)
      return;
    for (size_t i = 0; i < weights.size(); ++i) {
      if (answer.marks[i] != 0)
        continue;
      answer.marks[i] = static_cast<uint8_t>(next);
      self(self, next + 1,
           chance * static_cast<double>(weights[i]) /
               static_cast<double>(std::max<int64_t>(1, left)),
           left - weights[i]);
      answer.marks[i] = 0;
    }
  };
  int64_t sum = 0;
  for (int64_t weight : weights)
    sum += weight;
  if (total <= most_patterns)
    return rank(rank, 1, 1e12, sum);
  result.complete = false;
  for (size_t attempt = 0; attempt < patterns_drawn; ++attempt) {
    std::vector<int64_t> left = weights;
    answer.marks.assign(weights.size(), 0);
    const int64_t length = random.between(limits.least, limits.most);
    for (int64_t next = 1; next <= length; ++next) {
      const size_t i = random.weighted(left);
      left[i] = 0;
      answer.marks[i] = static_cast<uint8_t>(next);
    }
    add(result, answer, 1);
  }
}

void CandidateList::numbers(VariableId id, const std::vector<double>& constants,
                            Candidates& result) const {
  const Variable& variable = study_.questionnaire.codebook[id];
  const NumberRange range = number_range(study_, id);
  const bool open = variable.role == VariableRole::hidden && variable.kind == VariableKind::number;
  std::vector<double> values;
  const double steps = (range.most - range.least) / range.step;
  const bool listed = !open && steps <= static_cast<double>(most_numbers);
  result.complete = listed;
  // Where too many numbers are possible, or no range is known: a grid, and the neighbourhood of
  // what conditions compare with.
  const double most = open ? 7200 : range.most;
  const double width = listed ? range.step : std::max(range.step, (most - range.least) / 400);
  const auto last = static_cast<int64_t>(std::floor((most - range.least) / width + 1e-9));
  for (int64_t i = 0; i <= last; ++i) {
    const double value = range.least + static_cast<double>(i) * width;
    values.push_back(listed ? value : std::floor(value / range.step) * range.step);
  }
  if (!listed) {
    for (double constant : constants) {
      for (double value :
           {constant - range.step, constant, constant + range.step, constant / 2, constant * 2}) {
        const double rounded = std::floor(value / range.step) * range.step;
        if (rounded >= range.least && (open || rounded <= range.most))
          values.push_back(rounded);
      }
    }
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
  }
  for (double value : values) {
    PlainAnswer answer;
    answer.number = value;
    // Most answers lie in the lower middle; dates rather late.
    const double part = most > range.least ? (value - range.least) / (most - range.least) : 0;
    const double weight = variable.kind == VariableKind::date ? 0.1 + part
                          : part < 0.15                       ? 0.2 + part / 0.15
                                        : 1.5 * (1 - part) * (1 - part) * (1 - part);
    add(result, std::move(answer), static_cast<int64_t>(1000 * std::max(0.0, weight)));
  }
}

void CandidateList::texts(VariableId id, Candidates& result) const {
  for (const std::string& text : phrases_.all(id)) {
    PlainAnswer answer;
    answer.text = text;
    add(result, std::move(answer), 100);
  }
}

}  // namespace topline
