#include "simulation/facets.hpp"

#include <algorithm>

#include "instrument/evaluate.hpp"
#include "screening/derive.hpp"

namespace topline {

namespace {

constexpr int64_t patterns_kept_whole = 130;
constexpr int64_t patterns_listed = 4096;
constexpr size_t rows_at_once = 2048;

bool is_derived(const Variable& variable) {
  return variable.role == VariableRole::derived;
}

// A question that is put to everybody who sees its page.
template <typename Test>
bool any_question(const Questionnaire& questionnaire, const Page& page, Test test) {
  return std::any_of(page.questions.begin(), page.questions.end(),
                     [&](QuestionId id) { return test(questionnaire[id]); });
}

}  // namespace

bool always_asked(const Question& question) {
  return !question.show_if &&
         (!question.is_grid() || std::any_of(question.rows.begin(), question.rows.end(),
                                             [](const GridRow& row) { return !row.show_if; }));
}

bool always_answered(const Questionnaire& questionnaire, const Page& page) {
  return any_question(questionnaire, page,
                      [](const Question& of) { return of.required && always_asked(of); });
}

FacetSpace::FacetSpace(const OpenStudy& study, const Targets& targets,
                       const CandidateList& candidates, Random random)
    : study_(study) {
  const VariableId finished = study.codebook().find("finished");
  if (finished.valid() && study.codebook()[finished].role == VariableRole::hidden &&
      study.codebook()[finished].kind == VariableKind::number)
    finished_ = finished;
  for (const Derivation& derivation : study.processing.derivations)
    derivations_.emplace(derivation.variable, &derivation);

  for (const Target& target : targets.all) {
    collect(target.condition);
    if (target.where)
      collect(*target.where);
  }
  for (const CaseRule& rule : study.processing.rules) {
    if (!rule.condition.has_aggregates())
      collect(rule.condition);
  }
  for (const Question& question : study.questionnaire.questions) {
    if (!question.screen_out || question.variables.empty())
      continue;
    collect(*question.screen_out);
    collect_variable(question.variables[0]);
  }
  for (const Page& page : study.questionnaire.pages) {
    if (page.show_if)
      collect(*page.show_if);
  }
  std::sort(reads_.variables.begin(), reads_.variables.end());
  collect_constants();

  make_path();
  make_facets(candidates, random);
  tell_apart();
  for (const Facet& facet : facets_)
    sizes_.push_back(static_cast<int64_t>(facet.values.size()));
}

void FacetSpace::collect(const Expression& expression) {
  if (std::find(reads_.conditions.begin(), reads_.conditions.end(), &expression) !=
      reads_.conditions.end())
    return;
  reads_.conditions.push_back(&expression);
  for (const Node& node : expression.nodes) {
    if (node.op == Op::option_ticked)
      reads_.ticks[node.variable].insert(node.option);
    if (node.op == Op::count_ticks)
      reads_.wholes.insert(node.variable);
    if (node.op == Op::codes_equal) {
      reads_.exact.insert(node.variable);
      reads_.exact.insert(node.other);
    }
  }
  for (VariableId id : expression.variables_read())
    collect_variable(id);
}

void FacetSpace::collect_variable(VariableId id) {
  if (id == finished_)
    return;
  const Variable& variable = study_.codebook()[id];
  if (is_derived(variable)) {
    if (const auto found = derivations_.find(id); found != derivations_.end())
      collect_derivation(*found->second);
    return;
  }
  if (std::find(reads_.variables.begin(), reads_.variables.end(), id) != reads_.variables.end())
    return;
  reads_.variables.push_back(id);
  if (variable.question.valid())
    collect_question(id);
}

void FacetSpace::collect_derivation(const Derivation& derivation) {
  if (derivation.formula)
    collect(*derivation.formula);
  for (const std::optional<Expression>& when : derivation.when) {
    if (when)
      collect(*when);
  }
  if (!derivation.source.valid())
    return;
  collect_variable(derivation.source);
  if (derivation.kind == DerivationKind::most_advanced ||
      derivation.kind == DerivationKind::first_ticked)
    reads_.wholes.insert(derivation.source);
  if (derivation.kind != DerivationKind::recode_text)
    return;
  reads_.wholes.insert(derivation.source);
  reads_.exact.insert(derivation.source);
  const Variable& source = study_.codebook()[derivation.source];
  for (const Option& option : *source.options) {
    const VariableId text = study_.codebook().find(specify_name(source.name, option));
    if (option.specify && text.valid())
      collect_variable(text);
  }
}

// What the routing lets the variable depend on.
void FacetSpace::collect_question(VariableId id) {
  const Variable& variable = study_.codebook()[id];
  const Question& question = study_.questionnaire[variable.question];
  const std::optional<Expression>& page = study_.questionnaire.pages[question.page.index()].show_if;
  for (const std::optional<Expression>* condition :
       {&page, &question.show_if,
        variable.row >= 0 ? &question.rows[static_cast<size_t>(variable.row)].show_if : &page}) {
    if (*condition)
      collect(**condition);
  }
  for (size_t i = 0; i < question.options->size(); ++i) {
    const Option& option = (*question.options)[i];
    if (option.show_if) {
      collect(*option.show_if);
      reads_.ticks[id].insert(static_cast<int>(i));
    }
    if (variable.role == VariableRole::specify && variable.behind == static_cast<int>(i)) {
      for (VariableId source : question.variables) {
        collect_variable(source);
        reads_.ticks[source].insert(static_cast<int>(i));
      }
    }
  }
}

void FacetSpace::collect_constants() {
  for (const Expression* condition : reads_.conditions) {
    std::vector<double> constants;
    for (const Node& node : condition->nodes) {
      if (node.op == Op::constant && node.type != ExpressionType::text)
        constants.push_back(node.number);
    }
    for (VariableId id : condition->variables_read()) {
      std::vector<double>& of = reads_.constants[id];
      of.insert(of.end(), constants.begin(), constants.end());
    }
  }
  for (const auto& [id, derivation] : derivations_) {
    for (const auto& [from, to] : derivation->bands) {
      for (double end : {from, to}) {
        if (end > -1e15 && end < 1e15)
          reads_.constants[derivation->source].push_back(end);
      }
    }
  }
}

void FacetSpace::make_path() {
  const Questionnaire& questionnaire = study_.questionnaire;
  Facet facet;
  facet.kind = FacetKind::path;
  auto add = [&](int page, int64_t weight) {
    Candidate candidate;
    candidate.answer.option = page;
    candidate.weight = weight;
    facet.candidates.push_back(std::move(candidate));
  };
  add(-1, 1);
  const auto pages = static_cast<int>(questionnaire.pages.size());
  // Without `finished`, whoever has answered on the last page that the routing leads to has
  // reached the end; leaving early is then possible only before a page that everybody sees.
  int last_certain = pages;
  if (!finished_.valid()) {
    last_certain = -1;
    for (int i = 0; i < pages; ++i) {
      const Page& page = questionnaire.pages[static_cast<size_t>(i)];
      if (!page.show_if && any_question(questionnaire, page, always_asked))
        last_certain = i;
    }
  }
  for (int i = 0; i < std::min(pages, last_certain); ++i) {
    const bool answered =
        always_answered(questionnaire, questionnaire.pages[static_cast<size_t>(i)]);
    add(i, answered ? 15 : 1);
  }
  add(pages, 1000);
  facets_.push_back(std::move(facet));
}

void FacetSpace::make_facets(const CandidateList& candidates, Random& random) {
  static const std::vector<double> no_constants;
  for (VariableId id : reads_.variables) {
    Random own = random.fork();
    const Variable& variable = study_.codebook()[id];
    if (variable.kind == VariableKind::multiple) {
      const int64_t patterns = tick_patterns(study_, id, patterns_listed + 1);
      const bool whole = reads_.wholes.contains(id) || reads_.exact.contains(id);
      if (patterns > patterns_kept_whole && !whole) {
        take_apart(id, candidates.appeal());
        continue;
      }
    }
    const auto constants = reads_.constants.find(id);
    Candidates possible = candidates.of(
        id, constants == reads_.constants.end() ? no_constants : constants->second, own);
    Facet facet;
    facet.variable = id;
    facet.candidates = std::move(possible.all);
    facet.complete = possible.complete || !variable.has_options();
    presence_.emplace(id, static_cast<int>(facets_.size()));
    facets_.push_back(std::move(facet));
  }
}

void FacetSpace::take_apart(VariableId id, const Appeal& appeal) {
  const Variable& variable = study_.codebook()[id];
  const OptionList& options = *variable.options;
  Facet mode;
  mode.kind = FacetKind::mode;
  mode.variable = id;
  auto add = [&](PlainAnswer answer, int64_t weight) {
    mode.candidates.push_back({std::move(answer), weight});
  };
  if (variable.role != VariableRole::hidden) {
    add(PlainAnswer::without(AnswerState::not_asked), 1000);
    if (!study_.questionnaire[variable.question].required)
      add(PlainAnswer::without(AnswerState::skipped), 50);
  }
  PlainAnswer answer;
  answer.state = AnswerState::answered;
  for (size_t i = 0; i < options.size(); ++i) {
    if (!options[i].exclusive)
      continue;
    answer.marks.assign(options.size(), 0);
    answer.marks[i] = 1;
    add(answer, appeal.of(id, i));
  }
  answer.marks.assign(options.size(), 0);
  add(answer, 1000);
  presence_.emplace(id, static_cast<int>(facets_.size()));
  apart_.insert(id);
  facets_.push_back(std::move(mode));
  for (int i : reads_.ticks[id]) {
    if (options[static_cast<size_t>(i)].exclusive)
      continue;
    Facet tick;
    tick.kind = FacetKind::tick;
    tick.variable = id;
    tick.option = i;
    for (int on : {0, 1}) {
      Candidate candidate;
      candidate.answer.option = on;
      const int64_t weight = appeal.of(id, static_cast<size_t>(i));
      candidate.weight = on != 0 ? weight : 1000 - weight;
      tick.candidates.push_back(std::move(candidate));
    }
    ticks_.emplace(std::pair(id, i), static_cast<int>(facets_.size()));
    facets_.push_back(std::move(tick));
  }
}

int FacetSpace::presence(VariableId variable) const {
  const auto found = presence_.find(variable);
  return found == presence_.end() ? -1 : found->second;
}

int FacetSpace::tick(VariableId variable, int option) const {
  const auto found = ticks_.find({variable, option});
  return found == ticks_.end() ? -1 : found->second;
}

Scope FacetSpace::variable_scope(VariableId id) const {
  if (id == finished_)
    return {path};
  if (is_derived(study_.codebook()[id])) {
    Scope all;
    const auto found = derivations_.find(id);
    if (found == derivations_.end())
      return all;
    const Derivation& derivation = *found->second;
    if (derivation.formula)
      all = united(all, scope(*derivation.formula));
    for (const std::optional<Expression>& when : derivation.when) {
      if (when)
        all = united(all, scope(*when));
    }
    if (derivation.source.valid())
      all = united(all, variable_scope(derivation.source));
    if (derivation.kind == DerivationKind::recode_text) {
      const Variable& source = study_.codebook()[derivation.source];
      for (const Option& option : *source.options) {
        const VariableId text = study_.codebook().find(specify_name(source.name, option));
        if (option.specify && text.valid())
          all = united(all, variable_scope(text));
      }
    }
    return all;
  }
  const int facet = presence(id);
  if (facet < 0)
    return {};
  Scope all{facet};
  for (const auto& [tick, position] : ticks_) {
    if (tick.first == id)
      all = united(all, {position});
  }
  return all;
}

Scope FacetSpace::node_scope(const Expression& expression, size_t index,
                             const std::vector<Scope>& before) const {
  const Node& node = expression.nodes[index];
  Scope all;
  for (int32_t child : node.children)
    all = united(all, before[static_cast<size_t>(child)]);
  if (node.op == Op::reached_page || node.op == Op::reached_end)
    all = united(all, {path});
  if (node.op == Op::option_ticked && taken_apart(node.variable)) {
    const int facet = tick(node.variable, node.option);
    all = united(all, {presence(node.variable)});
    return facet < 0 ? all : united(all, {facet});
  }
  if (node.variable.valid())
    all = united(all, variable_scope(node.variable));
  if (node.other.valid())
    all = united(all, variable_scope(node.other));
  for (VariableId id : node.variables)
    all = united(all, taken_apart(id) ? Scope{presence(id)} : variable_scope(id));
  return all;
}

std::vector<Scope> FacetSpace::node_scopes(const Expression& expression) const {
  std::vector<Scope> scopes;
  for (size_t i = 0; i < expression.nodes.size(); ++i)
    scopes.push_back(node_scope(expression, i, scopes));
  return scopes;
}

Scope FacetSpace::scope(const Expression& expression) const {
  return node_scopes(expression).back();
}

// Two answers are one value when every part of every condition that reads this facet alone
// comes out the same for both.
void FacetSpace::tell_apart() {
  std::vector<std::vector<Expression>> parts(facets_.size());
  for (const Expression* condition : reads_.conditions) {
    const std::vector<Scope> scopes = node_scopes(*condition);
    std::vector<uint8_t> inside(scopes.size(), 0);  // of a larger part that reads one facet
    for (size_t i = scopes.size(); i-- > 0;) {
      for (int32_t child : condition->nodes[i].children)
        inside[static_cast<size_t>(child)] = scopes[i].size() == 1 ? 1 : 0;
      if (scopes[i].size() == 1 && inside[i] == 0)
        parts[static_cast<size_t>(scopes[i][0])].push_back(
            part_of(*condition, static_cast<int32_t>(i)));
    }
  }
  for (size_t i = 0; i < facets_.size(); ++i) {
    Facet& facet = facets_[i];
    for (size_t j = 0; j < facet.candidates.size(); ++j)
      facet.values.push_back({{static_cast<int32_t>(j)}, facet.candidates[j].weight});
    if (facet.kind != FacetKind::whole ||
        study_.codebook()[facet.variable].kind == VariableKind::text ||
        reads_.exact.contains(facet.variable))
      continue;
    using Signature = std::vector<std::pair<int, double>>;
    std::map<Signature, size_t> known;
    std::vector<FacetValue> merged;
    const auto ticks = reads_.ticks.find(facet.variable);
    const bool single = study_.codebook()[facet.variable].kind == VariableKind::single;
    visit({static_cast<int>(i)}, [&](size_t index, const DatasetCase& from) {
      const PlainAnswer& answer = facet.candidates[index].answer;
      Signature signature{{static_cast<int>(answer.state), 0}};
      for (const Expression& part : parts[i]) {
        const Value value = evaluate(part, study_.codebook(), from);
        signature.emplace_back(value.known ? 1 : 0, value.known ? value.number : 0);
      }
      if (ticks != reads_.ticks.end() && answer.state == AnswerState::answered) {
        for (int option : ticks->second)
          signature.emplace_back(2, single ? (answer.option == option ? 1 : 0)
                                           : answer.marks[static_cast<size_t>(option)]);
      }
      const auto [found, is_new] = known.emplace(std::move(signature), merged.size());
      if (is_new)
        merged.emplace_back();
      FacetValue& value = merged[found->second];
      value.candidates.push_back(static_cast<int32_t>(index));
      value.weight += facet.candidates[index].weight;
    });
    facet.values = std::move(merged);
  }
}

void FacetSpace::put(Dataset& dataset, size_t row, int position, const Candidate& candidate) const {
  const Facet& facet = (*this)[position];
  const PlainAnswer& answer = candidate.answer;
  if (facet.kind == FacetKind::path) {
    const auto pages = static_cast<int>(study_.questionnaire.pages.size());
    dataset.at_end[row] = answer.option == pages ? 1 : 0;
    dataset.last_page[row] = std::min(answer.option, pages - 1);
    if (finished_.valid())
      dataset.set_number(finished_, row, dataset.at_end[row]);
  } else if (facet.kind == FacetKind::tick) {
    if (answer.option != 0 && dataset.column(facet.variable).state[row] == AnswerState::answered)
      dataset.set_mark(facet.variable, row, facet.option, 1);
  } else {
    give(dataset, facet.variable, row, answer);
  }
}

void FacetSpace::visit(const Scope& facets, const Visit& visit) const {
  size_t total = 1;
  for (int facet : facets)
    total *= (*this)[facet].values.size();
  for (size_t first = 0; first < total; first += rows_at_once) {
    const size_t rows = std::min(rows_at_once, total - first);
    Dataset dataset(study_.questionnaire.codebook, rows);
    for (size_t row = 0; row < rows; ++row) {
      std::vector<size_t> values(facets.size());
      size_t rest = first + row;
      for (size_t i = facets.size(); i-- > 0;) {
        const size_t count = (*this)[facets[i]].values.size();
        values[i] = rest % count;
        rest /= count;
      }
      for (size_t i = 0; i < facets.size(); ++i) {
        const Facet& facet = (*this)[facets[i]];
        const auto first_candidate =
            static_cast<size_t>(facet.values[values[i]].candidates.front());
        put(dataset, row, facets[i], facet.candidates[first_candidate]);
      }
    }
    derive_variables(study_.processing, dataset);
    DatasetCase from(dataset);
    for (size_t row = 0; row < rows; ++row) {
      from.move_to(row);
      visit(first + row, from);
    }
  }
}

}  // namespace topline
