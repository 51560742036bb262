#include "simulation/contradictions.hpp"

#include <algorithm>

#include "base/rounding.hpp"

namespace topline {

namespace {

using Positions = std::vector<size_t>;

std::string percent_text(int64_t part, int64_t whole, const Target& like) {
  Target shown;
  shown.decimals = like.decimals;
  shown.value = percent_rounded(part, whole, like.decimals);
  return printed(shown);
}

class Explainer {
 public:
  Explainer(const Targets& targets, const FacetSpace& space, const CaseModel& model,
            const CountPlan& plan, Diagnostics& faults)
      : targets_(targets), space_(space), model_(model), plan_(plan), faults_(faults) {}

  bool run() {
    if (contradicts(plan_, {})) {
      faults_.error({file(), 0, 0, 0}, "no case can count, whatever the targets",
                    "look for questions that screen everybody out, and for rules of "
                    "processing.yaml that drop everybody");
      return true;
    }
    Positions left;
    for (size_t i = 0; i < targets_.all.size(); ++i)
      left.push_back(i);
    bool any = false;
    for (Positions conflict = find(left); !conflict.empty(); conflict = find(left)) {
      any = true;
      tell(conflict);
      left = without(left, conflict);
    }
    return any;
  }

 private:
  [[nodiscard]] std::string file() const {
    return targets_.cases ? targets_.cases->place.file : "targets.yaml";
  }

  [[nodiscard]] std::vector<uint8_t> active(const Positions& positions) const {
    std::vector<uint8_t> flags(targets_.all.size(), 0);
    for (size_t i : positions)
      flags[i] = 1;
    return flags;
  }

  [[nodiscard]] bool contradicts(const CountPlan& plan, const Positions& positions) const {
    return plan.possible(active(positions)) == IntegerProgram::Outcome::none;
  }

  // A contradiction among `left`, near at hand if there is one: of one base, then within one
  // clique, then of two that touch, then anywhere. Empty if there is none.
  [[nodiscard]] Positions find(const Positions& left) const {
    for (const bool one_base : {true, false}) {
      for (size_t i = 0; i < plan_.cliques().size(); ++i) {
        Positions found = find_in({i}, left, one_base);
        if (!found.empty())
          return found;
      }
    }
    for (size_t i = 0; i < plan_.cliques().size(); ++i) {
      const int parent = plan_.cliques()[i].clique.parent;
      if (parent < 0)
        continue;
      Positions found = find_in({static_cast<size_t>(parent), i}, left, false);
      if (!found.empty())
        return found;
    }
    return contradicts(plan_, left) ? smallest(plan_, {}, left, false) : Positions();
  }

  [[nodiscard]] Positions find_in(const std::vector<size_t>& cliques, const Positions& left,
                                  bool one_base) const {
    const CountPlan part = plan_.part(cliques);
    Positions inside;
    for (size_t i : left) {
      if (part.holds_target(i))
        inside.push_back(i);
    }
    std::vector<Positions> groups;
    if (one_base) {
      for (auto& [base, group] : by_base(inside))
        groups.push_back(group);
    } else {
      groups.push_back(std::move(inside));
    }
    for (const Positions& group : groups) {
      if (group.empty() || !contradicts(part, group))
        continue;
      // Which of several contradictions is found depends on the order: the shorter one is told.
      const Positions forward = smallest(part, {}, group, false);
      Positions backward = smallest(part, {}, {group.rbegin(), group.rend()}, false);
      std::sort(backward.begin(), backward.end());
      return backward.size() < forward.size() ? backward : forward;
    }
    return {};
  }

  // Targets that rest on the same cases, with the counts of these cases.
  [[nodiscard]] std::map<std::vector<int>, Positions> by_base(const Positions& from) const {
    std::map<std::vector<int>, Positions> groups;
    for (size_t i : from) {
      const ScopeTable& table = model_.targets[i];
      const bool share = targets_.all[i].kind == TargetKind::share;
      std::vector<int> base = table.scope;
      for (uint8_t role : table.value)
        base.push_back((share ? role != outside_base : role == hit) ? 1 : 0);
      groups[base].push_back(i);
    }
    return groups;
  }

