#include "simulation/dealing.hpp"

#include <algorithm>

namespace topline {

namespace {

constexpr int64_t leaning = 1000;  // range of what a person leans to
constexpr int64_t whim = 3500;     // range of what is left to chance

class Dealer {
 public:
  Dealer(const OpenStudy& study, const FacetSpace& space, const CountPlan& plan,
         const CellCounts& counts, Random random)
      : study_(study), space_(space), plan_(plan), counts_(counts), random_(random) {
    const auto cases = static_cast<size_t>(plan.cases());
    cases_.assign(cases, std::vector<int>(space.all().size(), 0));
    find_traits();
    traits_.resize(cases);
    for (std::vector<int64_t>& traits : traits_) {
      for (size_t i = 0; i < trait_count_; ++i)
        traits.push_back(random_.between(0, leaning));
    }
  }

  DealtCases run() {
    for (size_t i = 0; i < plan_.cliques().size(); ++i)
      deal_clique(i);
    for (size_t i = 0; i < space_.all().size(); ++i) {
      if (space_.all()[i].kind == FacetKind::mode)
        even_out(static_cast<int>(i));
    }
    return std::move(cases_);
  }

 private:
  // Trait 0 is how much a person ticks; each list of options has one more.
  void find_traits() {
    std::map<const OptionList*, size_t> by_scale;
    for (const Facet& facet : space_.all()) {
      int trait = -1;
      if (facet.kind == FacetKind::tick) {
        trait = 0;
      } else if (facet.kind == FacetKind::whole &&
                 study_.codebook()[facet.variable].kind == VariableKind::single) {
        const OptionList* scale = study_.codebook()[facet.variable].options.get();
        trait = static_cast<int>(by_scale.emplace(scale, by_scale.size() + 1).first->second);
      }
      trait_of_.push_back(trait);
    }
    trait_count_ = by_scale.size() + 1;
  }

  // Where an answer stands between the ends of its trait.
  [[nodiscard]] int64_t level(int facet, int value) const {
    const Facet& of = space_[facet];
    if (of.kind == FacetKind::tick)
      return value * leaning;
    const auto first =
        static_cast<size_t>(of.values[static_cast<size_t>(value)].candidates.front());
    const auto options = study_.codebook()[of.variable].option_count();
    return options < 2 ? 0 : of.candidates[first].answer.option * leaning / (options - 1);
  }

  void deal_clique(size_t position) {
    const CliqueTable& table = plan_.cliques()[position];
    const Scope& shared = table.clique.overlap;
    int leading = -1;  // the new facet by whose trait persons are lined up
    for (int facet : table.clique.facets) {
      if (leading < 0 && !within({facet}, shared) && trait_of_[static_cast<size_t>(facet)] >= 0)
        leading = facet;
    }
    std::map<std::vector<int>, std::vector<size_t>> persons, cells;
    for (size_t person = 0; person < cases_.size(); ++person) {
      std::vector<int> values;
      for (int facet : shared)
        values.push_back(cases_[person][static_cast<size_t>(facet)]);
      persons[values].push_back(person);
    }
    for (size_t cell = 0; cell < table.cells.size(); ++cell) {
      std::vector<size_t>& copies = cells[table.values(cell, shared)];
      copies.insert(copies.end(), static_cast<size_t>(counts_[position][cell]), cell);
    }
    for (auto& [values, group] : persons) {
      std::vector<size_t>& given = cells[values];
      line_up(group, given, table, leading);
      for (size_t i = 0; i < std::min(group.size(), given.size()); ++i) {
        for (size_t j = 0; j < table.clique.facets.size(); ++j)
          cases_[group[i]][static_cast<size_t>(table.clique.facets[j])] = table.cells[given[i]][j];
      }
    }
  }

  void line_up(std::vector<size_t>& persons, std::vector<size_t>& cells, const CliqueTable& table,
               int leading) {
    random_.shuffle(persons);
    random_.shuffle(cells);
    if (leading < 0)
      return;
    const auto trait = static_cast<size_t>(trait_of_[static_cast<size_t>(leading)]);
    std::vector<std::pair<int64_t, size_t>> lined;
    for (size_t person : persons)
      lined.emplace_back(traits_[person][trait] + random_.between(0, whim), person);
    std::sort(lined.begin(), lined.end());
    for (size_t i = 0; i < persons.size(); ++i)
      persons[i] = lined[i].second;
    std::stable_sort(cells.begin(), cells.end(), [&](size_t a, size_t b) {
      return level(leading, table.value(a, leading)) < level(leading, table.value(b, leading));
    });
  }

