#include "engine/count.hpp"

#include <algorithm>
#include <cmath>

#include "engine/table_case.hpp"
#include "statistics/quantile_rules.hpp"

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

// Numbers of a column's respondents, and what these weigh.
struct Numbers {
  std::vector<double> value;
  std::vector<double> weight;
};

class Counter {
 public:
  Counter(const TablePlan& plan, const Codebook& codebook, Table& table)
      : reader_(plan, codebook, table), table_(table), numbers_(table.columns.size()) {}

  void row(const DatasetCase& from, double weight) {
    const TableCase& read = reader_.read(from);
    switch (read.use) {
      case TableUse::outside:
        return;
      case TableUse::not_asked:
        count_in(read, table_.not_asked);
        return;
      case TableUse::no_answer:
        count_in(read, table_.no_answer);
        return;
      case TableUse::dont_know:
        count_in(read, table_.dont_know_excluded);
        return;
      case TableUse::counted:
        break;
    }
    for (size_t column : read.columns) {
      Base& base = table_.bases[column];
      ++base.count;
      base.weight += weight;
      base.weight_squares += weight * weight;
      table_.mentions[column].count += read.mentions;
      table_.mentions[column].weight += static_cast<double>(read.mentions) * weight;
      for (size_t r = 0; r < table_.rows.size(); ++r) {
        if (read.hits[r] == 0)
          continue;
        ++table_.cells[r][column].count;
        table_.cells[r][column].weight += weight;
      }
      if (read.number) {
        numbers_[column].value.push_back(*read.number);
        numbers_[column].weight.push_back(weight);
      }
    }
  }

  void finish() {
    for (size_t column = 0; column < numbers_.size(); ++column) {
      if (!numbers_[column].value.empty())
        table_.moments[column] = moments(numbers_[column]);
    }
  }

 private:
  static void count_in(const TableCase& read, std::vector<int64_t>& counts) {
    for (size_t column : read.columns)
      ++counts[column];
  }

  static Moments moments(const Numbers& numbers) {
    Moments result;
    result.n = static_cast<int64_t>(numbers.value.size());
    const auto n = static_cast<double>(result.n);
    double weight = 0;
    for (double one : numbers.weight)
      weight += one;
    for (size_t i = 0; i < numbers.value.size(); ++i)
      result.mean += numbers.weight[i] / weight * numbers.value[i];
    double squares = 0;
    for (size_t i = 0; i < numbers.value.size(); ++i) {
      const double distance = numbers.value[i] - result.mean;
      squares += numbers.weight[i] * distance * distance;
    }
    result.standard_deviation = result.n > 1 ? std::sqrt(squares / weight * n / (n - 1)) : 0;
    result.median = weighted_median(numbers.value, numbers.weight);
    return result;
  }

  TableCaseReader reader_;
  Table& table_;
  std::vector<Numbers> numbers_;
};

// Options by falling share of the total; nets, anchored options and don't know keep their
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
    return table.cells[a][0].weight > table.cells[b][0].weight;
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

Table count_table(const TablePlan& plan, const Dataset& dataset, const RowMask& mask,
                  const RowWeights& weights) {
  const Codebook& codebook = dataset.codebook();
  Table table;
  table.id = plan.id;
  table.title = plan.title;
  table.stub = plan.stub;
  table.multiple = codebook[plan.stub].kind == VariableKind::multiple;
  table.weighted = !weights.empty();
  table.base_text = plan.base_text;
  table.percentages = plan.percentages;
  table.rows = stub_rows(plan, codebook[plan.stub]);
  table.columns = banner_columns(plan, codebook);
  const size_t columns = table.columns.size();
  table.bases.assign(columns, {});
  table.mentions.assign(columns, {});
  table.not_asked.assign(columns, 0);
  table.no_answer.assign(columns, 0);
  table.dont_know_excluded.assign(columns, 0);
  table.moments.assign(columns, std::nullopt);
  table.cells.assign(table.rows.size(), std::vector<Cell>(columns));

  Counter counter(plan, codebook, table);
  DatasetCase row(dataset);
  for (size_t i = 0; i < dataset.rows(); ++i) {
    if ((!mask.empty() && mask[i] == 0) || (table.weighted && weights[i] == 0))
      continue;
    row.move_to(i);
    counter.row(row, table.weighted ? weights[i] : 1);
  }
  counter.finish();
  if (plan.sort == SortOrder::size)
    sort_by_size(table);
  return table;
}

}  // namespace topline