  // A smallest part of `from` that contradicts `fixed` (QuickXplain, Junker 2004).
  [[nodiscard]] Positions smallest(const CountPlan& plan, const Positions& fixed,
                                   const Positions& from, bool fixed_grew) const {
    if (fixed_grew && contradicts(plan, fixed))
      return {};
    if (from.size() == 1)
      return from;
    const auto half = static_cast<std::ptrdiff_t>(from.size() / 2);
    const Positions first(from.begin(), from.begin() + half);
    const Positions second(from.begin() + half, from.end());
    const Positions in_second = smallest(plan, joined(fixed, first), second, true);
    const Positions in_first = smallest(plan, joined(fixed, in_second), first, !in_second.empty());
    return joined(in_first, in_second);
  }

  static Positions without(const Positions& all, const Positions& some) {
    Positions rest;
    std::copy_if(all.begin(), all.end(), std::back_inserter(rest),
                 [&](size_t i) { return std::find(some.begin(), some.end(), i) == some.end(); });
    return rest;
  }

  static Positions joined(const Positions& a, const Positions& b) {
    Positions all = a;
    all.insert(all.end(), b.begin(), b.end());
    return all;
  }

  void tell(const Positions& conflict) {
    // A base that all of them have is named once.
    const std::optional<Expression>& where = targets_.all[conflict[0]].where;
    one_base_ = conflict.size() > 1 && where &&
                std::all_of(conflict.begin(), conflict.end(), [&](size_t i) {
                  const std::optional<Expression>& other = targets_.all[i].where;
                  return other && other->text == where->text;
                });
    std::string names;
    for (size_t i = 0; i < conflict.size(); ++i) {
      const Target& target = targets_.all[conflict[i]];
      names += i == 0 ? "" : i + 1 == conflict.size() ? " and " : ", ";
      names += name(target) + " = " + printed(target);
      if (i > 0)
        names += " (line " + std::to_string(target.place.line) + ")";
    }
    if (one_base_)
      names += ", all where " + where->text + ",";
    // Where not every answer could be listed, this is no proof.
    const bool proven = std::all_of(conflict.begin(), conflict.end(), [&](size_t i) {
      const Scope& scope = model_.targets[i].scope;
      return std::all_of(scope.begin(), scope.end(),
                         [&](int facet) { return space_[facet].complete; });
    });
    const std::string reason =
        proven ? why(conflict) : "none of the combinations of answers that were tried gives them";
    faults_.error(targets_.all[conflict[0]].place,
                  names + (conflict.size() == 1 ? " cannot be" : " cannot hold together") +
                      (reason.empty() ? "" : ": " + reason),
                  conflict.size() > 1 ? "change one of them"
                                      : "no answers of respondents who follow the routing give it");
  }

  [[nodiscard]] const std::string& name(const Target& target) const {
    return one_base_ ? target.brief : target.text;
  }

  [[nodiscard]] std::string why(const Positions& conflict) const {
    const std::vector<uint8_t> flags = active(conflict);
    Positions shares, others;
    std::optional<int64_t> base;
    for (size_t i : conflict) {
      const Target& target = targets_.all[i];
      if (target.kind != TargetKind::share) {
        others.push_back(i);
        continue;
      }
      shares.push_back(i);
      const std::optional<CountPlan::KnownBase> known = plan_.known_base(i, flags);
      if (!known)
        continue;
      if (known->cases == 0)
        return "nobody is in the base of " + name(target);
      const CountRange range = counts_printed_as(target, known->cases);
      if (range.least > range.most)
        return no_whole_number(target, known->cases, range.most);
      base = known->cases;
    }
    if (shares.empty())
      return counted_within(others);
    if (by_base(shares).size() > 1)
      return "";
    return base ? by_counts(shares, *base) : by_percents(shares);
  }

