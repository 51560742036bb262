// What is decided about a case: the facets of it that targets, routing and rules speak of.
//
// A facet takes one of a few values. Answers that no condition tells apart are one value, so
// that counting stays small. A multiple question with many options is taken apart: how it was
// answered at all (its mode), and each tick by itself.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <vector>

#include "simulation/candidates.hpp"
#include "simulation/junction_tree.hpp"
#include "study/open_study.hpp"

namespace topline {

enum class FacetKind {
  path,   // the page after which the case left; the last value: it reached the end
  whole,  // the answer to a variable
  mode,   // of a multiple variable: not asked, skipped, an exclusive option, or regular ticks
  tick,   // whether one regular option is ticked
};

// Answers that no condition tells apart.
struct FacetValue {
  std::vector<int32_t> candidates;
  int64_t weight = 0;
};

struct Facet {
  FacetKind kind = FacetKind::whole;
  VariableId variable;
  int option = -1;                    // tick
  std::vector<Candidate> candidates;  // of path: Candidate::answer.option is the page
  std::vector<FacetValue> values;
  bool complete = true;  // the candidates are all that there can be
};

// Whether the question is put to everybody who sees its page.
bool always_asked(const Question& question);
// Whether whoever sees the page answers something on it.
bool always_answered(const Questionnaire& questionnaire, const Page& page);

class FacetSpace {
 public:
  // The facets that `targets` need, with all that these depend on. Only the rules of processing
  // without aggregates are looked at.
  FacetSpace(const OpenStudy& study, const Targets& targets, const CandidateList& candidates,
             Random random);

  [[nodiscard]] const std::vector<Facet>& all() const { return facets_; }
  [[nodiscard]] const Facet& operator[](int facet) const {
    return facets_[static_cast<size_t>(facet)];
  }
  [[nodiscard]] const std::vector<int64_t>& sizes() const { return sizes_; }
  static constexpr int path = 0;

  // The facets that an expression reads, through derived variables.
  [[nodiscard]] Scope scope(const Expression& expression) const;
  // The facet that says whether the variable was asked and answered; -1 if it is none.
  [[nodiscard]] int presence(VariableId variable) const;
  [[nodiscard]] int tick(VariableId variable, int option) const;  // -1 if it is none
  [[nodiscard]] bool taken_apart(VariableId variable) const { return apart_.contains(variable); }

  // Calls `visit` with every combination of values of the facets in `scope`, the last facet
  // changing fastest, as a case that has said nothing else.
  using Visit = std::function<void(size_t index, const DatasetCase& from)>;
  void visit(const Scope& facets, const Visit& visit) const;

  // Makes the candidate of a facet part of a case. A mode comes before its ticks.
  void put(Dataset& dataset, size_t row, int position, const Candidate& candidate) const;

 private:
  struct Reads {
    std::vector<VariableId> variables;          // asked for or hidden, as found
    std::vector<const Expression*> conditions;  // that must be told apart
    std::map<VariableId, std::set<int>> ticks;  // single options
    std::set<VariableId> wholes;                // all options at once
    std::set<VariableId> exact;                 // every answer told apart
    std::map<VariableId, std::vector<double>> constants;
  };
  void collect(const Expression& expression);
  void collect_variable(VariableId id);
  void collect_derivation(const Derivation& derivation);
  void collect_question(VariableId id);
  void collect_constants();

  void make_path();
  void make_facets(const CandidateList& candidates, Random& random);
  void take_apart(VariableId id, const Appeal& appeal);
  void tell_apart();

  [[nodiscard]] Scope node_scope(const Expression& expression, size_t index,
                                 const std::vector<Scope>& before) const;
  [[nodiscard]] std::vector<Scope> node_scopes(const Expression& expression) const;
  [[nodiscard]] Scope variable_scope(VariableId id) const;

  const OpenStudy& study_;
  Reads reads_;
  std::map<VariableId, const Derivation*> derivations_;
  VariableId finished_;
  std::vector<Facet> facets_;
  std::vector<int64_t> sizes_;
  std::map<VariableId, int> presence_;
  std::map<std::pair<VariableId, int>, int> ticks_;
  std::set<VariableId> apart_;
};

}  // namespace topline
