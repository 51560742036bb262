#include "io/lf_srm_write.hpp"

#include <algorithm>

#include "io/yaml_text.hpp"

namespace topline::lf_srm {
namespace {

constexpr size_t kLineWidth = 100;

// "Q1: {columns: {…}}" on one line where it fits, else one option to a line.
std::string option_columns(const std::string& name,
                           const std::vector<std::pair<std::string, std::string>>& columns) {
  std::vector<std::string> parts;
  parts.reserve(columns.size());
  for (const auto& [option, column] : columns)
    parts.push_back(option + ": " + column);
  std::string line = name + ": {columns: {" + joined(parts, ", ") + "}}\n";
  if (line.size() <= kLineWidth)
    return line;
  std::string block = name + ":\n  columns:\n";
  for (const std::string& part : parts)
    block += "    " + part + "\n";
  return block;
}

class ColumnsWriter {
 public:
  ColumnsWriter(const Draft& draft, const RawTable& raw) : draft_(draft), names_(raw) {}

  std::string write() {
    for (const DraftField& field : draft_.fields)
      write_field(field);
    for (const DraftQuestion& question : draft_.questions)
      write_question(question);
    return out_;
  }

 private:
  [[nodiscard]] std::string at(int column) const { return names_.of(column, false); }

  void write_field(const DraftField& field) {
    const std::string column = names_.of(field.column, true);
    std::vector<std::string> codes;
    for (const DraftOption& option : field.options)
      if (!option.cell.empty() && option.cell != option.name)
        codes.push_back(yaml_scalar(option.cell, YamlPlace::flow) + ": " + option.name);
    if (codes.empty()) {
      out_ += field.name + ": " + column + "\n";
      return;
    }
    const std::string line =
        field.name + ": {column: " + column + ", codes: {" + joined(codes, ", ") + "}}\n";
    if (line.size() <= kLineWidth) {
      out_ += line;
      return;
    }
    out_ += field.name + ":\n  column: " + column + "\n  codes:\n";
    for (const std::string& code : codes)
      out_ += "    " + code + "\n";
  }

  void write_question(const DraftQuestion& question) {
    for (const DraftRow& row : question.rows)
      write_row(question, row);
    if (question.column > 0) {
      out_ += question.name + ": " + at(question.column) + "\n";
    } else if (question.rows.empty()) {
      std::vector<std::pair<std::string, std::string>> columns;
      for (const DraftOption& option : question.options)
        if (option.column > 0 && option.text_column == 0)
          columns.emplace_back(option.name, at(option.column));
      out_ += option_columns(question.name, columns);
    }
    for (const DraftOption& option : question.options)
      if (option.text_column > 0)
        out_ += question.name + "." + option.name + ".text: " + at(option.text_column) + "\n";
  }

  void write_row(const DraftQuestion& question, const DraftRow& row) {
    const std::string name = question.name + "." + row.name;
    if (row.columns.empty()) {
      out_ += name + ": " + at(row.column) + "\n";
      return;
    }
    std::vector<std::pair<std::string, std::string>> columns;
    for (size_t i = 0; i < row.columns.size(); ++i)
      columns.emplace_back(question.options[i].name, at(row.columns[i]));
    out_ += option_columns(name, columns);
  }

