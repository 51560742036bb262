#include "io/lf_srm_account.hpp"

#include <algorithm>

#include "io/lf_srm_routing_check.hpp"

namespace topline::lf_srm {
namespace {

// Text in a table's cell.
std::string in_cell(std::string text) {
  text = replaced(std::move(text), "|", "\\|");
  return replaced(std::move(text), "\n", " ");
}

std::string table_row(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& cell : cells)
    out += " " + in_cell(cell) + " |";
  return out + "\n";
}

std::string table_head(const std::vector<std::string>& cells) {
  std::string out = table_row(cells) + "|";
  for (size_t i = 0; i < cells.size(); ++i)
    out += " --- |";
  return out + "\n";
}

std::string kind_of(const DraftQuestion& question) {
  switch (question.kind) {
    case QuestionKind::multiple:
      return "multiple";
    case QuestionKind::grid:
      return "grid, " + std::to_string(question.rows.size()) + " rows";
    case QuestionKind::multiple_grid:
      return "multiple grid, " + std::to_string(question.rows.size()) + " rows";
    case QuestionKind::text:
      return "text";
    default:
      return "single";
  }
}

// "17", "10–16", "48, 49"
std::string columns_of(const DraftQuestion& question) {
  std::vector<int> columns;
  const auto add = [&](int column) {
    if (column > 0)
      columns.push_back(column);
  };
  add(question.column);
  for (const DraftOption& option : question.options) {
    add(option.column);
    add(option.text_column);
  }
  for (const DraftRow& row : question.rows) {
    add(row.column);
    for (const int column : row.columns)
      add(column);
  }
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  std::string out;
  for (size_t i = 0; i < columns.size();) {
    size_t last = i;
    while (last + 1 < columns.size() && columns[last + 1] == columns[last] + 1)
      ++last;
    out += (out.empty() ? "" : ", ") + std::to_string(columns[i]);
    if (last > i)
      out += "–" + std::to_string(columns[last]);
    i = last + 1;
  }
  return out;
}

class Account {
 public:
  Account(const Draft& draft, const RawTable& raw, const ImportLog& log)
      : draft_(draft), raw_(raw), log_(log) {}

  std::string write(const std::string& title, const std::vector<ReadFile>& read) {
    out_ = "# How " + title + " was imported\n\n";
    out_ += "| file | read as |\n| --- | --- |\n";
    for (const ReadFile& file : read)
      out_ += table_row({file.file, file.as});
    questions();
    routing();
    section(Topic::logic, "Rules that were taken over", "");
    section(Topic::unread, "What could not be read, or was not followed",
            "Look at these first: each is a decision for a person.");
    hints();
    section(Topic::repaired, "Damage that was put right", "");
    section(Topic::differs, "Where the files differ", "The head of the raw data was followed.");
    section(Topic::decided, "What was read from the data, or decided", "");
    section(Topic::column, "Columns of the raw data that belong to nothing", "");
    section(Topic::row, "Rows and texts of the other files that became nothing", "");
    section(Topic::remark, "Coding notes", "As they stand in the reference model.");
    return out_;
  }

 private:
  void section(Topic topic, const std::string& title, const std::string& lead) {
    // What is said of several places stands once.
    std::vector<std::pair<std::string, std::vector<std::string>>> texts;
    for (const LogEntry& entry : log_.entries()) {
      if (entry.topic != topic)
        continue;
      const std::string text = replaced(entry.text, "\n", " ");
      const auto same = std::find_if(texts.begin(), texts.end(),
                                     [&](const auto& known) { return known.first == text; });
      if (same == texts.end())
        texts.push_back({text, {entry.where}});
      else
        same->second.push_back(entry.where);
    }
    if (texts.empty())
      return;
    out_ += "\n## " + title + "\n\n" + (lead.empty() ? "" : lead + "\n\n");
    for (const auto& [text, places] : texts)
      out_ += "- **" + places_in_words(places) + "**: " + text + "\n";
  }

  // "Model.csv:12, Model.csv:14" is "Model.csv:12, 14".
  static std::string places_in_words(const std::vector<std::string>& places) {
    std::string out;
    std::string file;
    for (const std::string& place : places) {
      const size_t colon = place.rfind(':');
      const bool same = colon != std::string::npos && place.substr(0, colon) == file;
      out += (out.empty() ? "" : ", ") + (same ? place.substr(colon + 1) : place);
      file = colon == std::string::npos ? "" : place.substr(0, colon);
    }
    return out;
  }

  void questions() {
    const Answers answers(raw_, draft_);
    out_ += "\n## Questions\n\n" + table_head({"question", "kind", "columns", "answered", "text"});
    for (size_t i = 0; i < draft_.questions.size(); ++i) {
      const DraftQuestion& question = draft_.questions[i];
      out_ += table_row({question.name, kind_of(question), columns_of(question),
                         std::to_string(answers.count_answered(i)), question.text});
    }
  }

  void routing() {
    out_ += "\n## Routing, held against the data\n\n";
    out_ +=
        "Answers that are there although the routing does not lead to the question are kept, "
        "and counted here.\n\n";
    std::string rows;
    for (const RoutingCheck& check : check_routing(draft_, raw_)) {
      const DraftQuestion& question = draft_.questions[check.question];
      std::vector<Clause> clauses = draft_.pages[question.page].show;
      clauses.insert(clauses.end(), question.show.begin(), question.show.end());
      if (clauses.empty())
        continue;
      rows += table_row({question.name, "`" + clauses_text(draft_, clauses) + "`",
                         std::to_string(check.shown), std::to_string(check.answered),
                         std::to_string(check.unexpected)});
    }
    if (rows.empty())
      out_ += "No question has a condition.\n";
    else
      out_ +=
          table_head({"question", "asked if", "asked", "answered", "answered, not asked"}) + rows;
  }

  void hints() {
    const std::vector<RoutingHint> hints = routing_hints(draft_, raw_);
    if (hints.empty())
      return;
    out_ +=
        "\n## What the data suggest about the routing\n\n"
        "No file says when these questions were asked. The answers fit the condition below; it "
        "was not taken over. Where it is right, write it into `questionnaire.yaml`.\n\n";
    out_ += table_head({"questions", "show_if", "answers", "of those, explained"});
    // Questions in a row with the same condition stand together.
    for (size_t i = 0; i < hints.size();) {
      std::vector<std::string> names;
      size_t last = i;
      for (; last < hints.size() && hints[last].clause == hints[i].clause; ++last)
        names.push_back(draft_.questions[hints[last].question].name);
      size_t answered = 0;
      size_t explained = 0;
      for (; i < last; ++i) {
        answered += hints[i].answered;
        explained += hints[i].explained;
      }
      out_ +=
          table_row({joined(names, ", "), "`" + clause_text(draft_, hints[last - 1].clause) + "`",
                     std::to_string(answered), std::to_string(explained)});
    }
  }

  const Draft& draft_;
  const RawTable& raw_;
  const ImportLog& log_;
  std::string out_;
};

}  // namespace

std::string import_account(const std::string& title, const std::vector<ReadFile>& read,
                           const Draft& draft, const RawTable& raw, const ImportLog& log) {
  return Account(draft, raw, log).write(title, read);
}

}  // namespace topline::lf_srm
