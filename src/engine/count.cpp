#include "engine/count.hpp"

#include <algorithm>
#include <cmath>

namespace topline {

namespace {

bool is_opinion(const Option& option) {
  return option.missing == MissingReason::none;
}

// The rows of the stub: nets above, then options in order, don't know last.
std::vector<StubRow> stub_rows(const TablePlan& plan, const Variable& variable) {
  std::vector<StubRow> rows;
  for (const Net& net : plan.nets) {
    StubRow row;
    row.role = RowRole::net;
    row.name = net.name;
    row.text = net.text;
    row.members = net.members;
    rows.push_back(std::move(row));
  }
  auto add = [&](bool opinions) {
    for (size_t i = 0; i < variable.options->size(); ++i) {
      const Option& option = (*variable.options)[i];
      if (is_opinion(option) != opinions || (!opinions && plan.dont_know == DontKnow::excluded))
        continue;
      StubRow row;
      row.role = opinions ? RowRole::option : RowRole::dont_know;
      row.name = option.name;
      row.text = option.text;
      row.option = static_cast<int>(i);
      row.members = {static_cast<int>(i)};
      row.group = option.group;
      row.anchor = option.anchor;
      rows.push_back(std::move(row));
    }
  };
  if (variable.kind == VariableKind::flag) {
    // Yes or no: one row, the yes, whose text is the variable's own.
    StubRow row;
    row.name = variable.name;
    row.text = variable.short_text();
    row.option = 1;
    row.members = {1};
    rows.push_back(std::move(row));
    return rows;
  }
  add(true);
  add(false);
  return rows;
}

std::vector<BannerColumn> banner_columns(const TablePlan& plan, const Codebook& codebook) {
  std::vector<BannerColumn> columns = {{"total", "", {}, -1}};
  for (VariableId id : plan.banner) {
    const Variable& variable = codebook[id];
    if (variable.kind == VariableKind::flag) {
      columns.push_back({variable.name, variable.short_text(), id, 1});
      continue;
    }
    for (size_t i = 0; i < variable.options->size(); ++i) {
      const Option& option = (*variable.options)[i];
      columns.push_back({variable.name + "." + option.name, option.text, id, static_cast<int>(i)});
    }
  }
  return columns;
}

class Counter {
 public:
  Counter(const TablePlan& plan, const Dataset& dataset, Table& table)
      : plan_(plan),
        dataset_(dataset),
        variable_(dataset.codebook()[plan.stub]),
        table_(table),
        values_(table.columns.size()),
        hit_(variable_.options->size() + 2) {}

  void row(const DatasetCase& from) {
    if (!holds(plan_.where, dataset_.codebook(), from))
      return;
    const Answer answer = from.answer(plan_.stub);
    columns_here(from);
    if (!usable(answer))
      return;
    const int ticks = mark(answer);
    const bool opinions = plan_.dont_know == DontKnow::apart || has_opinion(answer);
    for (size_t column : here_) {
      if (!opinions) {
        ++table_.dont_know_excluded[column];
        continue;
      }
      ++table_.bases[column];
      table_.mentions[column] += ticks;
      for (size_t r = 0; r < table_.rows.size(); ++r) {
        const std::vector<int>& members = table_.rows[r].members;
        if (std::any_of(members.begin(), members.end(),
                        [&](int member) { return hit_[static_cast<size_t>(member)] != 0; }))
          ++table_.cells[r][column].count;
      }
      number(answer, column);
    }
  }

  void finish() {
    for (size_t column = 0; column < values_.size(); ++column) {
      if (!values_[column].empty())
        table_.moments[column] = moments(values_[column]);
    }
  }

 private:
  // Which columns this case belongs to: the total, and each banner answer it gave.
  void columns_here(const DatasetCase& from) {
    here_.assign(1, 0);
    for (size_t column = 1; column < table_.columns.size(); ++column) {
      const BannerColumn& banner = table_.columns[column];
      const Answer answer = from.answer(banner.variable);
      if (!answer.answered())
        continue;
      const bool in = answer.marks.size() > 0 ? answer.marks[banner.option] != 0
                                              : answer.option == banner.option;
      if (in)
        here_.push_back(column);
    }
  }

  bool usable(const Answer& answer) {
    if (answer.answered() || instead_of_number(answer) >= 0)
      return true;
    for (size_t column : here_) {
      if (answer.state == AnswerState::not_asked)
        ++table_.not_asked[column];
      else
        ++table_.no_answer[column];
    }
    return false;
  }

  // The option, don't know or its like, that was chosen in place of a number; -1: none.
  [[nodiscard]] int instead_of_number(const Answer& answer) const {
    if (variable_.kind != VariableKind::number ||
        (answer.state != AnswerState::dont_know && answer.state != AnswerState::refused))
      return -1;
    const bool refused = answer.state == AnswerState::refused;
    const OptionList& options = *variable_.options;
    for (size_t i = 0; i < options.size(); ++i)
      if (refused == (options[i].missing == MissingReason::refused))
        return static_cast<int>(i);
    return -1;
  }

  [[nodiscard]] bool has_opinion(const Answer& answer) const {
    const OptionList& options = *variable_.options;
    if (options.empty())
      return true;
    if (variable_.kind == VariableKind::number)
      return answer.answered();
    if (answer.marks.size() == 0)
      return answer.option < 0 || is_opinion(options[static_cast<size_t>(answer.option)]);
    for (int i = 0; i < answer.marks.size(); ++i) {
      if (answer.marks[i] != 0 && is_opinion(options[static_cast<size_t>(i)]))
        return true;
    }
    return false;
  }

