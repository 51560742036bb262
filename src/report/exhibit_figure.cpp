// From counted tables to the picture's model.
#include <algorithm>

#include "report/counted_exhibit.hpp"

namespace topline {

namespace {

FigureRole role_of(const StubRow& row) {
  if (row.role == RowRole::net)
    return FigureRole::net;
  if (row.role == RowRole::dont_know)
    return FigureRole::dont_know;
  return row.anchor == Anchor::end ? FigureRole::anchored : FigureRole::normal;
}

class FigureBuilder {
 public:
  FigureBuilder(const CountedExhibit& counted, const ExhibitContext& context, FigureModel& model)
      : counted_(counted), context_(context), model_(model), first_(counted.tables.front()) {}

  void build() {
    switch (counted_.exhibit.kind) {
      case ExhibitKind::bars:
      case ExhibitKind::grouped:
        bars();
        break;
      case ExhibitKind::series:
        model_.kind = FigureKind::grouped_bars;
        first_.columns.size() > 1 ? series_of_columns() : series_of_variables();
        break;
      case ExhibitKind::stacked:
        model_.kind = FigureKind::stacked_bars;
        model_.scale = scale();
        first_.columns.size() > 1 ? stacks_of_columns() : stacks_of_variables();
        break;
      case ExhibitKind::segments:
        segments();
        break;
      case ExhibitKind::heat:
        heat();
        break;
      case ExhibitKind::panels:
        panels();
        break;
      case ExhibitKind::table:
        break;
    }
  }

 private:
  [[nodiscard]] const Codebook& codebook() const { return context_.study.codebook(); }
  [[nodiscard]] std::string text(MessageId id) const {
    return context_.printer.messages().text(id);
  }

  [[nodiscard]] std::string n(const Base& base) const {
    return context_.printer.messages().format(
        tr("n = {n}"), {{"n", context_.printer.numbers().count(base.count)}});
  }

  [[nodiscard]] FigureValue value(const Share& share) const {
    const Study& study = context_.study.study;
    FigureValue value;
    value.label = context_.printer.percent(share);
    value.missing = share.base <= 0 || share.base < study.suppress_below;
    value.small_base = !value.missing && share.base < study.mark_below;
    if (!value.missing)
      value.value = share.percent().value_or(0);
    return value;
  }

  [[nodiscard]] FigureValue cell(const Table& table, size_t row, size_t column,
                                 bool interval) const {
    FigureValue result = value(table.share(row, column));
    // Of mentions there is no interval: several come from one respondent.
    const std::optional<Precision>& precision = table.cells[row][column].precision;
    if (interval && !result.missing && precision && table.percentages == Percentages::column)
      result.interval = FigureInterval{precision->low, precision->high};
    return result;
  }

  [[nodiscard]] FigureCategory category(const StubRow& row) const {
    FigureCategory result;
    result.label = row.text;
    result.role = role_of(row);
    const Variable& stub = codebook()[first_.stub];
    if (counted_.exhibit.kind == ExhibitKind::grouped && row.group >= 0 && stub.question.valid())
      result.group =
          context_.study.questionnaire[stub.question].groups[static_cast<size_t>(row.group)].text;
    return result;
  }

  void bars() {
    model_.kind = FigureKind::bars;
    for (size_t row = 0; row < first_.rows.size(); ++row) {
      model_.categories.push_back(category(first_.rows[row]));
      model_.values.push_back({cell(first_, row, 0, true)});
    }
  }

  void series_of_columns() {
    for (size_t column = 1; column < first_.columns.size(); ++column)
      model_.series.push_back(
          {first_.columns[column].text, n(first_.bases[column]), FigureRole::normal});
    for (size_t row = 0; row < first_.rows.size(); ++row) {
      model_.categories.push_back(category(first_.rows[row]));
      model_.values.emplace_back();
      for (size_t column = 1; column < first_.columns.size(); ++column)
        model_.values.back().push_back(cell(first_, row, column, true));
    }
  }

  [[nodiscard]] Share share_of_total(size_t column) const {
    const Base& part = first_.bases[column];
    const Base& whole = first_.bases[0];
    return {part.count, whole.count, part.weight, whole.weight, first_.weighted};
  }

  // Base notes where the variables do not all rest on the same respondents.
  [[nodiscard]] std::string note_of(const Table& table) const {
    const bool same = std::all_of(
        counted_.tables.begin(), counted_.tables.end(),
        [&](const Table& other) { return other.bases[0].count == first_.bases[0].count; });
    return same ? std::string() : n(table.bases[0]);
  }

  void series_of_variables() {
    for (const Table& table : counted_.tables)
      model_.series.push_back(
          {codebook()[table.stub].short_text(), note_of(table), FigureRole::normal});
    for (size_t row = 0; row < first_.rows.size(); ++row) {
      model_.categories.push_back(category(first_.rows[row]));
      model_.values.emplace_back();
      for (const Table& table : counted_.tables)
        model_.values.back().push_back(cell(table, row_like(table, row), 0, true));
    }
  }

  // Rows are sorted table by table: the row of `table` that is the first table's `row`.
  [[nodiscard]] size_t row_like(const Table& table, size_t row) const {
    for (size_t i = 0; i < table.rows.size(); ++i)
      if (table.rows[i].name == first_.rows[row].name &&
          table.rows[i].role == first_.rows[row].role)
        return i;
    return row;
  }

