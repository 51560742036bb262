#include "io/lf_srm_damage.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "io/lf_srm_text.hpp"

namespace topline::lf_srm {
namespace {

struct Range {
  long long from = 0;
  long long to = 0;
};

std::optional<int> month_number(std::string_view name) {
  static constexpr std::array<std::string_view, 12> months{
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  const auto found = std::find(months.begin(), months.end(), lower(name));
  if (found == months.end())
    return std::nullopt;
  return static_cast<int>(found - months.begin()) + 1;
}

// "4-Feb" was 2-4, "Oct-49" was 10-49.
std::optional<Range> range_behind_date(std::string_view label) {
  const size_t dash = label.find('-');
  if (dash == std::string_view::npos)
    return std::nullopt;
  const std::string_view left = label.substr(0, dash);
  const std::string_view right = label.substr(dash + 1);
  const bool day_first = month_number(right).has_value();
  const std::optional<int> month = month_number(day_first ? right : left);
  const std::optional<int> other = whole_number(day_first ? left : right);
  if (!month || !other || *month >= *other)
    return std::nullopt;
  return Range{*month, *other};
}

// The first and the last number that a label speaks of; with the repair where one is thought of.
std::optional<Range> range_of(const std::string& label) {
  if (const std::optional<Range> damaged = range_behind_date(label))
    return damaged;
  const std::vector<long long> numbers = numbers_in(label);
  if (numbers.empty())
    return std::nullopt;
  return Range{numbers.front(), numbers.back()};
}

bool begins_above(const std::string& label, long long bound) {
  const std::optional<Range> next = range_of(label);
  if (!next)
    return false;
  const std::vector<std::string> words = words_of(label);
  const bool open = !words.empty() && (words[0] == "more" || words[0] == "over");
  return next->from == bound + 1 || (open && next->from == bound);
}

bool is_known(const std::string& label, const std::vector<std::vector<std::string>>& lists) {
  return std::any_of(lists.begin(), lists.end(), [&](const std::vector<std::string>& list) {
    return std::any_of(list.begin(), list.end(), [&](const std::string& other) {
      return comparable(other) == comparable(label);
    });
  });
}

}  // namespace

std::vector<LabelRepair> repair_labels(std::vector<std::string>& labels,
                                       const std::vector<std::vector<std::string>>& known_lists) {
  std::vector<LabelRepair> repairs;
  for (size_t i = 0; i < labels.size(); ++i) {
    const std::optional<Range> range = range_behind_date(labels[i]);
    if (!range)
      continue;
    LabelRepair repair{i, labels[i], {}, {}};
    const std::string label = std::to_string(range->from) + "-" + std::to_string(range->to);
    const std::optional<Range> before = i > 0 ? range_of(labels[i - 1]) : std::nullopt;
    const bool follows = before && before->to + 1 == range->from;
    const bool leads = i + 1 < labels.size() && begins_above(labels[i + 1], range->to);
    if (is_known(label, known_lists)) {
      repair.after = label;
      repair.evidence = "another file lists it so";
    } else if (follows || leads) {
      repair.after = label;
      repair.evidence = follows && leads ? "it fits between its neighbours"
                        : follows        ? "the option before it ends right below"
                                         : "the option behind it begins right above";
    }
    if (!repair.after.empty())
      labels[i] = repair.after;
    repairs.push_back(std::move(repair));
  }
  return repairs;
}

}  // namespace topline::lf_srm
