#include <algorithm>
#include <map>

#include "io/lf_srm_write.hpp"
#include "io/yaml_text.hpp"

namespace topline::lf_srm {
namespace {

// Braces are piping in a questionnaire's texts.
std::string literal(const std::string& text) {
  return replaced(replaced(text, "{", "{{"), "}", "}}");
}

const char* missing_word(MissingReason reason) {
  switch (reason) {
    case MissingReason::dont_know:
      return "dont_know";
    case MissingReason::refused:
      return "refused";
    case MissingReason::not_applicable:
      return "not_applicable";
    case MissingReason::none:
      break;
  }
  return "";
}

const char* kind_word(QuestionKind kind) {
  switch (kind) {
    case QuestionKind::multiple:
      return "multiple";
    case QuestionKind::grid:
      return "grid";
    case QuestionKind::multiple_grid:
      return "multiple grid";
    case QuestionKind::text:
      return "text";
    default:
      return "";
  }
}

// The text of an option, or the map that says more about it.
std::string option_value(const DraftOption& option) {
  std::string more;
  if (option.missing != MissingReason::none)
    more += std::string(", missing: ") + missing_word(option.missing);
  if (option.exclusive)
    more += ", exclusive: true";
  if (option.text_column > 0)
    more += ", specify: true";
  const std::string text = literal(option.text);
  return more.empty() ? yaml_scalar(text)
                      : "{text: " + yaml_scalar(text, YamlPlace::flow) + more + "}";
}

std::string option_key(const DraftOption& option) {
  return std::to_string(option.code) + " " + option.name;
}

// "key:   value" lines with the values below one another.
std::string aligned(const std::vector<std::pair<std::string, std::string>>& lines, int indent) {
  size_t width = 0;
  for (const auto& [key, value] : lines)
    width = std::max(width, key.size());
  width = std::min<size_t>(width, 28);
  std::string out;
  for (const auto& [key, value] : lines) {
    out += std::string(static_cast<size_t>(indent), ' ') + key + ":";
    out += std::string(key.size() < width ? width - key.size() + 1 : 1, ' ') + value + "\n";
  }
  return out;
}

std::string option_lines(const std::vector<DraftOption>& options, int indent) {
  std::vector<std::pair<std::string, std::string>> lines;
  lines.reserve(options.size());
  for (const DraftOption& option : options)
    lines.emplace_back(option_key(option), option_value(option));
  return aligned(lines, indent);
}

class Writer {
 public:
  explicit Writer(const Draft& draft) : draft_(draft) {}

  std::string write() {
    find_shared_lists();
    for (const DraftPage& page : draft_.pages)
      write_page(page);
    write_hidden();
    return out_;
  }

 private:
  // Lists of three or more options that several questions have in common.
  void find_shared_lists() {
    for (const DraftQuestion& question : draft_.questions)
      if (question.options.size() > 2)
        ++uses_[option_lines(question.options, 0)];
  }

  std::string anchor_name(const std::vector<DraftOption>& options) {
    std::vector<std::string> names;
    std::vector<std::string> opinions;
    for (const DraftOption& option : options) {
      names.push_back(option.name);
      if (option.missing == MissingReason::none)
        opinions.push_back(option.name);
    }
    const std::string base = names.size() <= 3 || opinions.size() < 2
                                 ? joined(names, "_")
                                 : opinions.front() + "_to_" + opinions.back();
    std::string name = base;
    const auto taken = [&](const std::string& wanted) {
      return std::any_of(anchors_.begin(), anchors_.end(),
                         [&](const auto& anchor) { return anchor.second == wanted; });
    };
    for (int n = 2; taken(name); ++n)
      name = base + "_" + std::to_string(n);
    return name;
  }

  void entry(int indent, const std::string& key, const std::string& text) {
    const std::string start = std::string(static_cast<size_t>(indent), ' ') + key + ": ";
    out_ += start + yaml_value(text, indent + 2, static_cast<int>(start.size())) + "\n";
  }

  void write_page(const DraftPage& page) {
    out_ += out_.empty() ? "" : "\n";
    out_ += "- page: " + page.name + "\n";
    if (!page.title.empty())
      entry(2, "title", literal(page.title));
    if (!page.text.empty())
      entry(2, "text", literal(page.text));
    if (!page.show.empty())
      entry(2, "show_if", clauses_text(draft_, page.show));
    if (page.questions.empty())
      return;
    out_ += "  questions:\n";
    for (size_t i = 0; i < page.questions.size(); ++i) {
      out_ += i == 0 ? "" : "\n";
      write_question(draft_.questions[page.questions[i]]);
    }
  }

  void write_question(const DraftQuestion& question) {
    const std::string start = "    - " + question.name + ": ";
    out_ += start + yaml_value(literal(question.text), 8, static_cast<int>(start.size())) + "\n";
    const std::string kind = kind_word(question.kind);
    if (!kind.empty())
      out_ += "      kind: " + kind + "\n";
    if (!question.show.empty())
      entry(6, "show_if", clauses_text(draft_, question.show));
    if (!question.required)
      out_ += "      required: false\n";
    if (question.at_least)
      out_ += "      at_least: " + std::to_string(*question.at_least) + "\n";
    if (question.at_most)
      out_ += "      at_most: " + std::to_string(*question.at_most) + "\n";
    write_rows(question);
    write_options(question);
    if (!question.screen_out.empty())
      entry(6, "screen_out", joined(question.screen_out, " or "));
  }

  void write_rows(const DraftQuestion& question) {
    if (question.rows.empty())
      return;
    std::vector<std::pair<std::string, std::string>> lines;
    for (const DraftRow& row : question.rows)
      lines.emplace_back(row.name, yaml_scalar(literal(row.text)));
    out_ += "      rows:\n" + aligned(lines, 8);
  }

  void write_options(const DraftQuestion& question) {
    if (question.options.empty())
      return;
    const std::string signature = option_lines(question.options, 0);
    const auto shared = uses_.find(signature);
    out_ += "      options:";
    if (const auto known = anchors_.find(signature); known != anchors_.end()) {
      out_ += " *" + known->second + "\n";
      return;
    }
    if (shared != uses_.end() && shared->second > 1) {
      const std::string name = anchor_name(question.options);
      anchors_[signature] = name;
      out_ += " &" + name;
    }
    out_ += "\n" + option_lines(question.options, 8);
  }

  void write_hidden() {
    if (draft_.fields.empty())
      return;
    out_ += "\n- hidden:\n";
    for (const DraftField& field : draft_.fields) {
      const std::string text = literal(field.text);
      std::vector<std::string> parts{"text: " + yaml_scalar(text, YamlPlace::flow)};
      if (field.kind == VariableKind::text)
        parts.emplace_back("kind: text");
      else if (field.kind == VariableKind::date)
        parts.emplace_back("kind: date");
      else if (field.kind == VariableKind::number)
        parts.emplace_back("kind: numeric");
      if (field.options.empty()) {
        out_ += "    " + field.name + ": {" + joined(parts, ", ") + "}\n";
        continue;
      }
      out_ += "    " + field.name + ":\n";
      entry(6, "text", text);
      out_ += "      options:\n" + option_lines(field.options, 8);
    }
  }

  const Draft& draft_;
  std::string out_;
  std::map<std::string, int> uses_;             // option lists as text -> questions
  std::map<std::string, std::string> anchors_;  // option lists as text -> anchor
};

}  // namespace

std::string questionnaire_yaml(const Draft& draft) {
  return Writer(draft).write();
}

}  // namespace topline::lf_srm
