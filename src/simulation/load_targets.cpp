#include <algorithm>
#include <charconv>

#include "instrument/resolve.hpp"
#include "instrument/yaml.hpp"
#include "simulation/targets.hpp"

namespace topline {

namespace {

constexpr int most_cases = 1'000'000;
constexpr int most_decimals = 4;

const std::vector<std::string> top_keys = {"cases",    "started", "screened_out", "dropped",
                                           "complete", "targets", "texts"};
const std::vector<std::string> percent_words = {"total", "column", "row"};

// One item of `targets`, as written.
struct Draft {
  std::optional<FormulaText> share, n, cases, shares, crosstab, where, by;
  std::optional<CountTarget> base;
  int percent = 0;  // position in percent_words
  std::vector<FormulaText> columns;
  YAML::Node is{YAML::NodeType::Undefined};
  Place place;
};

class Loader {
 public:
  Loader(YamlFile& file, const OpenStudy& study, Targets& result)
      : file_(file), study_(study), codebook_(study.codebook()), result_(result) {}

  void run() {
    if (!file_.root().IsDefined() || file_.root().IsNull())
      return;
    file_.entries(file_.root(), "targets.yaml",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    entry(key, key_node, value);
                  });
    if (!result_.cases && !result_.all.empty())
      file_.faults().error({file_.file(), 0, 0, 0}, "`cases` is missing",
                           "it says how many valid cases to invent: `cases: 300`");
    check_ledger();
  }

 private:
  void fault(Place place, std::string message, std::string hint = {}) {
    file_.faults().error(std::move(place), std::move(message), std::move(hint));
  }

  void entry(const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
    if (key == "cases") {
      result_.cases = count(value, "`cases`");
    } else if (key == "started") {
      result_.started = count(value, "`started`");
    } else if (key == "complete") {
      complete(value);
    } else if (key == "screened_out") {
      file_.entries(value, "`screened_out`",
                    [&](const std::string& name, const YAML::Node& name_node,
                        const YAML::Node& number) { screened_out(name, name_node, number); });
    } else if (key == "dropped") {
      dropped(value);
    } else if (key == "targets") {
      file_.items(value, "`targets`", [&](const YAML::Node& item) { target(item); });
    } else if (key == "texts") {
      file_.entries(value, "`texts`",
                    [&](const std::string& name, const YAML::Node& name_node,
                        const YAML::Node& texts) { phrases(name, name_node, texts); });
    } else {
      file_.unknown_key(key_node, key, "targets.yaml", top_keys);
    }
  }

  std::optional<CountTarget> count(const YAML::Node& node, std::string_view what) {
    const std::optional<int> number = file_.whole(node, what, 0, most_cases);
    if (!number)
      return std::nullopt;
    return CountTarget{*number, file_.place(node)};
  }

  void complete(const YAML::Node& node) {
    const std::optional<CountTarget> number = count(node, "`complete`");
    if (!number)
      return;
    Target target;
    target.kind = TargetKind::cases;
    target.place = number->place;
    target.value = number->value;
    target.text = "complete cases";
    if (study_.processing.complete)
      target.condition = *study_.processing.complete;
    else
      target.condition = *condition({"reached(end)", number->place});
    result_.all.push_back(std::move(target));
  }

  void screened_out(const std::string& name, const YAML::Node& name_node,
                    const YAML::Node& number) {
    const Questionnaire& questionnaire = study_.questionnaire;
    std::vector<std::string> names;
    for (const Question& question : questionnaire.questions) {
      if (question.screen_out)
        names.push_back(question.name);
    }
    const QuestionId question = questionnaire.find_question(name);
    if (!question.valid() || !questionnaire[question].screen_out) {
      fault(file_.place(name_node),
            question.valid() ? name + " screens nobody out" : "there is no question `" + name + "`",
            did_you_mean(name, names));
      return;
    }
    if (const auto value = count(number, "the number of those screened out"))
      result_.screened_out.emplace(question, *value);
  }

