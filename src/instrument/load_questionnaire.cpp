#include <algorithm>
#include <array>

#include "instrument/question_reader.hpp"
#include "instrument/questionnaire.hpp"
#include "instrument/resolve.hpp"
#include "instrument/yaml.hpp"

namespace topline {

namespace {

const std::vector<std::string> hidden_kinds = {"single", "multiple", "numeric", "text", "date"};

struct PageDraft {
  Page page;
  std::optional<FormulaText> show_if;
};

class Loader {
 public:
  Loader(YamlFile& file, Questionnaire& result) : file_(file), result_(result) {}

  void run() {
    if (!file_.root().IsDefined() || file_.root().IsNull()) {
      if (file_.parsed())
        fault({file_.file(), 0, 0, 0}, "the questionnaire is empty",
              "it is a list of pages: `- page: name`");
      return;
    }
    file_.items(file_.root(), "the questionnaire", [&](const YAML::Node& item) { entry(item); });
    if (questions_.empty() && file_.root().IsSequence())
      fault({file_.file(), 0, 0, 0}, "the questionnaire asks nothing",
            "list questions under `questions:` of a page");
    build();
    resolve();
  }

 private:
  void fault(Place place, std::string message, std::string hint = {}) {
    file_.faults().error(std::move(place), std::move(message), std::move(hint));
  }

  void entry(const YAML::Node& item) {
    if (!item.IsMap() || item.size() == 0) {
      fault(file_.place(item), "a page should stand here", "it begins with `- page: name`");
      return;
    }
    const std::string first = item.begin()->first.IsScalar() ? item.begin()->first.Scalar() : "";
    if (first == "hidden") {
      file_.entries(
          item, "the hidden variables",
          [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
            if (key == "hidden")
              hidden(value);
            else
              file_.unknown_key(key_node, key, "`hidden`", {"hidden"});
          });
      return;
    }
    if (first != "page") {
      fault(file_.place(item), "`" + first + "` does not begin a page",
            "it begins with `- page: name`; variables that are not asked with `- hidden:`");
      return;
    }
    page(item);
  }

  void page(const YAML::Node& node) {
    PageDraft draft;
    const PageId id(pages_.size());
    const size_t before = questions_.size();
    file_.entries(node, "a page",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    if (key == "page") {
                      draft.page.name = file_.text(value, "a page's name").value_or("");
                      draft.page.place = file_.place(value);
                      file_.check_name(draft.page.place, draft.page.name);
                    } else if (key == "title") {
                      draft.page.title = file_.text(value, "`title`").value_or("");
                    } else if (key == "text") {
                      draft.page.text = file_.text(value, "`text`").value_or("");
                    } else if (key == "show_if") {
                      draft.show_if = file_.formula(value, "`show_if`");
                    } else if (key == "questions") {
                      file_.items(value, "`questions`", [&](const YAML::Node& item) {
                        if (std::optional<QuestionDraft> question = read_question(file_, item)) {
                          question->question.page = id;
                          questions_.push_back(std::move(*question));
                        }
                      });
                    } else {
                      file_.unknown_key(key_node, key, "a page",
                                        {"page", "title", "text", "show_if", "questions"});
                    }
                  });
    for (const PageDraft& other : pages_) {
      if (other.page.name == draft.page.name)
        fault(draft.page.place, "there are two pages `" + draft.page.name + "`",
              "the other is in line " + std::to_string(other.page.place.line));
    }
    for (size_t i = before; i < questions_.size(); ++i)
      draft.page.questions.emplace_back(i);
    pages_.push_back(std::move(draft));
  }

  void hidden(const YAML::Node& node) {
    file_.entries(
        node, "`hidden`",
        [&](const std::string& name, const YAML::Node& key_node, const YAML::Node& value) {
          Variable variable;
          variable.name = name;
          variable.role = VariableRole::hidden;
          variable.place = file_.place(key_node);
          file_.check_name(variable.place, name);
          bool kind_given = false;
          file_.entries(
              value, name,
              [&](const std::string& key, const YAML::Node& inner_key, const YAML::Node& inner) {
                hidden_entry(variable, kind_given, key, inner_key, inner);
              });
          if (variable.has_options() && (!variable.options || variable.options->empty())) {
            fault(variable.place, "the hidden variable " + name + " has no options",
                  "list them, or give it `kind: text` or `kind: numeric`");
          }
          hidden_.push_back(std::move(variable));
        });
  }

  void hidden_entry(Variable& variable, bool& kind_given, const std::string& key,
                    const YAML::Node& key_node, const YAML::Node& value) {
    static constexpr std::array kinds = {VariableKind::single, VariableKind::multiple,
                                         VariableKind::number, VariableKind::text,
                                         VariableKind::date};
    if (key == "text") {
      variable.text = file_.text(value, "`text`").value_or("");
    } else if (key == "label") {
      variable.label = file_.text(value, "`label`").value_or("");
    } else if (key == "unit") {
      variable.unit = file_.text(value, "`unit`").value_or("");
    } else if (key == "kind") {
      kind_given = true;
      if (const std::optional<int> word = file_.word(value, "`kind`", hidden_kinds))
        variable.kind = kinds[static_cast<size_t>(*word)];
    } else if (key == "options") {
      if (!kind_given)
        variable.kind = VariableKind::single;
      variable.options = std::make_shared<OptionList>(
          options_of(read_options(file_, value, variable.name, OptionUse::question)));
    } else {
      file_.unknown_key(key_node, key, "a hidden variable",
                        {"text", "label", "unit", "kind", "options"});
    }
  }