  // Two counts of which one counts only what the other counts too.
  [[nodiscard]] std::string counted_within(const Positions& pair) const {
    if (pair.size() != 2)
      return "";
    const std::vector<std::vector<uint8_t>> roles = side_by_side(pair);
    if (roles.empty())
      return "";
    for (const size_t small : {size_t{0}, size_t{1}}) {
      const std::vector<uint8_t>& inner = roles[small];
      const std::vector<uint8_t>& outer = roles[1 - small];
      bool inside = true;
      for (size_t cell = 0; cell < inner.size(); ++cell)
        inside = inside && (inner[cell] != hit || outer[cell] == hit);
      if (inside && targets_.all[pair[small]].value > targets_.all[pair[1 - small]].value)
        return "whoever is in the one that is larger is in the other too";
    }
    return "";
  }

  [[nodiscard]] std::string by_counts(const Positions& shares, int64_t base) const {
    std::vector<CountRange> ranges;
    std::string each;
    for (size_t i : shares) {
      const CountRange range = counts_printed_as(targets_.all[i], base);
      each += (each.empty() ? "" : ", ") + printed(targets_.all[i]) + " are " +
              std::to_string(range.least) +
              (range.most > range.least ? " to " + std::to_string(range.most) : "");
      ranges.push_back(range);
    }
    const std::string of = "of " + std::to_string(base) + ", " + each;
    const std::string sum = sum_of(shares, ranges, {base, false},
                                   [](int64_t count) { return std::to_string(count) + " cases"; });
    return sum.empty() ? of : sum + "; " + of;
  }

  // In halves of the last place that is printed: 41 % is 40.5 % or more, and less than 41.5 %.
  [[nodiscard]] std::string by_percents(const Positions& shares) const {
    Target shown;
    for (size_t i : shares)
      shown.decimals = std::max(shown.decimals, targets_.all[i].decimals + 1);
    int64_t whole = 100;
    for (int i = 0; i < shown.decimals; ++i)
      whole *= 10;
    std::vector<CountRange> ranges;
    for (size_t i : shares) {
      int64_t unit = 1;
      for (int places = targets_.all[i].decimals; places < shown.decimals; ++places)
        unit *= 10;
      const int64_t value = targets_.all[i].value * unit;
      ranges.push_back({std::max<int64_t>(0, value - unit / 2), value + unit / 2});
    }
    return sum_of(shares, ranges, {whole, true}, [shown](int64_t value) mutable {
      shown.value = value;
      return printed(shown);
    });
  }

  static std::string no_whole_number(const Target& target, int64_t base, int64_t below) {
    std::string text = "no whole number of " + std::to_string(base) + " is " + printed(target);
    const int64_t first = std::max<int64_t>(0, below);
    if (first <= base)
      text += ", " + std::to_string(first) + " are " + percent_text(first, base, target);
    if (first + 1 <= base)
      text += ", " + std::to_string(first + 1) + " are " + percent_text(first + 1, base, target);
    return text;
  }

  // What each of the shares counts, cell by cell of all that they read together; empty when
  // that is too much to look at.
  [[nodiscard]] std::vector<std::vector<uint8_t>> side_by_side(const Positions& shares) const {
    constexpr int64_t most = 100'000;
    Scope scope{FacetSpace::path};  // how far a case got decides about what it was asked
    for (size_t i : shares)
      scope = united(scope, model_.targets[i].scope);
    int64_t total = 1;
    for (int facet : scope) {
      total *= space_.sizes()[static_cast<size_t>(facet)];
      if (total > most)
        return {};
    }
    std::vector<std::vector<uint8_t>> roles(shares.size());
    std::vector<int> values(space_.all().size(), 0);
    for (int64_t index = 0; index < total; ++index) {
      int64_t rest = index;
      for (size_t i = scope.size(); i-- > 0;) {
        const int64_t size = space_.sizes()[static_cast<size_t>(scope[i])];
        values[static_cast<size_t>(scope[i])] = static_cast<int>(rest % size);
        rest /= size;
      }
      if (!allowed(values, scope))
        continue;
      for (size_t i = 0; i < shares.size(); ++i)
        roles[i].push_back(model_.targets[shares[i]].at(values));
    }
    return roles;
  }