  // Nobody with regular ticks may have too few or too many: ticks change hands between persons
  // who are alike in all that the tick is counted with.
  void even_out(int mode) {
    const VariableId variable = space_[mode].variable;
    if (!study_.codebook()[variable].question.valid())
      return;
    const Question& question = study_.questionnaire[study_.codebook()[variable].question];
    const ChoiceLimits limits = choice_limits(question);
    std::vector<int> ticks;
    int others = 0;
    for (size_t i = 0; i < question.options->size(); ++i) {
      const int tick = space_.tick(variable, static_cast<int>(i));
      if (tick >= 0)
        ticks.push_back(tick);
      else if (!(*question.options)[i].exclusive)
        ++others;
    }
    std::vector<size_t> regular;
    for (size_t person = 0; person < cases_.size(); ++person) {
      if (cases_[person][static_cast<size_t>(mode)] + 1 ==
          static_cast<int>(space_[mode].values.size()))
        regular.push_back(person);
    }
    random_.shuffle(regular);
    exchange(regular, ticks, std::max(0, limits.least - others), true);
    exchange(regular, ticks, limits.most, false);
  }

  [[nodiscard]] int ticked(size_t person, const std::vector<int>& ticks) const {
    return static_cast<int>(std::count_if(ticks.begin(), ticks.end(), [&](int tick) {
      return cases_[person][static_cast<size_t>(tick)] != 0;
    }));
  }

  // The values of all facets that share a clique with `tick`, and the tick itself.
  [[nodiscard]] std::vector<int> surroundings(size_t person, int tick) const {
    std::vector<int> values{tick};
    for (const CliqueTable& table : plan_.cliques()) {
      if (!within({tick}, table.clique.facets))
        continue;
      for (int facet : table.clique.facets) {
        if (facet != tick)
          values.push_back(cases_[person][static_cast<size_t>(facet)]);
      }
    }
    return values;
  }

  // Lifts everybody with fewer than `limit` ticks up to it by ticks of those with more, or, when
  // not `lift`, the other way round.
  void exchange(const std::vector<size_t>& persons, const std::vector<int>& ticks, int limit,
                bool lift) {
    const auto beyond = [&](size_t person) {  // how many on the wrong side, below 0: to spare
      const int count = ticked(person, ticks);
      return lift ? limit - count : count - limit;
    };
    const int taken = lift ? 0 : 1;  // what somebody on the wrong side has where it is changed
    std::map<std::vector<int>, std::vector<size_t>> partners;
    if (std::none_of(persons.begin(), persons.end(), [&](size_t p) { return beyond(p) > 0; }))
      return;
    for (size_t person : persons) {
      if (beyond(person) >= 0)
        continue;
      for (int tick : ticks) {
        if (cases_[person][static_cast<size_t>(tick)] != taken)
          partners[surroundings(person, tick)].push_back(person);
      }
    }
    for (size_t person : persons) {
      std::vector<int> order = ticks;
      random_.shuffle(order);
      for (int tick : order) {
        if (beyond(person) <= 0)
          break;
        if (cases_[person][static_cast<size_t>(tick)] != taken)
          continue;
        std::vector<size_t>& with = partners[surroundings(person, tick)];
        while (!with.empty()) {
          const size_t other = with.back();
          with.pop_back();
          int& theirs = cases_[other][static_cast<size_t>(tick)];
          if (beyond(other) >= 0 || theirs == taken)
            continue;
          std::swap(theirs, cases_[person][static_cast<size_t>(tick)]);
          break;
        }
      }
    }
  }

  const OpenStudy& study_;
  const FacetSpace& space_;
  const CountPlan& plan_;
  const CellCounts& counts_;
  Random random_;
  DealtCases cases_;
  std::vector<int> trait_of_;  // by facet, -1: none
  size_t trait_count_ = 0;
  std::vector<std::vector<int64_t>> traits_;  // by person
};

}  // namespace

DealtCases deal(const OpenStudy& study, const FacetSpace& space, const CountPlan& plan,
                const CellCounts& counts, Random random) {
  return Dealer(study, space, plan, counts, random).run();
}

}  // namespace topline