  void dropped(const YAML::Node& node) {
    file_.items(node, "`dropped`", [&](const YAML::Node& item) {
      if (const auto value = count(item, "the number of those dropped"))
        result_.dropped.push_back(*value);
    });
    const size_t rules = study_.processing.rules.size();
    if (node.IsSequence() && node.size() != rules)
      fault(file_.place(node),
            "`dropped` has " + std::to_string(node.size()) + " numbers, and processing.yaml has " +
                std::to_string(rules) + " rules",
            "give one number for each rule of `cases`, in their order");
  }

  // What started is what was screened out, dropped, and counts.
  void check_ledger() {
    if (!result_.started || !result_.cases)
      return;
    int64_t sum = result_.cases->value;
    for (const auto& [question, number] : result_.screened_out)
      sum += number.value;
    for (const CountTarget& number : result_.dropped)
      sum += number.value;
    if (sum != result_.started->value)
      fault(result_.started->place,
            "those screened out, dropped and valid are " + std::to_string(sum) + ", and " +
                std::to_string(result_.started->value) + " started",
            "every case that started is screened out by a question, dropped by a rule or valid");
  }

  void phrases(const std::string& name, const YAML::Node& name_node, const YAML::Node& node) {
    const VariableId id = codebook_.find(name);
    if (!id.valid() || codebook_[id].kind != VariableKind::text ||
        codebook_[id].role == VariableRole::derived) {
      fault(file_.place(name_node),
            id.valid() ? name + " is not a text that respondents write"
                       : "there is no question or variable `" + name + "`",
            id.valid() ? "" : did_you_mean(name, codebook_.names()));
      return;
    }
    auto add = [&](const std::string& language, const YAML::Node& list) {
      file_.items(list, "the texts of " + name, [&](const YAML::Node& item) {
        if (const auto text = file_.text(item, "a text"))
          result_.phrases[id][language].push_back(*text);
      });
    };
    if (!node.IsMap())
      return add("", node);
    file_.entries(node, "the texts of " + name,
                  [&](const std::string& language, const YAML::Node&, const YAML::Node& list) {
                    add(language, list);
                  });
  }

  // The number of a share: 41 or 41.5.
  bool percent(const YAML::Node& node, Target& target) {
    const std::string text = node.IsScalar() ? node.Scalar() : "";
    std::string digits;
    int decimals = 0;
    bool point = false, good = !text.empty();
    for (char c : text) {
      if (c == '.' && !point && !digits.empty()) {
        point = true;
      } else if (c >= '0' && c <= '9') {
        digits += c;
        decimals += point ? 1 : 0;
      } else {
        good = false;
      }
    }
    good = good && digits.size() <= 9 && decimals <= most_decimals && text.back() != '.';
    int64_t value = 0, whole = 100;
    if (good) {
      std::from_chars(digits.data(), digits.data() + digits.size(), value);
      for (int i = 0; i < decimals; ++i)
        whole *= 10;
    }
    if (!good || value > whole) {
      fault(file_.place(node), "a share is a number from 0 to 100, as printed",
            "such as 41 or 41.5, without a percent sign");
      return false;
    }
    target.value = value;
    target.decimals = decimals;
    target.place = file_.place(node);
    return true;
  }

  std::optional<Expression> condition(const FormulaText& text) {
    return resolve_expression(text.text, text.place, codebook_, ExpressionType::boolean,
                              Aggregates::refused, file_.faults());
  }

