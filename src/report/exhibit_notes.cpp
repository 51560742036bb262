// The small print below a figure or table.
#include <algorithm>
#include <cmath>

#include "report/counted_exhibit.hpp"
#include "text/list_format.hpp"

namespace topline {

namespace {

class NoteWriter {
 public:
  NoteWriter(const CountedExhibit& counted, const ExhibitContext& context)
      : counted_(counted), context_(context), messages_(context.printer.messages()) {}

  std::vector<std::string> write(const std::string& note) {
    for (VariableId id : counted_.exhibit.shown)
      question(id);
    for (VariableId id : counted_.exhibit.plans.front().banner)
      question(id);
    bases();
    several_answers();
    rounding();
    small_bases();
    dont_know();
    weights();
    precision();
    if (counted_.exhibit.kind == ExhibitKind::table) {
      for (const Table& table : counted_.tables) {
        for (const std::string& text : context_.printer.test_notes(table))
          add_remark(text);
      }
    }
    if (!remarks_.empty())
      lines_.push_back(remarks_);
    if (!note.empty())
      lines_.push_back(messages_.format(tr("Note: {text}"), {{"text", note}}));
    return std::move(lines_);
  }

 private:
  void remark(const std::string& sentence) {
    // An ideographic full stop has its space in it.
    if (!remarks_.empty() && !remarks_.ends_with("。"))
      remarks_ += ' ';
    remarks_ += sentence;
  }

  // Each once.
  void add_remark(const std::string& sentence) {
    if (remarks_.find(sentence) == std::string::npos)
      remark(sentence);
  }

  [[nodiscard]] std::string number(int64_t value) const {
    return context_.printer.numbers().count(value);
  }

  // ---- questions

  void question(VariableId id) {
    const Variable& variable = context_.study.codebook()[id];
    if (variable.question.valid() && variable.role == VariableRole::question)
      asked(variable.question);
    else if (variable.role == VariableRole::derived)
      derived(id, variable);
    else
      add(messages_.format(tr("{question}: {text}"),
                           {{"question", variable.name}, {"text", variable.text}}));
  }

  void asked(QuestionId id) {
    const Question& question = context_.study.questionnaire[id];
    add(messages_.format(tr("{question}: {text}"),
                         {{"question", question.name}, {"text", question.text}}));
  }

  void derived(VariableId id, const Variable& variable) {
    const std::vector<QuestionId> sources = sources_of(id);
    if (sources.size() == 1) {
      const Question& question = context_.study.questionnaire[sources.front()];
      add(messages_.format(tr("{label}, from {question}: {text}"),
                           {{"label", variable.short_text()},
                            {"question", question.name},
                            {"text", question.text}}));
      return;
    }
    std::vector<std::string> names;
    for (QuestionId source : sources)
      names.push_back(context_.study.questionnaire[source].name);
    add(names.empty() ? variable.short_text()
                      : messages_.format(tr("{label}, from {questions}"),
                                         {{"label", variable.short_text()},
                                          {"questions", format_list(names, context_.language)}}));
  }

  // The questions that a derived variable is made of, through other derived ones too.
  [[nodiscard]] std::vector<QuestionId> sources_of(VariableId id) const {
    std::vector<QuestionId> sources;
    std::vector<VariableId> open = {id};
    for (size_t at = 0; at < open.size(); ++at) {
      const Variable& variable = context_.study.codebook()[open[at]];
      if (variable.role == VariableRole::derived) {
        for (VariableId read : read_by(open[at]))
          if (std::find(open.begin(), open.end(), read) == open.end())
            open.push_back(read);
      } else if (variable.question.valid() &&
                 std::find(sources.begin(), sources.end(), variable.question) == sources.end()) {
        sources.push_back(variable.question);
      }
    }
    std::sort(sources.begin(), sources.end());
    return sources;
  }

  [[nodiscard]] std::vector<VariableId> read_by(VariableId derived) const {
    std::vector<VariableId> all;
    const auto add_all = [&](const std::optional<Expression>& expression) {
      if (!expression)
        return;
      const std::vector<VariableId> read = expression->variables_read();
      all.insert(all.end(), read.begin(), read.end());
    };
    for (const Derivation& derivation : context_.study.processing.derivations) {
      if (derivation.variable != derived)
        continue;
      if (derivation.source.valid())
        all.push_back(derivation.source);
      add_all(derivation.formula);
      for (const std::optional<Expression>& when : derivation.when)
        add_all(when);
    }
    return all;
  }

  void add(std::string line) {
    if (std::find(lines_.begin(), lines_.end(), line) == lines_.end())
      lines_.push_back(std::move(line));
  }

  // ---- bases

