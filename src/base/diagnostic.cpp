#include "base/diagnostic.hpp"

#include <algorithm>
#include <tuple>

namespace topline {

void Diagnostics::error(Place place, std::string message, std::string hint) {
  add({Severity::error, std::move(place), std::move(message), std::move(hint)});
}

void Diagnostics::warning(Place place, std::string message, std::string hint) {
  add({Severity::warning, std::move(place), std::move(message), std::move(hint)});
}

void Diagnostics::note(Place place, std::string message, std::string hint) {
  add({Severity::note, std::move(place), std::move(message), std::move(hint)});
}

void Diagnostics::append(Diagnostics other) {
  for (Diagnostic& diagnostic : other.all_)
    all_.push_back(std::move(diagnostic));
}

bool Diagnostics::has_errors() const {
  return count(Severity::error) > 0;
}

int Diagnostics::count(Severity severity) const {
  return static_cast<int>(
      std::count_if(all_.begin(), all_.end(),
                    [&](const Diagnostic& diagnostic) { return diagnostic.severity == severity; }));
}

void Diagnostics::sort(const std::vector<std::string>& file_order) {
  auto rank = [&](const std::string& file) {
    return std::find(file_order.begin(), file_order.end(), file) - file_order.begin();
  };
  auto key = [&](const Diagnostic& d) {
    return std::tuple(rank(d.place.file), std::string_view(d.place.file), d.place.line,
                      d.place.column, static_cast<int>(d.severity), std::string_view(d.message),
                      std::string_view(d.hint));
  };
  std::stable_sort(all_.begin(), all_.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  all_.erase(std::unique(all_.begin(), all_.end()), all_.end());
}

namespace {

char lower(char c) {
  return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Optimal string alignment distance in half steps: 2 per edit, 1 per change of case alone.
int half_distance(std::string_view a, std::string_view b) {
  const size_t columns = b.size() + 1;
  std::vector<int> before_last(columns), last(columns), current(columns);
  for (size_t j = 0; j < columns; ++j)
    last[j] = static_cast<int>(2 * j);
  for (size_t i = 1; i <= a.size(); ++i) {
    current[0] = static_cast<int>(2 * i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const char x = a[i - 1], y = b[j - 1];
      const int substitution = x == y ? 0 : (lower(x) == lower(y) ? 1 : 2);
      current[j] = std::min({last[j] + 2, current[j - 1] + 2, last[j - 1] + substitution});
      if (i > 1 && j > 1 && x == b[j - 2] && a[i - 2] == y)
        current[j] = std::min(current[j], before_last[j - 2] + 2);
    }
    before_last.swap(last);
    last.swap(current);
  }
  return last[b.size()];
}

}  // namespace

std::string_view nearest_name(std::string_view name, const std::vector<std::string>& candidates) {
  if (name.empty() || name.size() > 200)
    return {};
  // A third of the letters, at least one edit: further away is another word, not a slip. Of a
  // single letter, all but its case is the letter.
  const int allowed =
      name.size() == 1 ? 1 : 2 * std::max<int>(1, static_cast<int>(name.size()) / 3);
  std::string_view best;
  int best_distance = allowed + 1;
  for (const std::string& candidate : candidates) {
    const size_t gap = candidate.size() > name.size() ? candidate.size() - name.size()
                                                      : name.size() - candidate.size();
    if (candidate.empty() || 2 * gap > static_cast<size_t>(allowed))
      continue;
    const int distance = half_distance(name, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates) {
  const std::string_view near = nearest_name(name, candidates);
  return near.empty() ? std::string() : "did you mean `" + std::string(near) + "`?";
}

}  // namespace topline
