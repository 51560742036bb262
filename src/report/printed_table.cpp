#include "report/printed_table.hpp"

#include <algorithm>

#include "base/rounding.hpp"

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

std::string with_letters(const std::string& cell, const std::string& letters) {
  return letters.empty() ? cell : cell + " " + letters;
}

}  // namespace

double rounded_percent(const Share& share, int decimals) {
  if (share.weighted)
    return round_half_up(share.percent().value_or(0), decimals);
  return static_cast<double>(percent_rounded(share.hits, share.base, decimals)) /
         power_of_ten(decimals);
}

TablePrinter::TablePrinter(const Study& study, const Codebook& codebook,
                           const Questionnaire& questionnaire, const Language& language)
    : study_(study),
      codebook_(codebook),
      questionnaire_(questionnaire),
      numbers_(language),
      messages_(Messages::for_language(language)) {}

std::string TablePrinter::percent(const Share& share) const {
  return percent(share, study_.decimals);
}

std::string TablePrinter::percent(const Share& share, int decimals) const {
  if (!share.percent() || share.base < study_.suppress_below)
    return "–";
  const double rounded = rounded_percent(share, decimals);
  if (rounded == 0 && share.hits > 0)
    return "<" + numbers_.percent(1 / power_of_ten(decimals), decimals);
  return numbers_.percent(rounded, decimals);
}

std::string TablePrinter::interval(const Table& table, size_t row, size_t column) const {
  const std::optional<Precision>& precision = table.cells[row][column].precision;
  if (!precision || table.share(row, column).base < study_.suppress_below)
    return "–";
  return range(*precision, study_.decimals);
}

// "48–58"; with a negative end, where a dash would be mistaken for a sign, "−3 to 5".
std::string TablePrinter::range(const Precision& precision, int decimals) const {
  const std::string low = numbers_.decimal(round_half_up(precision.low, decimals), decimals);
  const std::string high = numbers_.decimal(round_half_up(precision.high, decimals), decimals);
  if (precision.low >= 0)
    return low + "–" + high;
  return messages_.format(tr("{low} to {high}"), {{"low", low}, {"high", high}});
}

std::string TablePrinter::size(const Base& base, bool weighted) const {
  std::string n = messages_.format(tr("n = {n}"), {{"n", numbers_.count(base.count)}});
  if (!weighted)
    return n;
  const auto effective = static_cast<int64_t>(round_half_up(base.effective()));
  return messages_.format(tr("{n}, effective base {effective}"),
                          {{"n", n}, {"effective", numbers_.count(effective)}});
}

std::string TablePrinter::interval_head() const {
  return messages_.format(tr("{level} interval"),
                          {{"level", numbers_.percent(study_.confidence, 0)}});
}

std::string TablePrinter::base_cell(int64_t base) const {
  const std::string number = numbers_.count(base);
  return base < study_.mark_below ? "(" + number + ")" : number;
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
  printed.base =
      messages_.format(tr("Base: {base} ({size})"),
                       {{"base", whom}, {"size", size(table.bases.front(), table.weighted)}});
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
  if (table.rows.empty())  // a number: mean, median and standard deviation alone
    printed.heads = {messages_.text(tr("Value"))};
  if (intervals)
    printed.heads.push_back(interval_head());
  printed.over_heads.assign(printed.heads.size(), "");
  for (size_t row = 0; row < table.rows.size(); ++row) {
    PrintedRow line;
    line.role = role_of(table.rows[row].role);
    line.label = table.rows[row].text;
    line.member = in_a_net(table, table.rows[row]);
    const Share share = table.share(row, 0);
    // Counts on a base too small to show would give its percentages away.
    const bool hidden = share.base < study_.suppress_below;
    line.cells = {percent(share), hidden ? "–" : numbers_.count(share.hits)};
    if (intervals)
      line.cells.push_back(interval(table, row, 0));
    printed.rows.push_back(std::move(line));
  }
}

void TablePrinter::crosstab(const Table& table, PrintedTable& printed) const {
  PrintedRow base, effective;
  base.role = effective.role = PrintedRole::base;
  base.label = messages_.text(tr("Base"));
  effective.label = messages_.text(tr("Effective base"));
  for (size_t column = 0; column < table.columns.size(); ++column) {
    const BannerColumn& banner = table.columns[column];
    std::string head = column == 0 ? messages_.text(tr("Total")) : banner.text;
    if (banner.letter != 0)
      head += std::string(" (") + static_cast<char>(banner.letter - 'a' + 'A') + ")";
    printed.heads.push_back(std::move(head));
    // A yes-or-no variable has one column, which bears its name already.
    const bool under_a_name = column > 0 && codebook_[banner.variable].kind != VariableKind::flag;
    printed.over_heads.push_back(under_a_name ? codebook_[banner.variable].short_text() : "");
    base.cells.push_back(base_cell(table.bases[column].count));
    effective.cells.push_back(
        numbers_.count(static_cast<int64_t>(round_half_up(table.bases[column].effective()))));
  }
  printed.rows.push_back(std::move(base));
  if (table.weighted)
    printed.rows.push_back(std::move(effective));
  for (size_t row = 0; row < table.rows.size(); ++row) {
    PrintedRow line;
    line.role = role_of(table.rows[row].role);
    line.label = table.rows[row].text;
    line.member = in_a_net(table, table.rows[row]);
    for (size_t column = 0; column < table.columns.size(); ++column)
      line.cells.push_back(
          with_letters(percent(table.share(row, column)), table.cells[row][column].higher_than));
    printed.rows.push_back(std::move(line));
  }
}