  void bases() {
    std::vector<std::string> words;
    int64_t least = counted_.tables.front().bases[0].count, most = least;
    for (const Table& table : counted_.tables) {
      if (std::find(words.begin(), words.end(), table.base_text) == words.end())
        words.push_back(table.base_text);
      least = std::min(least, table.bases[0].count);
      most = std::max(most, table.bases[0].count);
    }
    std::string base = words.size() == 1 ? words.front() : std::string();
    if (base.empty())
      base = messages_.text(tr("all who answered"));
    const std::string n = least == most ? number(least) : number(least) + "–" + number(most);
    const Table& first = counted_.tables.front();
    if (first.weighted && counted_.tables.size() == 1)
      add(messages_.format(
          tr("Base: {base} ({size})"),
          {{"base", base}, {"size", context_.printer.size(first.bases[0], true)}}));
    else
      add(messages_.format(tr("Base: {base} (n = {n})"), {{"base", base}, {"n", n}}));
  }

  // ---- what must be said about the numbers

  void several_answers() {
    const bool multiple = std::any_of(counted_.tables.begin(), counted_.tables.end(),
                                      [](const Table& table) { return table.multiple; });
    if (multiple && counted_.exhibit.kind != ExhibitKind::heat)
      remark(messages_.text(
          tr("Percentages add to more than 100 because respondents could give several answers.")));
    const Variable& stub = context_.study.codebook()[counted_.tables.front().stub];
    if (stub.kind == VariableKind::ranking)
      remark(messages_.text(tr("Percent of respondents who ranked the option first.")));
  }

  // Said only where a reader who adds up would find another sum than 100.
  void rounding() {
    if (counted_.exhibit.kind == ExhibitKind::segments)
      return;
    const bool off = std::any_of(counted_.tables.begin(), counted_.tables.end(),
                                 [&](const Table& table) { return !adds_up(table); });
    if (off)
      remark(messages_.text(tr("Percentages may not add to 100 because of rounding.")));
  }

  [[nodiscard]] bool adds_up(const Table& table) const {
    const Study& study = context_.study.study;
    const VariableKind kind = context_.study.codebook()[table.stub].kind;
    if (kind != VariableKind::single || table.percentages != Percentages::column)
      return true;
    double power = 1;
    for (int i = 0; i < study.decimals; ++i)
      power *= 10;
    const auto hundred = std::llround(100 * power);
    for (size_t column = 0; column < table.columns.size(); ++column) {
      if (table.bases[column].count < std::max(1, study.suppress_below))
        continue;
      long long sum = 0;
      for (size_t row = 0; row < table.rows.size(); ++row)
        if (table.rows[row].role != RowRole::net)
          sum += std::llround(power * rounded_percent(table.share(row, column), study.decimals));
      if (sum != hundred)
        return false;
    }
    return true;
  }

  void small_bases() {
    const Study& study = context_.study.study;
    bool marked = false, hidden = false;
    for (const Table& table : counted_.tables) {
      // Percentages of all cases rest on the total alone.
      const size_t columns = table.percentages == Percentages::total ? 1 : table.columns.size();
      for (size_t column = 0; column < columns; ++column) {
        const int64_t base = table.bases[column].count;
        hidden = hidden || base < study.suppress_below;
        marked = marked || (base >= study.suppress_below && base < study.mark_below);
      }
    }
    if (marked)
      remark(messages_.format(
          tr("Bases from {low} to {high} are marked; results on them vary widely."),
          {{"low", number(study.suppress_below)}, {"high", number(study.mark_below - 1)}}));
    if (hidden)
      remark(messages_.format(tr("Results on fewer than {n} respondents are not shown."),
                              {{"n", number(study.suppress_below)}}));
  }

  void dont_know() {
    int64_t left_out = 0;
    for (const Table& table : counted_.tables)
      left_out = std::max(left_out, table.dont_know_excluded[0]);
    if (left_out > 0)
      remark(messages_.format(tr("Don't know, left out of the base: {n}."),
                              {{"n", number(left_out)}}));
  }

  void weights() {
    const Table& table = counted_.tables.front();
    if (table.weighted)
      remark(messages_.text(tr("Percentages are weighted; counts are of respondents.")));
  }

  void precision() {
    const Sample& sample = context_.study.study.sample;
    if (!sample.gives_intervals()) {
      remark(messages_.text(
          tr("The sample is not a probability sample, so no margin of error is given; results "
             "describe the respondents.")));
      return;
    }
    const ExhibitKind kind = counted_.exhibit.kind;
    if (kind != ExhibitKind::bars && kind != ExhibitKind::grouped && kind != ExhibitKind::series &&
        kind != ExhibitKind::segments)
      return;
    const std::string level =
        context_.printer.numbers().percent(context_.study.study.confidence, 0);
    remark(sample.kind == SampleKind::probability
               ? messages_.format(tr("Thin lines show {level} confidence intervals."),
                                  {{"level", level}})
               : messages_.format(
                     tr("Thin lines show {level} intervals under the model that “About this "
                        "study” declares."),
                     {{"level", level}}));
  }

  const CountedExhibit& counted_;
  const ExhibitContext& context_;
  const Messages& messages_;
  std::vector<std::string> lines_;
  std::string remarks_;
};

}  // namespace

std::vector<std::string> exhibit_notes(const CountedExhibit& counted, const ExhibitContext& context,
                                       const std::string& note) {
  return NoteWriter(counted, context).write(note);
}

}  // namespace topline
