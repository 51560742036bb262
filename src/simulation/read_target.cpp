#include "simulation/read_target.hpp"

#include <algorithm>
#include <charconv>

#include "instrument/resolve.hpp"

namespace topline {

namespace {

constexpr int most_decimals = 4;

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

class Reader {
 public:
  Reader(YamlFile& file, const Codebook& codebook, std::vector<Target>& result)
      : file_(file), codebook_(codebook), result_(result) {}

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

 private:
  void fault(Place place, std::string message, std::string hint = {}) {
    file_.faults().error(std::move(place), std::move(message), std::move(hint));
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
        draft.base = read_count(file_, value, "`n`");
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
    name(target,
         kind == TargetKind::share   ? "share"
         : kind == TargetKind::known ? "n"
                                     : "cases",
         text.text);
    return target;
  }

  static void name(Target& target, const std::string& function, const std::string& what) {
    target.brief = function + "(" + what + ")";
    target.text =
        target.where ? function + "(" + what + " | " + target.where->text + ")" : target.brief;
  }

  void add_percent(const FormulaText& text, const std::optional<FormulaText>& where,
                   const std::string& extra, const YAML::Node& number) {
    if (number.IsNull())
      return;  // not published
    std::optional<Target> made = make(TargetKind::share, text, where, extra);
    if (made && percent(number, *made))
      result_.push_back(std::move(*made));
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
    if (question)  // as it is written, not as it is counted
      name(*made, "n", text.text);
    made->value = number.value;
    made->place = number.place;
    result_.push_back(std::move(*made));
  }

  void number(const Draft& draft) {
    const std::optional<CountTarget> value = read_count(file_, draft.is, "`is`");
    if (!value)
      return;
    if (draft.n)
      return add_base(*draft.n, draft.where, "", *value);
    std::optional<Target> made = make(TargetKind::cases, *draft.cases, draft.where, "");
    if (!made)
      return;
    made->value = value->value;
    made->place = value->place;
    result_.push_back(std::move(*made));
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

  static std::string option_text(const Variable& variable, const std::string& option) {
    return variable.name + (variable.kind == VariableKind::multiple ? "." : " == ") + option;
  }

  // Safe beside `and`.
  static std::string bracketed(const std::string& text) {
    return text.find(" or ") == std::string::npos ? text : "(" + text + ")";
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
    return FormulaText{option_text(of, option), place};
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
    std::vector<std::string> names;    // of the options
  };

  // Whether the answer is among the options that are listed.
  [[nodiscard]] std::string among(const Side& side) const {
    const Variable& variable = codebook_[side.variable];
    const bool list = variable.kind == VariableKind::single && side.names.size() > 1;
    std::string text = list ? variable.name + " in (" : "";
    for (size_t i = 0; i < side.names.size(); ++i) {
      text += i == 0 ? "" : list ? ", " : " or ";
      text += list ? side.names[i] : option_text(variable, side.names[i]);
    }
    if (list)
      text += ")";
    return text;
  }

  bool add_option(Side& side, const std::string& name, const Place& place) {
    if (name == "total") {
      side.options.push_back({"", place});
      return true;
    }
    const auto one = option_formula(side.variable, name, place);
    if (!one)
      return false;
    side.options.push_back(*one);
    side.names.push_back(name);
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
    Side side{*rows, {}, {}}, top{*columns, {}, {}};
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
    if (side.names.empty() || top.names.empty()) {
      fault(draft.place, "a crosstab needs rows and columns besides `total`");
      return;
    }
    const std::string both = bracketed(among(side)) + " and " + bracketed(among(top));
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
  const Codebook& codebook_;
  std::vector<Target>& result_;
};

}  // namespace

std::optional<CountTarget> read_count(YamlFile& file, const YAML::Node& node, std::string_view what,
                                      int least) {
  const std::optional<int> number = file.whole(node, what, least, most_cases);
  if (!number)
    return std::nullopt;
  return CountTarget{*number, file.place(node)};
}

void read_target(YamlFile& file, const YAML::Node& node, const Codebook& codebook,
                 std::vector<Target>& result) {
  Reader(file, codebook, result).target(node);
}

}  // namespace topline