  void target(const YAML::Node& node) {
    Draft draft;
    draft.place = file_.place(node);
    file_.entries(node, "a target",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    target_entry(draft, key, key_node, value);
                  });
    if (!node.IsMap())
      return;
    const int kinds = (draft.share ? 1 : 0) + (draft.n && !draft.base ? 1 : 0) +
                      (draft.cases ? 1 : 0) + (draft.shares ? 1 : 0) + (draft.crosstab ? 1 : 0);
    if (kinds != 1) {
      fault(draft.place,
            kinds == 0 ? "this target does not say what it is about"
                       : "this target is about two things",
            "it has one of: share, shares, crosstab, n, cases");
      return;
    }
    if (!draft.is.IsDefined() || draft.is.IsNull()) {
      fault(draft.place, "this target has no number", "add `is:`");
      return;
    }
    if (draft.where && !condition(*draft.where))
      return;
    if (draft.shares)
      return shares(draft);
    if (draft.crosstab)
      return crosstab(draft);
    if (draft.share)
      return share(draft);
    number(draft);
  }

  void target_entry(Draft& draft, const std::string& key, const YAML::Node& key_node,
                    const YAML::Node& value) {
    if (key == "share") {
      draft.share = file_.formula(value, "`share`");
    } else if (key == "cases") {
      draft.cases = file_.formula(value, "`cases`");
    } else if (key == "shares") {
      draft.shares = file_.formula(value, "`shares`");
    } else if (key == "crosstab") {
      draft.crosstab = file_.formula(value, "`crosstab`");
    } else if (key == "where") {
      draft.where = file_.formula(value, "`where`");
    } else if (key == "by") {
      draft.by = file_.formula(value, "`by`");
    } else if (key == "percent") {
      draft.percent = file_.word(value, "`percent`", percent_words).value_or(0);
    } else if (key == "columns") {
      draft.columns = file_.names(value, "a column");
    } else if (key == "is") {
      draft.is.reset(value);
    } else if (key == "n") {
      // Of a table it is the base, a number; alone it names what is known.
      draft.n = file_.formula(value, "`n`");
      if (draft.n && draft.n->text.find_first_not_of("0123456789") == std::string::npos)
        draft.base = count(value, "`n`");
    } else {
      file_.unknown_key(
          key_node, key, "a target",
          {"share", "shares", "crosstab", "n", "cases", "is", "where", "by", "columns", "percent"});
    }
  }

  // The target that `draft` and `text` describe, without its number. `extra` is a further
  // condition on the base.
  std::optional<Target> make(TargetKind kind, const FormulaText& text,
                             const std::optional<FormulaText>& where, const std::string& extra) {
    Target target;
    target.kind = kind;
    std::optional<Expression> resolved = condition(text);
    if (!resolved)
      return std::nullopt;
    target.condition = std::move(*resolved);
    FormulaText among{extra, text.place};
    if (where)
      among = extra.empty() ? *where
                            : FormulaText{"(" + where->text + ") and (" + extra + ")",
                                          Place{where->place.file, where->place.line, 0, 0}};
    if (!among.text.empty()) {
      target.where = condition(among);
      if (!target.where)
        return std::nullopt;
    }
    target.text = std::string(kind == TargetKind::share   ? "share("
                              : kind == TargetKind::known ? "n("
                                                          : "cases(") +
                  text.text + (among.text.empty() ? "" : " | " + among.text) + ")";
    return target;
  }

  void add_percent(const FormulaText& text, const std::optional<FormulaText>& where,
                   const std::string& extra, const YAML::Node& number) {
    if (number.IsNull())
      return;  // not published
    std::optional<Target> made = make(TargetKind::share, text, where, extra);
    if (made && percent(number, *made))
      result_.all.push_back(std::move(*made));
  }

  void add_base(const FormulaText& text, const std::optional<FormulaText>& where,
                const std::string& extra, const CountTarget& number) {
    // A question's name alone counts who answered it; of a yes or no, or a formula, n() counts
    // for whom it is known.
    const std::vector<VariableId> named = codebook_.find_all(text.text);
    const bool question =
        !named.empty() && (named.size() > 1 || codebook_[named[0]].kind != VariableKind::flag);
    const FormulaText what =
        question ? FormulaText{"answered(" + text.text + ")", text.place} : text;
    std::optional<Target> made =
        make(question ? TargetKind::cases : TargetKind::known, what, where, extra);
    if (!made)
      return;
    made->text = "n(" + text.text + (where ? " | " + where->text : "") + ")";
    made->value = number.value;
    made->place = number.place;
    result_.all.push_back(std::move(*made));
  }