  [[nodiscard]] bool allowed(const std::vector<int>& values, const Scope& scope) const {
    return std::all_of(model_.rules.begin(), model_.rules.end(), [&](const ScopeTable& rule) {
      return !within(rule.scope, scope) || rule.at(values) != 0;
    });
  }

  // Shares that exclude one another and are too many, or cover everybody and are too few, or
  // one that consists of the others. `ranges` and `all` count the same units, which `say` names.
  struct All {
    int64_t amount = 0;
    bool open = false;  // the upper ends of the ranges do not belong to them
  };
  template <typename Say>
  [[nodiscard]] std::string sum_of(const Positions& shares, const std::vector<CountRange>& ranges,
                                   All all, Say say) const {
    const std::vector<std::vector<uint8_t>> roles = side_by_side(shares);
    if (roles.empty())
      return "";
    const std::string them = shares.size() == 1 ? "it" : "one of them";
    bool apart = true, everybody = true;
    for (size_t cell = 0; cell < roles[0].size(); ++cell) {
      const auto hits = std::count_if(roles.begin(), roles.end(),
                                      [&](const auto& role) { return role[cell] == hit; });
      apart = apart && hits <= 1;
      everybody = everybody && (roles[0][cell] == outside_base || hits >= 1);
    }
    int64_t least = 0, most = 0;
    for (const CountRange& range : ranges) {
      least += range.least;
      most += range.most;
    }
    const std::string of = all.open ? "" : " of " + std::to_string(all.amount);
    if (shares.size() == 1 && std::find(roles[0].begin(), roles[0].end(), hit) == roles[0].end())
      return "nobody who counts can be in it";
    if (apart && least > all.amount)
      return "nobody is in two of them, and they make at least " + say(least) + of;
    const int64_t end = all.open ? 1 : 0;
    if (everybody && most - end < all.amount)
      return "everybody is in " + them + ", and " +
             std::string(shares.size() == 1 ? "it makes " : "they make ") +
             std::string(all.open ? "less than " : "at most ") + say(most) + of;
    for (size_t whole = 0; whole < shares.size(); ++whole) {
      const Parts parts = parts_of(roles, whole);
      const CountRange others{least - ranges[whole].least, most - ranges[whole].most};
      const std::string& sum = name(targets_.all[shares[whole]]);
      if (parts.inside && others.least > ranges[whole].most - end)
        return "whoever is in one of the others is in " + sum + ", and they make at least " +
               say(others.least);
      if (parts.inside && parts.all_of_it && others.most - end < ranges[whole].least)
        return sum + " is the sum of the others, which make " +
               std::string(all.open ? "less than " : "at most ") + say(others.most);
    }
    return "";
  }

  struct Parts {
    bool inside = true;     // the others exclude one another, and lie within the whole
    bool all_of_it = true;  // and nothing of the whole is in none of them
  };
  static Parts parts_of(const std::vector<std::vector<uint8_t>>& roles, size_t whole) {
    Parts parts;
    for (size_t cell = 0; cell < roles[whole].size(); ++cell) {
      int others = 0;
      for (size_t i = 0; i < roles.size(); ++i)
        others += i != whole && roles[i][cell] == hit ? 1 : 0;
      const int own = roles[whole][cell] == hit ? 1 : 0;
      parts.inside = parts.inside && others <= own;
      parts.all_of_it = parts.all_of_it && others >= own;
    }
    return parts;
  }

  const Targets& targets_;
  const FacetSpace& space_;
  const CaseModel& model_;
  const CountPlan& plan_;
  Diagnostics& faults_;
  bool one_base_ = false;  // of the contradiction that is being told
};

}  // namespace

bool explain_contradictions(const Targets& targets, const FacetSpace& space, const CaseModel& model,
                            const CountPlan& plan, Diagnostics& faults) {
  return Explainer(targets, space, model, plan, faults).run();
}

}  // namespace topline
