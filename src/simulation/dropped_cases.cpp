#include "simulation/dropped_cases.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "dataset/aggregate.hpp"
#include "instrument/evaluate.hpp"
#include "screening/derive.hpp"
#include "screening/states.hpp"

namespace topline {

namespace {

constexpr int most_pools = 40;
constexpr size_t pool_rows = 400;

class Pool {
 public:
  Pool(const OpenStudy& study, Interview& interview, const Dataset& reference, Random& random)
      : study_(study),
        codebook_(study.questionnaire.codebook),
        interview_(interview),
        random_(random) {
    for (const CaseRule& rule : study.processing.rules) {
      rules_.push_back(bind_aggregates(rule.condition, reference, {}));
      if (rules_.back())
        find_thresholds(*rules_.back());
    }
  }

  // Invents cases, and says of each which rule drops it first; -1: none, or it was screened out.
  std::vector<int> fill(Dataset& raw) {
    const auto pages = static_cast<int>(study_.questionnaire.pages.size());
    for (size_t row = 0; row < raw.rows(); ++row) {
      Errand errand;
      errand.leaves_after =
          random_.per_mille(500) ? pages : static_cast<int>(random_.between(-1, pages - 1));
      interview_.respond(raw, row, errand, random_);
      disturb(raw, row);
    }
    Dataset seen = raw;
    const StateReport states = derive_states(study_.questionnaire, seen);
    derive_variables(study_.processing, seen);
    std::vector<int> first(raw.rows(), -1);
    DatasetCase from(seen);
    for (size_t row = 0; row < raw.rows(); ++row) {
      from.move_to(row);
      if (!states.screened_out_by[row].valid())
        first[row] = first_rule(from);
    }
    return first;
  }

 private:
  [[nodiscard]] int first_rule(const DatasetCase& from) const {
    for (size_t i = 0; i < rules_.size(); ++i) {
      if (rules_[i] &&
          holds(*rules_[i], study_.codebook(), from) != study_.processing.rules[i].keep)
        return static_cast<int>(i);
    }
    return -1;
  }

  // The numbers that a rule compares a variable with: its largest parts that read no answer.
  void find_thresholds(const Expression& rule) {
    const Dataset nobody(codebook_, 1);
    const DatasetCase from(nobody);
    for (VariableId id : rule.variables_read())
      thresholds_[id];
    for (size_t i = 0; i < rule.nodes.size(); ++i) {
      const Expression whole = part_of(rule, static_cast<int32_t>(i));
      const std::vector<VariableId> read = whole.variables_read();
      if (read.empty())
        continue;
      for (int32_t child : rule.nodes[i].children) {
        const Expression part = part_of(rule, child);
        const Value value = part.variables_read().empty() && part.type() == ExpressionType::number
                                ? evaluate(part, codebook_, from)
                                : Value::unknown();
        for (VariableId id : read) {
          if (value.known && value.number >= 0)
            thresholds_[id].push_back(value.number);
        }
      }
    }
  }

  // Gives a hidden variable a value that a rule may be looking for.
  void disturb(Dataset& raw, size_t row) {
    for (const auto& [id, thresholds] : thresholds_) {
      const Variable& variable = study_.codebook()[id];
      if (variable.role != VariableRole::hidden || variable.name == "finished" ||
          random_.per_mille(600))
        continue;
      if (variable.kind == VariableKind::single) {
        raw.set_option(id, row, static_cast<int>(random_.below(variable.options->size())));
      } else if (variable.kind == VariableKind::number && !thresholds.empty()) {
        const double threshold = thresholds[random_.below(thresholds.size())];
        const double part = static_cast<double>(random_.between(400, 950)) / 1000;
        const double value = random_.per_mille(500) ? threshold * part : threshold + 1;
        raw.set_number(id, row, std::floor(value));
      }
    }
    interview_.identify(raw, row, random_);
  }

  const OpenStudy& study_;
  const Codebook& codebook_;
  Interview& interview_;
  Random& random_;
  std::vector<std::optional<Expression>> rules_;
  std::map<VariableId, std::vector<double>> thresholds_;  // of the variables that rules read
};

}  // namespace

void copy_case(Dataset& to, size_t row, const Dataset& from, size_t from_row) {
  for (size_t i = 0; i < to.codebook().size(); ++i) {
    const VariableId id(i);
    const Answer answer = from.answer(id, from_row);
    PlainAnswer plain;
    plain.state = answer.state;
    plain.option = answer.option;
    plain.number = answer.number;
    plain.text = std::string(answer.text);
    for (int mark = 0; mark < answer.marks.size(); ++mark)
      plain.marks.push_back(answer.marks[mark]);
    give(to, id, row, plain);
  }
}

std::vector<DroppedRow> fill_dropped(const OpenStudy& study, Interview& interview, Dataset& raw,
                                     std::vector<DroppedRow> wanted, const Dataset& reference,
                                     Random random) {
  Pool pool(study, interview, reference, random);
  for (int round = 0; round < most_pools && !wanted.empty(); ++round) {
    Dataset cases(study.questionnaire.codebook, pool_rows);
    const std::vector<int> rules = pool.fill(cases);
    for (size_t i = 0; i < pool_rows; ++i) {
      const auto taker = std::find_if(wanted.begin(), wanted.end(), [&](const DroppedRow& row) {
        return rules[i] == static_cast<int>(row.rule);
      });
      if (taker == wanted.end())
        continue;
      copy_case(raw, taker->row, cases, i);
      wanted.erase(taker);
    }
  }
  return wanted;
}

}  // namespace topline