  // The parts of a stack are the options; nets would be counted twice.
  [[nodiscard]] std::vector<size_t> parts() const {
    std::vector<size_t> rows;
    for (size_t row = 0; row < first_.rows.size(); ++row)
      if (first_.rows[row].role != RowRole::net)
        rows.push_back(row);
    return rows;
  }

  void add_parts_as_series() {
    for (size_t row : parts())
      model_.series.push_back({first_.rows[row].text, "", role_of(first_.rows[row])});
  }

  void stacks_of_columns() {
    add_parts_as_series();
    for (size_t column = 0; column < first_.columns.size(); ++column) {
      FigureCategory category;
      category.label = column == 0 ? text(tr("All")) : first_.columns[column].text;
      category.note = n(first_.bases[column]);
      category.role = column == 0 ? FigureRole::total : FigureRole::normal;
      model_.categories.push_back(std::move(category));
      model_.values.emplace_back();
      for (size_t row : parts())
        model_.values.back().push_back(cell(first_, row, column, false));
    }
  }

  void stacks_of_variables() {
    add_parts_as_series();
    const std::vector<size_t> rows = parts();
    for (const Table& table : counted_.tables) {
      FigureCategory category;
      category.label = codebook()[table.stub].short_text();
      category.note = note_of(table);
      model_.categories.push_back(std::move(category));
      model_.values.emplace_back();
      for (size_t row : rows)
        model_.values.back().push_back(cell(table, row_like(table, row), 0, false));
    }
  }

  // A list of options in a fixed order, none of them anchored, is a scale.
  [[nodiscard]] FigureScale scale() const {
    const Variable& stub = codebook()[first_.stub];
    if (!stub.question.valid() || context_.study.questionnaire[stub.question].randomize)
      return FigureScale::nominal;
    int opinions = 0;
    for (const Option& option : *stub.options) {
      if (option.anchor != Anchor::none || option.specify)
        return FigureScale::nominal;
      opinions += option.missing == MissingReason::none ? 1 : 0;
    }
    return opinions >= 4 ? FigureScale::sequential : FigureScale::nominal;
  }

  void segments() {
    model_.kind = FigureKind::segmented_bars;
    const auto row = std::find_if(
        first_.rows.begin(), first_.rows.end(),
        [&](const StubRow& candidate) { return candidate.name == counted_.exhibit.net; });
    if (row == first_.rows.end())
      return;  // resolve_exhibit has seen to it
    const auto index = static_cast<size_t>(row - first_.rows.begin());
    for (size_t column = 0; column < first_.columns.size(); ++column) {
      FigureCategory category;
      category.label = column == 0 ? text(tr("All")) : first_.columns[column].text;
      category.note = n(first_.bases[column]);
      category.role = column == 0 ? FigureRole::total : FigureRole::normal;
      model_.categories.push_back(std::move(category));
      model_.values.push_back({cell(first_, index, column, true)});
    }
  }

  void heat() {
    model_.kind = FigureKind::heat_table;
    const bool of_all = first_.percentages == Percentages::total;
    model_.unit = of_all                                   ? text(tr("Percent of all cases"))
                  : first_.percentages == Percentages::row ? text(tr("Percent of each row"))
                                                           : text(tr("Percent of each column"));
    const auto with_total_last = [&](auto each) {
      for (size_t column = 1; column < first_.columns.size(); ++column)
        each(column);
      each(size_t{0});
    };
    with_total_last([&](size_t column) {
      const bool total = column == 0;
      model_.series.push_back(
          {total ? text(of_all ? tr("Row total") : tr("All")) : first_.columns[column].text,
           of_all ? "" : n(first_.bases[column]), total ? FigureRole::total : FigureRole::normal});
    });
    for (size_t row = 0; row < first_.rows.size(); ++row) {
      if (first_.rows[row].role == RowRole::net && of_all)
        continue;
      model_.categories.push_back(category(first_.rows[row]));
      model_.values.emplace_back();
      with_total_last(
          [&](size_t column) { model_.values.back().push_back(cell(first_, row, column, false)); });
    }
    if (!of_all)
      return;
    model_.categories.push_back({text(tr("Column total")), "", "", FigureRole::total, false});
    model_.values.emplace_back();
    with_total_last(
        [&](size_t column) { model_.values.back().push_back(value(share_of_total(column))); });
  }

  void panels() {
    model_.kind = FigureKind::panels;
    for (const Table& table : counted_.tables) {
      FigurePanel panel;
      panel.title = codebook()[table.stub].short_text();
      panel.note = note_of(table);
      for (size_t row = 0; row < table.rows.size(); ++row) {
        if (table.rows[row].role == RowRole::net)
          continue;  // small pictures show the answers alone
        panel.categories.push_back(category(table.rows[row]));
        panel.values.push_back(cell(table, row, 0, false));
      }
      model_.panels.push_back(std::move(panel));
    }
  }

  const CountedExhibit& counted_;
  const ExhibitContext& context_;
  FigureModel& model_;
  const Table& first_;
};

}  // namespace

FigureModel figure_model(const CountedExhibit& counted, const ExhibitContext& context,
                         const std::string& id, const std::string& title,
                         const std::vector<std::string>& notes) {
  FigureModel model;
  model.id = id;
  model.title = title;
  model.language = context.language;
  model.notes = notes;
  FigureBuilder(counted, context, model).build();
  return model;
}

}  // namespace topline