  // Fills hit_ with the options given, and counts the mentions.
  int mark(const Answer& answer) {
    std::fill(hit_.begin(), hit_.end(), uint8_t{0});
    if (variable_.kind == VariableKind::number) {
      const int option = instead_of_number(answer);
      if (option >= 0)
        hit_[static_cast<size_t>(option)] = 1;
      return 0;
    }
    if (answer.marks.size() == 0) {
      if (answer.option >= 0)
        hit_[static_cast<size_t>(answer.option)] = 1;
      return answer.option >= 0 ? 1 : 0;
    }
    const bool ranking = variable_.kind == VariableKind::ranking;
    int ticks = 0;
    for (int i = 0; i < answer.marks.size(); ++i) {
      // Of a ranking, what is tabulated is who came first.
      const bool hit = ranking ? answer.marks[i] == 1 : answer.marks[i] != 0;
      hit_[static_cast<size_t>(i)] = hit ? 1 : 0;
      ticks += hit ? 1 : 0;
    }
    return ticks;
  }

  void number(const Answer& answer, size_t column) {
    if (variable_.kind == VariableKind::number) {
      if (answer.answered())
        values_[column].push_back(answer.number);
    } else if (variable_.kind == VariableKind::single) {
      const Option& option = (*variable_.options)[static_cast<size_t>(answer.option)];
      if (option.value && is_opinion(option))
        values_[column].push_back(*option.value);
    }
  }

  static Moments moments(std::vector<double>& values) {
    Moments result;
    result.n = static_cast<int64_t>(values.size());
    const auto n = static_cast<double>(values.size());
    std::sort(values.begin(), values.end());
    for (double value : values)
      result.mean += value / n;
    double squares = 0;
    for (double value : values)
      squares += (value - result.mean) * (value - result.mean);
    result.standard_deviation = values.size() > 1 ? std::sqrt(squares / (n - 1)) : 0;
    const size_t half = values.size() / 2;
    result.median = values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    return result;
  }

  const TablePlan& plan_;
  const Dataset& dataset_;
  const Variable& variable_;
  Table& table_;
  std::vector<std::vector<double>> values_;
  std::vector<size_t> here_;
  std::vector<uint8_t> hit_;
};

// Options by falling count of the total; nets, anchored options and don't know keep their
// places. Ties keep the questionnaire's order.
void sort_by_size(Table& table) {
  std::vector<size_t> order(table.rows.size());
  std::vector<size_t> places;
  for (size_t i = 0; i < order.size(); ++i) {
    order[i] = i;
    const StubRow& row = table.rows[i];
    if (row.role == RowRole::option && row.anchor == Anchor::none)
      places.push_back(i);
  }
  std::vector<size_t> sorted = places;
  std::stable_sort(sorted.begin(), sorted.end(), [&](size_t a, size_t b) {
    const int group_a = table.rows[a].group, group_b = table.rows[b].group;
    if (group_a != group_b)
      return group_a < group_b;
    return table.cells[a][0].count > table.cells[b][0].count;
  });
  for (size_t i = 0; i < places.size(); ++i)
    order[places[i]] = sorted[i];
  // Anchored at the end means: after the sorted ones, wherever it is listed.
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    auto rank = [&](size_t i) {
      const StubRow& row = table.rows[i];
      if (row.role == RowRole::net)
        return 0;
      if (row.role == RowRole::dont_know)
        return 4;
      return row.anchor == Anchor::start ? 1 : row.anchor == Anchor::end ? 3 : 2;
    };
    return rank(a) < rank(b);
  });
  std::vector<StubRow> rows;
  std::vector<std::vector<Cell>> cells;
  for (size_t i : order) {
    rows.push_back(std::move(table.rows[i]));
    cells.push_back(std::move(table.cells[i]));
  }
  table.rows = std::move(rows);
  table.cells = std::move(cells);
}

}  // namespace

Table count_table(const TablePlan& plan, const Dataset& dataset, const RowMask& mask) {
  const Codebook& codebook = dataset.codebook();
  Table table;
  table.id = plan.id;
  table.title = plan.title;
  table.stub = plan.stub;
  table.multiple = codebook[plan.stub].kind == VariableKind::multiple;
  table.base_text = plan.base_text;
  table.percentages = plan.percentages;
  table.rows = stub_rows(plan, codebook[plan.stub]);
  table.columns = banner_columns(plan, codebook);
  const size_t columns = table.columns.size();
  table.bases.assign(columns, 0);
  table.mentions.assign(columns, 0);
  table.not_asked.assign(columns, 0);
  table.no_answer.assign(columns, 0);
  table.dont_know_excluded.assign(columns, 0);
  table.moments.assign(columns, std::nullopt);
  table.cells.assign(table.rows.size(), std::vector<Cell>(columns));

  Counter counter(plan, dataset, table);
  DatasetCase row(dataset);
  for (size_t i = 0; i < dataset.rows(); ++i) {
    if (!mask.empty() && mask[i] == 0)
      continue;
    row.move_to(i);
    counter.row(row);
  }
  counter.finish();
  if (plan.sort == SortOrder::size)
    sort_by_size(table);
  return table;
}

}  // namespace topline
