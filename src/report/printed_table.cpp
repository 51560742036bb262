#include "report/printed_table.hpp"

#include <algorithm>

#include "base/rounding.hpp"
#include "estimation/share_interval.hpp"

namespace topline {

namespace {

double power_of_ten(int decimals) {
  double power = 1;
  for (int i = 0; i < decimals; ++i)
    power *= 10;
  return power;
}

bool in_a_net(const Table& table, const StubRow& row) {
  return row.role != RowRole::net &&
         std::any_of(table.rows.begin(), table.rows.end(), [&](const StubRow& other) {
           return other.role == RowRole::net &&
                  std::find(other.members.begin(), other.members.end(), row.option) !=
                      other.members.end();
         });
}

PrintedRole role_of(RowRole role) {
  if (role == RowRole::net)
    return PrintedRole::net;
  return role == RowRole::dont_know ? PrintedRole::dont_know : PrintedRole::option;
}

}  // namespace

TablePrinter::TablePrinter(const Study& study, const Codebook& codebook,
                           const Questionnaire& questionnaire, const Language& language)
    : study_(study),
      codebook_(codebook),
      questionnaire_(questionnaire),
      numbers_(language),
      messages_(Messages::for_language(language)) {}

std::string TablePrinter::percent(int64_t count, int64_t base) const {
  return percent(count, base, study_.decimals);
}

std::string TablePrinter::percent(int64_t count, int64_t base, int decimals) const {
  if (base <= 0 || base < study_.suppress_below)
    return "–";
  const double power = power_of_ten(decimals);
  const int64_t scaled = percent_rounded(count, base, decimals);
  if (scaled == 0 && count > 0)
    return "<" + numbers_.percent(1 / power, decimals);
  return numbers_.percent(static_cast<double>(scaled) / power, decimals);
}

std::string TablePrinter::interval(int64_t count, int64_t base) const {
  const std::optional<Interval> range =
      base >= study_.suppress_below ? share_interval(count, base, study_) : std::nullopt;
  if (!range)
    return "–";
  const auto end = [&](double value) {
    return numbers_.decimal(round_half_up(value, study_.decimals), study_.decimals);
  };
  return end(range->low) + "–" + end(range->high);
}

std::string TablePrinter::interval_head() const {
  return messages_.format(tr("{level} interval"),
                          {{"level", numbers_.percent(study_.confidence, 0)}});
}

std::string TablePrinter::base_cell(int64_t base) const {
  const std::string number = numbers_.count(base);
  return base < study_.mark_below ? "(" + number + ")" : number;
}

std::string TablePrinter::percent_cell(const Table& table, size_t row, size_t column) const {
  return percent(table.cells[row][column].count, table.percent_base(row, column));
}

PrintedTable TablePrinter::print(const Table& table) const {
  PrintedTable printed;
  const Variable& variable = codebook_[table.stub];
  printed.id = table.id;
  std::string title = table.title.empty() ? variable.short_text() : table.title;
  if (variable.row >= 0 && table.title.empty())
    title = questionnaire_[variable.question].short_text() + " — " + variable.short_text();
  else if (variable.row >= 0 && table.id.ends_with("." + variable.name))
    title += " — " + variable.short_text();  // one of the tables of a whole grid
  const bool named = table.title.empty() && variable.role != VariableRole::derived;
  printed.title = named ? variable.name + " " + title : title;
  if (!variable.label.empty())
    printed.question = variable.text;
  const std::string whom =
      table.base_text.empty() ? messages_.text(tr("all who answered")) : table.base_text;
  printed.base = messages_.format(tr("Base: {base} (n = {n})"),
                                  {{"base", whom}, {"n", numbers_.count(table.bases.front())}});
  if (table.columns.size() == 1)
    frequency(table, printed);
  else
    crosstab(table, printed);
  statistics(table, printed);
  notes(table, printed);
  return printed;
}

void TablePrinter::frequency(const Table& table, PrintedTable& printed) const {
  const bool intervals = study_.sample.gives_intervals();
  printed.heads = {messages_.text(tr("Percent")), messages_.text(tr("Count"))};
  if (intervals)
    printed.heads.push_back(interval_head());
  printed.over_heads.assign(printed.heads.size(), "");
  for (size_t row = 0; row < table.rows.size(); ++row) {
    PrintedRow line;
    line.role = role_of(table.rows[row].role);
    line.label = table.rows[row].text;
    line.member = in_a_net(table, table.rows[row]);
    const int64_t count = table.cells[row][0].count, base = table.percent_base(row, 0);
    // Counts on a base too small to show would give its percentages away.
    line.cells = {percent(count, base), base < study_.suppress_below ? "–" : numbers_.count(count)};
    if (intervals)
      line.cells.push_back(interval(count, base));
    printed.rows.push_back(std::move(line));
  }
}

void TablePrinter::crosstab(const Table& table, PrintedTable& printed) const {
  PrintedRow base;
  base.role = PrintedRole::base;
  base.label = messages_.text(tr("Base"));
  for (size_t column = 0; column < table.columns.size(); ++column) {
    const BannerColumn& banner = table.columns[column];
    printed.heads.push_back(column == 0 ? messages_.text(tr("Total")) : banner.text);
    // A yes-or-no variable has one column, which bears its name already.
    const bool under_a_name = column > 0 && codebook_[banner.variable].kind != VariableKind::flag;
    printed.over_heads.push_back(under_a_name ? codebook_[banner.variable].short_text() : "");
    base.cells.push_back(base_cell(table.bases[column]));
  }
  printed.rows.push_back(std::move(base));
  for (size_t row = 0; row < table.rows.size(); ++row) {
    PrintedRow line;
    line.role = role_of(table.rows[row].role);
    line.label = table.rows[row].text;
    line.member = in_a_net(table, table.rows[row]);
    for (size_t column = 0; column < table.columns.size(); ++column)
      line.cells.push_back(percent_cell(table, row, column));
    printed.rows.push_back(std::move(line));
  }
}

void TablePrinter::statistics(const Table& table, PrintedTable& printed) const {
  if (std::none_of(table.moments.begin(), table.moments.end(),
                   [](const auto& moments) { return moments.has_value(); }))
    return;
  const int decimals = codebook_[table.stub].decimals + 1;
  const bool frequency = table.columns.size() == 1;
  auto add = [&](const std::string& label, auto value) {
    PrintedRow line;
    line.role = PrintedRole::statistic;
    line.label = label;
    for (size_t column = 0; column < table.columns.size(); ++column) {
      const std::optional<Moments>& moments = table.moments[column];
      line.cells.push_back(
          moments && moments->n >= study_.suppress_below
              ? numbers_.decimal(round_half_up(value(*moments), decimals), decimals)
              : "–");
    }
    if (frequency)
      line.cells.resize(printed.heads.size());
    printed.rows.push_back(std::move(line));
  };
  add(messages_.text(tr("Mean")), [](const Moments& m) { return m.mean; });
  add(messages_.text(tr("Median")), [](const Moments& m) { return m.median; });
  add(messages_.text(tr("Standard deviation")),
      [](const Moments& m) { return m.standard_deviation; });
}

void TablePrinter::notes(const Table& table, PrintedTable& printed) const {
  auto note = [&](std::string text) { printed.notes.push_back(std::move(text)); };
  if (table.multiple) {
    note(messages_.text(
        tr("Percentages add to more than 100 because respondents could give several answers.")));
    note(messages_.text(tr("Valid cases")) + ": " + numbers_.count(table.bases[0]) + ". " +
         messages_.text(tr("Total mentions")) + ": " + numbers_.count(table.mentions[0]) + ".");
  }
  if (codebook_[table.stub].kind == VariableKind::ranking)
    note(messages_.text(tr("Percent of respondents who ranked the option first.")));
  const auto smallest = *std::min_element(table.bases.begin(), table.bases.end());
  if (smallest < study_.suppress_below)
    note(messages_.format(tr("Results on fewer than {n} respondents are not shown."),
                          {{"n", numbers_.count(study_.suppress_below)}}));
  const bool small = std::any_of(table.bases.begin(), table.bases.end(), [&](int64_t base) {
    return base >= study_.suppress_below && base < study_.mark_below;
  });
  if (small && table.columns.size() == 1)
    note(messages_.format(tr("The base is smaller than {n}; results on it vary widely."),
                          {{"n", numbers_.count(study_.mark_below)}}));
  else if (small)
    note(messages_.format(tr("Bases from {low} to {high} are marked; results on them vary widely."),
                          {{"low", numbers_.count(study_.suppress_below)},
                           {"high", numbers_.count(study_.mark_below - 1)}}));
  if (table.not_asked[0] > 0)
    note(messages_.text(tr("Not asked")) + ": " + numbers_.count(table.not_asked[0]) + ".");
  if (table.no_answer[0] > 0)
    note(messages_.text(tr("No answer")) + ": " + numbers_.count(table.no_answer[0]) + ".");
  if (table.dont_know_excluded[0] > 0)
    note(messages_.format(tr("Don't know, left out of the base: {n}."),
                          {{"n", numbers_.count(table.dont_know_excluded[0])}}));
}

}  // namespace topline