  // Code book: hidden variables first, then questions in order.
  void build() {
    for (PageDraft& draft : pages_) {
      const PageId id(result_.pages.size());
      result_.codebook.add_page(draft.page.name, id);
      result_.pages.push_back(draft.page);
    }
    for (Variable& variable : hidden_)
      add(std::move(variable));
    for (QuestionDraft& draft : questions_) {
      const QuestionId id(result_.questions.size());
      auto options = std::make_shared<OptionList>(options_of(draft.options));
      option_lists_.push_back(options);
      Question& question = draft.question;
      question.options = options;
      for (const RowDraft& row : draft.rows)
        question.rows.push_back(row.row);
      add_variables(question, id);
      result_.questions.push_back(question);
    }
  }

  std::optional<VariableId> add(Variable variable) {
    const VariableId before = result_.codebook.find(variable.name);
    if (before.valid() || !result_.codebook.find_all(variable.name).empty()) {
      const int line = before.valid() ? result_.codebook[before].place.line : 0;
      fault(variable.place, "there are two variables `" + variable.name + "`",
            line > 0 ? "the other is in line " + std::to_string(line) : "");
      return std::nullopt;
    }
    return result_.codebook.add(std::move(variable));
  }

  static VariableKind variable_kind(QuestionKind kind) {
    switch (kind) {
      case QuestionKind::multiple:
      case QuestionKind::multiple_grid:
        return VariableKind::multiple;
      case QuestionKind::ranking:
        return VariableKind::ranking;
      case QuestionKind::numeric:
        return VariableKind::number;
      case QuestionKind::text:
        return VariableKind::text;
      case QuestionKind::date:
        return VariableKind::date;
      default:
        return VariableKind::single;
    }
  }

  void add_variables(Question& question, QuestionId id) {
    Variable variable;
    variable.name = question.name;
    variable.kind = variable_kind(question.kind);
    variable.text = question.text;
    variable.label = question.label;
    variable.unit = question.unit;
    variable.decimals = question.decimals;
    variable.options = question.options;
    variable.question = id;
    variable.place = question.place;
    if (!question.is_grid()) {
      if (const std::optional<VariableId> added = add(variable))
        question.variables.push_back(*added);
    } else {
      if (!result_.codebook.find_all(question.name).empty())
        fault(question.place, "there are two variables `" + question.name + "`");
      for (size_t row = 0; row < question.rows.size(); ++row) {
        Variable of_row = variable;
        of_row.name = question.name + "." + question.rows[row].name;
        of_row.text = question.rows[row].text;
        of_row.label.clear();
        of_row.row = static_cast<int>(row);
        of_row.place = question.rows[row].place;
        if (const std::optional<VariableId> added = add(std::move(of_row)))
          question.variables.push_back(*added);
      }
      result_.codebook.add_group(question.name, question.variables);
    }
    for (size_t i = 0; i < question.options->size(); ++i) {
      const Option& option = (*question.options)[i];
      if (!option.specify)
        continue;
      Variable text;
      text.name = specify_name(question.name, option);
      text.behind = static_cast<int>(i);
      text.kind = VariableKind::text;
      text.role = VariableRole::specify;
      text.text = option.text;
      text.question = id;
      text.place = option.place;
      add(std::move(text));
    }
  }

  // Formulas, now that every name is known.
  void resolve() {
    for (size_t i = 0; i < pages_.size(); ++i)
      result_.pages[i].show_if = condition(pages_[i].show_if);
    for (size_t i = 0; i < questions_.size(); ++i) {
      Question& question = result_.questions[i];
      const QuestionDraft& draft = questions_[i];
      question.show_if = condition(draft.show_if);
      question.screen_out = condition(draft.screen_out);
      if (question.kind == QuestionKind::consent && !draft.screen_out &&
          result_.codebook.find(question.name).valid() &&
          result_.codebook[result_.codebook.find(question.name)].find_option("decline") >= 0)
        question.screen_out = condition(FormulaText{question.name + " == decline", question.place});
      for (size_t j = 0; j < draft.options.size(); ++j)
        (*option_lists_[i])[j].show_if = condition(draft.options[j].show_if);
      for (size_t j = 0; j < draft.rows.size(); ++j)
        question.rows[j].show_if = condition(draft.rows[j].show_if);
    }
  }

  std::optional<Expression> condition(const std::optional<FormulaText>& formula) {
    if (!formula)
      return std::nullopt;
    return resolve_expression(formula->text, formula->place, result_.codebook,
                              ExpressionType::boolean, Aggregates::refused, file_.faults());
  }

  YamlFile& file_;
  Questionnaire& result_;
  std::vector<PageDraft> pages_;
  std::vector<QuestionDraft> questions_;
  std::vector<Variable> hidden_;
  std::vector<std::shared_ptr<OptionList>> option_lists_;
};

}  // namespace

QuestionId Questionnaire::find_question(std::string_view name) const {
  for (size_t i = 0; i < questions.size(); ++i) {
    if (questions[i].name == name)
      return QuestionId(i);
  }
  return {};
}

Questionnaire load_questionnaire(const std::string& text, const std::string& file,
                                 Diagnostics& faults) {
  Questionnaire result;
  YamlFile yaml(text, file, faults);
  Loader(yaml, result).run();
  return result;
}

}  // namespace topline