  void number(const Draft& draft) {
    const std::optional<CountTarget> value = count(draft.is, "`is`");
    if (!value)
      return;
    if (draft.n)
      return add_base(*draft.n, draft.where, "", *value);
    std::optional<Target> made = make(TargetKind::cases, *draft.cases, draft.where, "");
    if (!made)
      return;
    made->value = value->value;
    made->place = value->place;
    result_.all.push_back(std::move(*made));
  }

  // The variables that `name` stands for; none after a told fault.
  std::vector<VariableId> variables(const FormulaText& name, std::string_view what) {
    std::vector<VariableId> all = codebook_.find_all(name.text);
    if (all.empty())
      fault(name.place, "there is no question or variable `" + name.text + "`",
            did_you_mean(name.text, codebook_.names()));
    else if (std::any_of(all.begin(), all.end(), [&](VariableId id) {
               return codebook_[id].kind != VariableKind::single &&
                      codebook_[id].kind != VariableKind::multiple;
             })) {
      fault(name.place, name.text + " has no options that " + std::string(what) + " could list",
            "give its numbers one by one, as `share:`");
      all.clear();
    }
    return all;
  }

  std::optional<VariableId> variable(const FormulaText& name, std::string_view what) {
    const std::vector<VariableId> all = variables(name, what);
    if (all.size() > 1)
      fault(name.place, name.text + " is a grid",
            "name one of its rows: `" + codebook_[all[0]].name + "`");
    return all.size() == 1 ? std::optional(all[0]) : std::nullopt;
  }

  // "Q17 == open" or "Q12.testing"; nothing after a told fault.
  std::optional<FormulaText> option_formula(VariableId id, const std::string& option,
                                            const Place& place) {
    const Variable& of = codebook_[id];
    if (of.find_option(option) < 0) {
      std::vector<std::string> names;
      for (const Option& known : *of.options)
        names.push_back(known.name);
      fault(place, of.name + " has no option `" + option + "`", did_you_mean(option, names));
      return std::nullopt;
    }
    return FormulaText{
        of.kind == VariableKind::multiple ? of.name + "." + option : of.name + " == " + option,
        place};
  }

  void share(const Draft& draft) {
    if (!draft.by)
      return add_percent(*draft.share, draft.where, "", draft.is);
    const std::optional<VariableId> by = variable(*draft.by, "`by`");
    if (!by)
      return;
    file_.entries(draft.is, "`is`",
                  [&](const std::string& option, const YAML::Node& key, const YAML::Node& value) {
                    if (const auto group = option_formula(*by, option, file_.place(key)))
                      add_percent(*draft.share, draft.where, group->text, value);
                  });
  }

  void shares(const Draft& draft) {
    const std::vector<VariableId> all = variables(*draft.shares, "`shares`");
    if (all.empty())
      return;
    if (all.size() == 1)
      return shares_of(all[0], draft, draft.is);
    std::vector<std::string> rows;
    for (VariableId id : all)
      rows.push_back(codebook_[id].name.substr(draft.shares->text.size() + 1));
    file_.entries(draft.is, "`is`",
                  [&](const std::string& row, const YAML::Node& key, const YAML::Node& value) {
                    const VariableId id = codebook_.find(draft.shares->text + "." + row);
                    if (!id.valid())
                      fault(file_.place(key), draft.shares->text + " has no row `" + row + "`",
                            did_you_mean(row, rows));
                    else
                      shares_of(id, draft, value);
                  });
  }

  void shares_of(VariableId id, const Draft& draft, const YAML::Node& is) {
    if (draft.base)
      add_base({codebook_[id].name, draft.shares->place}, draft.where, "", *draft.base);
    file_.entries(is, "`is`",
                  [&](const std::string& option, const YAML::Node& key, const YAML::Node& value) {
                    if (const auto one = option_formula(id, option, file_.place(key)))
                      add_percent(*one, draft.where, "", value);
                  });
  }