void TablePrinter::statistics(const Table& table, PrintedTable& printed) const {
  if (std::none_of(table.moments.begin(), table.moments.end(),
                   [](const auto& moments) { return moments.has_value(); }))
    return;
  const int decimals = codebook_[table.stub].decimals + 1;
  const bool frequency = table.columns.size() == 1;
  auto add = [&](const std::string& label, auto value, bool with_interval = false) {
    PrintedRow line;
    line.role = PrintedRole::statistic;
    line.label = label;
    for (size_t column = 0; column < table.columns.size(); ++column) {
      const std::optional<Moments>& moments = table.moments[column];
      line.cells.push_back(
          moments && moments->n >= study_.suppress_below
              ? numbers_.decimal(round_half_up(value(*moments), decimals), decimals)
              : "–");
      if (with_interval && moments)
        line.cells.back() = with_letters(line.cells.back(), moments->higher_than);
    }
    if (frequency)
      line.cells.resize(printed.heads.size());
    if (with_interval && frequency && table.moments[0]->precision &&
        table.moments[0]->n >= study_.suppress_below)
      line.cells.back() = range(*table.moments[0]->precision, decimals);
    printed.rows.push_back(std::move(line));
  };
  add(
      messages_.text(tr("Mean")), [](const Moments& m) { return m.mean; }, true);
  add(messages_.text(tr("Median")), [](const Moments& m) { return m.median; });
  add(messages_.text(tr("Standard deviation")),
      [](const Moments& m) { return m.standard_deviation; });
}

// "p = 0.031", "p < 0.001"
std::string TablePrinter::probability(double p) const {
  return p < 0.0005 ? "p < " + numbers_.decimal(0.001, 3)
                    : "p = " + numbers_.decimal(round_half_up(p, 3), 3);
}

std::vector<std::string> TablePrinter::test_notes(const Table& table) const {
  std::vector<std::string> notes;
  const bool lettered = std::any_of(table.columns.begin(), table.columns.end(),
                                    [](const BannerColumn& column) { return column.letter != 0; });
  if (!lettered)
    return notes;
  const double level = 1 - study_.confidence / 100;
  const MessageId adjustment =
      table.tests == ColumnTests::bonferroni           ? tr("Bonferroni within the row")
      : table.tests == ColumnTests::benjamini_hochberg ? tr("Benjamini–Hochberg within the row")
                                                       : tr("not adjusted");
  const bool simple = !table.weighted && table.design.empty();
  notes.push_back(messages_.format(
      tr("A letter stands beside the higher of two results and names the column of the lower one: "
         "pairs of columns, {test}, {adjustment}, level {level}, in capitals {strict}."),
      {{"test", messages_.text(simple ? tr("pooled z for shares, t for means")
                                      : tr("t test by the sample design"))},
       {"adjustment", messages_.text(adjustment)},
       {"level", numbers_.decimal(round_half_up(level, 3), 2)},
       {"strict", numbers_.decimal(round_half_up(level / 5, 4), level < 0.05 ? 3 : 2)}}));
  for (const BannerTest& test : table.banner_tests) {
    const std::string statistic = numbers_.decimal(round_half_up(test.statistic, 2), 2);
    const std::string df = numbers_.decimal(round_half_up(test.df, 2), test.design_based ? 2 : 0);
    notes.push_back(messages_.format(
        test.design_based
            ? tr("Difference by {variable} as a whole: F = {statistic} with {df} and {other} "
                 "degrees of freedom (Rao and Scott), {p}.")
            : tr("Difference by {variable} as a whole: χ² = {statistic} with {df} degrees of "
                 "freedom (Pearson), {p}."),
        {{"variable", codebook_[test.variable].short_text()},
         {"statistic", statistic},
         {"df", df},
         {"other", numbers_.decimal(round_half_up(test.denominator_df, 1), 1)},
         {"p", probability(test.p)}}));
  }
  if (!study_.sample.gives_intervals())
    notes.push_back(messages_.text(
        tr("An opt-in sample: the differences describe these respondents, and no population.")));
  return notes;
}

void TablePrinter::notes(const Table& table, PrintedTable& printed) const {
  auto note = [&](std::string text) { printed.notes.push_back(std::move(text)); };
  if (table.multiple) {
    note(messages_.text(
        tr("Percentages add to more than 100 because respondents could give several answers.")));
    note(messages_.text(tr("Valid cases")) + ": " + numbers_.count(table.bases[0].count) + ". " +
         messages_.text(tr("Total mentions")) + ": " + numbers_.count(table.mentions[0].count) +
         ".");
  }
  if (codebook_[table.stub].kind == VariableKind::ranking)
    note(messages_.text(tr("Percent of respondents who ranked the option first.")));
  if (std::any_of(table.bases.begin(), table.bases.end(),
                  [&](const Base& base) { return base.count < study_.suppress_below; }))
    note(messages_.format(tr("Results on fewer than {n} respondents are not shown."),
                          {{"n", numbers_.count(study_.suppress_below)}}));
  const bool small = std::any_of(table.bases.begin(), table.bases.end(), [&](const Base& base) {
    return base.count >= study_.suppress_below && base.count < study_.mark_below;
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
  for (std::string& text : test_notes(table))
    note(std::move(text));
  if (table.weighted)
    note(messages_.text(tr("Percentages are weighted; counts are of respondents.")));
  if (!table.design.empty())
    note(messages_.format(tr("Sample design: {design}."), {{"design", table.design}}));
}

}  // namespace topline