  const Draft& draft_;
  ColumnNames names_;
  std::string out_ =
      "# Where the answers lie in the raw data: columns by position, from 1, or by their head.\n\n";
};

// "Yes, …" and "Yes, …" together make a net.
std::vector<std::string> options_beginning_with_yes(const DraftQuestion& question) {
  std::vector<std::string> names;
  for (const DraftOption& option : question.options) {
    const std::vector<std::string> words = words_of(option.text);
    if (!words.empty() && words[0] == "yes")
      names.push_back(option.name);
  }
  return names;
}

// The question stands as the title until somebody writes what was found.
std::string figure_title(const DraftQuestion& question, const PoFile* translation) {
  const PoEntry* translated =
      translation == nullptr ? nullptr : translation->find(question.name, question.text);
  const std::string& text = translated == nullptr ? question.text : translated->text;
  const bool has_value = text.find("{{") != std::string::npos;
  return has_value || text.empty() ? question.name : text;
}

std::string figure_of(const DraftQuestion& question, const PoFile* translation) {
  std::string out = "```figure\nid: " + lower(question.name) + "\n";
  out += "title: " + yaml_value(figure_title(question, translation), 2, 7) + "\n";
  out += "show: " + question.name + "\n";
  out += question.kind == QuestionKind::grid            ? "as: stacked\n"
         : question.kind == QuestionKind::multiple_grid ? "as: grouped\n"
                                                        : "as: bars\n";
  return out + "```\n\n";
}

}  // namespace

ColumnNames::ColumnNames(const RawTable& raw) : raw_(raw) {
  for (size_t row = 0; row < RawTable::kHeaderRows; ++row)
    for (int column = 1; column <= static_cast<int>(raw.width()); ++column) {
      const std::string head = trimmed(raw.header(row, column));
      if (!head.empty())
        heads_[head].insert(column);
    }
}

std::string ColumnNames::of(int column, bool prefer_head) const {
  std::string position = std::to_string(column);
  if (!prefer_head && heads_.count(position) == 0)
    return position;
  for (size_t row = 0; row < RawTable::kHeaderRows; ++row) {
    const std::string head = trimmed(raw_.header(row, column));
    const bool usable = !head.empty() && head.size() < 60 && head == cleaned(head);
    if (usable && heads_.at(head).size() == 1)
      return yaml_scalar(head, YamlPlace::flow);
  }
  return position;
}

std::string study_yaml(const StudyHead& head, const Draft& draft, const RawTable& raw) {
  std::string out = "study: " + yaml_scalar(head.name) + "\n";
  out += "title: " + yaml_value(head.title, 2, 7) + "\n";
  if (head.languages.size() > 1)
    out += "languages: [" + joined(head.languages, ", ") + "]\n";
  else
    out += "language: " + head.languages.front() + "\n";
  if (!head.from.empty())
    out += "fieldwork: {from: " + head.from + ", to: " + head.to + "}\n";
  if (head.online)
    out += "mode: online self-completion\n";
  out += "sample:\n  kind: opt-in\n";
  if (!head.licence.empty())
    out += "licence: " + yaml_scalar(head.licence) + "\n";
  out += "data:\n  file: " + yaml_scalar(head.data_file) + "\n  header_rows: 3\n";
  if (draft.id_column > 0)
    out += "  id: " + ColumnNames(raw).of(draft.id_column, true) + "\n";
  out += "  columns: data/columns.yaml\n";
  out +=
      "\n# What the imported files do not say, and a report has to tell its readers:\n"
      "# publisher:\n# sponsors:\n# contact:\n# population:\n";
  if (head.licence.empty())
    out += "# licence:\n";
  return out;
}

std::string columns_yaml(const Draft& draft, const RawTable& raw) {
  return ColumnsWriter(draft, raw).write();
}

std::string processing_yaml(const Draft& draft) {
  std::string out = "cases:\n";
  for (const DraftCaseRule& rule : draft.cases) {
    out += "  - drop: " + yaml_value(rule.drop, 6, 10) + "\n";
    out += "    why: " + yaml_value(rule.why, 6, 9) + "\n";
  }
  return out;
}

std::string tables_yaml(const Draft& draft) {
  std::string nets;
  for (const DraftQuestion& question : draft.questions) {
    const std::vector<std::string> names = options_beginning_with_yes(question);
    const bool taken = std::find(names.begin(), names.end(), "yes") != names.end();
    if (question.kind != QuestionKind::single || names.size() < 2 || taken)
      continue;
    nets += "  " + question.name + ":\n    yes: {text: Yes, of: [" + joined(names, ", ") + "]}\n";
  }
  std::string out = nets.empty() ? "" : "nets:\n" + nets;
  return out + "defaults: {dont_know: apart, sort: listed}\n";
}

std::string report_markdown(const Draft& draft, const PoFile* translation) {
  std::string out;
  if (translation == nullptr)
    out +=
        "Every question with its answers, in the order of the questionnaire. "
        "Valid cases: {{ cases():count }}.\n\n";
  for (const DraftPage& page : draft.pages) {
    std::string figures;
    for (const size_t question : page.questions)
      if (draft.questions[question].kind != QuestionKind::text)
        figures += figure_of(draft.questions[question], translation);
    if (figures.empty())
      continue;
    const PoEntry* translated =
        translation == nullptr ? nullptr : translation->find("page." + page.name, page.title);
    if (!page.title.empty())
      out += "## " + (translated == nullptr ? page.title : translated->text) + "\n\n";
    out += figures;
  }
  while (out.ends_with("\n\n"))
    out.pop_back();
  return out;
}

}  // namespace topline::lf_srm