  // A list of the options of one side of a crosstab; `total` stands for all of them.
  struct Side {
    VariableId variable;
    std::vector<FormulaText> options;  // empty text: the total
    std::string among;                 // condition: one of the options
  };

  bool add_option(Side& side, const std::string& name, const Place& place) {
    if (name == "total") {
      side.options.push_back({"", place});
      return true;
    }
    const auto one = option_formula(side.variable, name, place);
    if (!one)
      return false;
    side.options.push_back(*one);
    side.among += (side.among.empty() ? "" : " or ") + one->text;
    return true;
  }

  void crosstab(const Draft& draft) {
    if (!draft.by) {
      fault(draft.place, "a crosstab needs `by:`, the variable of its columns");
      return;
    }
    const auto rows = variable(*draft.crosstab, "a crosstab");
    const auto columns = variable(*draft.by, "a crosstab");
    if (!rows || !columns)
      return;
    Side side{*rows, {}, ""}, top{*columns, {}, ""};
    bool good = true;
    for (const FormulaText& column : draft.columns)
      good = add_option(top, column.text, column.place) && good;
    if (draft.columns.empty()) {
      fault(draft.place, "a crosstab needs `columns:`",
            "list the options of " + draft.by->text + ", and `total` where it is printed");
      return;
    }
    std::vector<YAML::Node> lines;
    file_.entries(draft.is, "`is`",
                  [&](const std::string& name, const YAML::Node& key, const YAML::Node& line) {
                    good = add_option(side, name, file_.place(key)) && good;
                    lines.push_back(line);
                    if (!line.IsSequence() || line.size() != top.options.size()) {
                      fault(file_.place(line),
                            "this row should have " + std::to_string(top.options.size()) +
                                " numbers, one for each column",
                            "write ~ for a number that was not published");
                      good = false;
                    }
                  });
    if (!good)
      return;
    const std::string both = "(" + side.among + ") and (" + top.among + ")";
    if (draft.base)
      add_base({codebook_[*rows].name, draft.crosstab->place}, draft.where, both, *draft.base);
    for (size_t i = 0; i < lines.size(); ++i) {
      for (size_t j = 0; j < top.options.size(); ++j)
        cell(draft, both, side.options[i].text, top.options[j].text, lines[i][j]);
    }
  }

  void cell(const Draft& draft, const std::string& both, const std::string& row,
            const std::string& column, const YAML::Node& number) {
    const bool by_column = draft.percent == 1, by_row = draft.percent == 2;
    // What the percentage rests on beyond the table's base, and what it is the share of.
    const std::string& base = by_column ? column : by_row ? row : std::string();
    std::string what = by_column ? row : by_row ? column : row;
    if (!by_column && !by_row && !column.empty())
      what += (row.empty() ? "" : " and ") + column;
    if (what.empty()) {
      Target all;
      if (!number.IsNull() && percent(number, all) && all.value != hundred(all.decimals))
        fault(all.place, "the total of a total is 100", "");
      return;
    }
    add_percent({what, file_.place(number)}, draft.where,
                base.empty() ? both : both + " and " + base, number);
  }

  static int64_t hundred(int decimals) {
    int64_t value = 100;
    for (int i = 0; i < decimals; ++i)
      value *= 10;
    return value;
  }

  YamlFile& file_;
  const OpenStudy& study_;
  const Codebook& codebook_;
  Targets& result_;
};

}  // namespace

Targets load_targets(const std::string& text, const std::string& file, const OpenStudy& study,
                     Diagnostics& faults) {
  Targets result;
  if (text.empty())
    return result;
  YamlFile yaml(text, file, faults);
  Loader(yaml, study, result).run();
  return result;
}

}  // namespace topline
