// The numbers behind a figure, as tables to read.
#include <algorithm>

#include "report/counted_exhibit.hpp"

namespace topline {

namespace {

class TableBuilder {
 public:
  TableBuilder(const CountedExhibit& counted, const ExhibitContext& context)
      : counted_(counted), context_(context), first_(counted.tables.front()) {}

  std::vector<PrintedTable> build() const {
    const ExhibitKind kind = counted_.exhibit.kind;
    const bool several = counted_.tables.size() > 1;
    if (kind == ExhibitKind::segments)
      return {segments()};
    if (kind == ExhibitKind::heat)
      return {heat()};
    if ((kind == ExhibitKind::stacked || kind == ExhibitKind::series ||
         kind == ExhibitKind::table) &&
        several && first_.columns.size() == 1 && alike())
      return {matrix()};
    std::vector<PrintedTable> all;
    for (const Table& table : counted_.tables)
      all.push_back(context_.printer.print(table));
    return all;
  }

 private:
  [[nodiscard]] std::string text(MessageId id) const {
    return context_.printer.messages().text(id);
  }
  [[nodiscard]] std::string count(int64_t number) const {
    return context_.printer.numbers().count(number);
  }

  [[nodiscard]] bool alike() const {
    return std::all_of(counted_.tables.begin(), counted_.tables.end(), [&](const Table& table) {
      return table.rows.size() == first_.rows.size() &&
             std::all_of(first_.rows.begin(), first_.rows.end(),
                         [&](const StubRow& row) { return row_of(table, row.name) != nullptr; });
    });
  }

  static const StubRow* row_of(const Table& table, const std::string& name) {
    const auto found = std::find_if(table.rows.begin(), table.rows.end(),
                                    [&](const StubRow& row) { return row.name == name; });
    return found == table.rows.end() ? nullptr : &*found;
  }

  // A line for each variable, a column for each of the answers that they share.
  [[nodiscard]] PrintedTable matrix() const {
    PrintedTable printed = context_.printer.print(first_);
    const Variable& variable = context_.study.codebook()[first_.stub];
    if (variable.question.valid())
      printed.title = context_.study.questionnaire[variable.question].short_text();
    printed.rows.clear();
    printed.heads = {text(tr("n"))};
    for (const StubRow& row : first_.rows)
      printed.heads.push_back(row.text);
    printed.over_heads.assign(printed.heads.size(), "");
    for (const Table& table : counted_.tables) {
      PrintedRow line;
      line.label = context_.study.codebook()[table.stub].short_text();
      line.cells.push_back(count(table.bases[0].count));
      for (const StubRow& row : first_.rows) {
        const auto index = static_cast<size_t>(row_of(table, row.name) - table.rows.data());
        line.cells.push_back(context_.printer.percent(table.share(index, 0)));
      }
      printed.rows.push_back(std::move(line));
    }
    return printed;
  }

  [[nodiscard]] PrintedTable segments() const {
    PrintedTable printed = context_.printer.print(first_);
    const StubRow* net = row_of(first_, counted_.exhibit.net);
    printed.rows.clear();
    printed.over_heads.clear();
    if (net == nullptr)
      return printed;  // resolve_exhibit has seen to it
    const auto row = static_cast<size_t>(net - first_.rows.data());
    const bool intervals = context_.study.study.sample.gives_intervals();
    printed.heads = {net->text, text(tr("Count")), text(tr("n"))};
    if (intervals)
      printed.heads.push_back(context_.printer.interval_head());
    printed.over_heads.assign(printed.heads.size(), "");
    for (size_t column = 0; column < first_.columns.size(); ++column) {
      const Share share = first_.share(row, column);
      PrintedRow line;
      line.label = column == 0 ? text(tr("All")) : first_.columns[column].text;
      line.role = column == 0 ? PrintedRole::net : PrintedRole::option;
      // Counts on a base too small to show would give its percentages away.
      const bool hidden = share.base < context_.study.study.suppress_below;
      line.cells = {context_.printer.percent(share), hidden ? "–" : count(share.hits),
                    count(share.base)};
      if (intervals)
        line.cells.push_back(context_.printer.interval(first_, row, column));
      printed.rows.push_back(std::move(line));
    }
    return printed;
  }

  [[nodiscard]] PrintedTable heat() const {
    PrintedTable printed = context_.printer.print(first_);
    if (first_.percentages != Percentages::total)
      return printed;
    PrintedRow line;
    line.role = PrintedRole::net;
    line.label = text(tr("Column total"));
    const Base& whole = first_.bases[0];
    for (const Base& part : first_.bases)
      line.cells.push_back(context_.printer.percent(
          {part.count, whole.count, part.weight, whole.weight, first_.weighted}));
    printed.rows.push_back(std::move(line));
    return printed;
  }

  const CountedExhibit& counted_;
  const ExhibitContext& context_;
  const Table& first_;
};

}  // namespace

std::vector<PrintedTable> exhibit_tables(const CountedExhibit& counted,
                                         const ExhibitContext& context) {
  return TableBuilder(counted, context).build();
}

}  // namespace topline
