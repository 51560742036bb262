#include "screening/derive.hpp"

#include "instrument/evaluate.hpp"

namespace topline {

namespace {

// Why a formula has no value for a row: the state of the first variable without an answer.
AnswerState why_unknown(const std::vector<VariableId>& read, const DatasetCase& row) {
  for (VariableId id : read) {
    const AnswerState state = row.answer(id).state;
    if (state != AnswerState::answered)
      return state;
  }
  return AnswerState::skipped;
}

class Deriver {
 public:
  Deriver(const Derivation& derivation, Dataset& dataset, VariableId target)
      : derivation_(derivation), dataset_(dataset), codebook_(dataset.codebook()), target_(target) {
    if (derivation.formula)
      read_ = derivation.formula->variables_read();
    for (const std::optional<Expression>& when : derivation.when) {
      if (!when)
        continue;
      for (VariableId id : when->variables_read())
        read_.push_back(id);
    }
    if (derivation.kind == DerivationKind::recode_text)
      find_specify_texts();
  }

  void row(const DatasetCase& from) {
    switch (derivation_.kind) {
      case DerivationKind::net:
      case DerivationKind::number:
        return formula(from);
      case DerivationKind::recode:
        return recode(from);
      default:
        break;
    }
    const Answer answer = from.answer(derivation_.source);
    if (!answer.answered()) {
      dataset_.set_state(target_, from.row(), answer.state);
      return;
    }
    switch (derivation_.kind) {
      case DerivationKind::bands:
        return band(answer, from.row());
      case DerivationKind::recode_text:
        return recode_text(answer, from);
      default:
        return take(answer, from.row());
    }
  }

 private:
  void formula(const DatasetCase& from) {
    const Value value =
        derivation_.formula ? evaluate(*derivation_.formula, codebook_, from) : Value::unknown();
    if (!value.known)
      dataset_.set_state(target_, from.row(), why_unknown(read_, from));
    else if (derivation_.kind == DerivationKind::net)
      dataset_.set_option(target_, from.row(), value.number != 0 ? 1 : 0);
    else
      dataset_.set_number(target_, from.row(), value.number);
  }

  void recode(const DatasetCase& from) {
    bool unknown = false;
    for (size_t i = 0; i < derivation_.when.size(); ++i) {
      const std::optional<Expression>& when = derivation_.when[i];
      // `else` is for those of whom something is known: not for those never asked.
      const Value value = when ? evaluate(*when, codebook_, from) : Value::of(!unknown);
      if (value.holds())
        return dataset_.set_option(target_, from.row(), static_cast<int>(i));
      unknown = unknown || !value.known;
    }
    dataset_.set_state(target_, from.row(), why_unknown(read_, from));
  }

  void band(const Answer& answer, size_t row) {
    for (size_t i = 0; i < derivation_.bands.size(); ++i) {
      if (derivation_.bands[i].first <= answer.number &&
          answer.number <= derivation_.bands[i].second)
        return dataset_.set_option(target_, row, static_cast<int>(i));
    }
  }

  void take(const Answer& answer, size_t row) {
    const OptionList& options = *codebook_[derivation_.source].options;
    const int count = answer.marks.size();
    int missing = -1;
    for (int step = 0; step < count; ++step) {
      const int i = derivation_.kind == DerivationKind::most_advanced ? count - 1 - step : step;
      if (answer.marks[i] == 0)
        continue;
      if (options[static_cast<size_t>(i)].missing == MissingReason::none)
        return dataset_.set_option(target_, row, i);
      missing = i;
    }
    if (missing >= 0)
      dataset_.set_option(target_, row, missing);
  }

  void find_specify_texts() {
    const Variable& source = codebook_[derivation_.source];
    for (size_t i = 0; i < source.options->size(); ++i) {
      const Option& option = (*source.options)[i];
      if (option.specify)
        specify_.emplace_back(static_cast<int>(i),
                              codebook_.find(specify_name(source.name, option)));
    }
  }

  void recode_text(const Answer& answer, const DatasetCase& from) {
    const size_t row = from.row();
    const bool multiple = codebook_[target_].kind == VariableKind::multiple;
    if (multiple) {
      for (int i = 0; i < answer.marks.size(); ++i)
        dataset_.set_mark(target_, row, i, answer.marks[i]);
    } else {
      dataset_.set_option(target_, row, answer.option);
    }
    for (const auto& [option, text_variable] : specify_) {
      const bool given = multiple ? answer.marks[option] != 0 : answer.option == option;
      if (!given || !text_variable.valid())
        continue;
      const auto coded = derivation_.texts.find(std::string(from.answer(text_variable).text));
      if (coded == derivation_.texts.end() || coded->second < 0)
        continue;
      if (multiple) {
        dataset_.set_mark(target_, row, option, 0);
        dataset_.set_mark(target_, row, coded->second, 1);
      } else {
        dataset_.set_option(target_, row, coded->second);
      }
    }
  }

  const Derivation& derivation_;
  Dataset& dataset_;
  const Codebook& codebook_;
  const VariableId target_;
  std::vector<VariableId> read_;
  std::vector<std::pair<int, VariableId>> specify_;
};

}  // namespace

void derive_variables(const Processing& processing, Dataset& dataset) {
  for (const Derivation& derivation : processing.derivations) {
    const VariableId target = dataset.add(processing.codebook[derivation.variable]);
    Deriver deriver(derivation, dataset, target);
    DatasetCase row(dataset);
    for (size_t i = 0; i < dataset.rows(); ++i) {
      row.move_to(i);
      deriver.row(row);
    }
  }
}

}  // namespace topline
