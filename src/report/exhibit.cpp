#include "report/exhibit.hpp"

#include <algorithm>

#include "instrument/resolve.hpp"

namespace topline {

namespace {

bool same_options(const Variable& a, const Variable& b) {
  if (a.kind != b.kind || a.options->size() != b.options->size())
    return false;
  return std::equal(a.options->begin(), a.options->end(), b.options->begin(),
                    [](const Option& x, const Option& y) { return x.name == y.name; });
}

class ExhibitResolver {
 public:
  ExhibitResolver(const ExhibitText& text, const OpenStudy& study, Diagnostics& faults)
      : text_(text), study_(study), codebook_(study.codebook()), faults_(faults) {
    exhibit_.text = &text;
  }

  std::optional<Exhibit> run() {
    const int before = faults_.count(Severity::error);
    if (text_.planned)
      take_planned();
    else
      make_plans();
    if (faults_.count(Severity::error) != before || exhibit_.plans.empty())
      return std::nullopt;
    return std::move(exhibit_);
  }

 private:
  void fault(const Place& place, std::string message, std::string hint) {
    faults_.error(place, std::move(message), std::move(hint));
  }

  [[nodiscard]] const Place& show_place() const {
    return text_.show.empty() ? text_.place : text_.show.front().place;
  }

  // `table: name`: everything but title, note and number stands in tables.yaml.
  void take_planned() {
    exhibit_.kind = ExhibitKind::table;
    if (!text_.show.empty() || !text_.by.empty() || text_.where)
      fault(text_.planned->place, "`table:` names a table of tables.yaml, which says what it shows",
            "leave out `show:`, `by:` and `where:`");
    std::vector<std::string> names;
    for (const TablePlan& plan : study_.tables.tables) {
      names.push_back(plan.id);
      if (plan.id == text_.planned->text) {
        exhibit_.plans.push_back(plan);
        exhibit_.shown.push_back(plan.stub);
      }
    }
    if (exhibit_.plans.empty())
      fault(text_.planned->place, "tables.yaml has no table `" + text_.planned->text + "`",
            did_you_mean(text_.planned->text, names));
  }

  void make_plans() {
    if (text_.show.empty()) {
      fault(text_.place,
            std::string("this ") + (text_.table ? "table" : "figure") + " shows nothing",
            "it needs `show:` with a variable");
      return;
    }
    for (const FormulaText& name : text_.show)
      add_shown(name);
    keep_only();
    for (const FormulaText& name : text_.by)
      add_banner(name);
    if (exhibit_.shown.empty())
      return;
    choose_kind();
    check_kind();
    TablePlan shape;
    if (text_.where)
      shape.where = resolve_expression(text_.where->text, text_.where->place, codebook_,
                                       ExpressionType::boolean, Aggregates::refused, faults_);
    if (text_.where && text_.base.empty())
      faults_.warning(text_.where->place, "`where` narrows the base, and nothing says so in words",
                      "add `base:`, as in `base: All who use it every day`");
    for (VariableId variable : exhibit_.shown)
      exhibit_.plans.push_back(plan_of(variable, shape.where));
    if (exhibit_.kind == ExhibitKind::segments)
      choose_net();
    else if (text_.net)
      fault(text_.net->place, "`net` is the share that `as: segments` shows",
            "leave it out; nets of tables.yaml are shown anyway");
  }

  void add_shown(const FormulaText& name) {
    const std::vector<VariableId> variables = codebook_.find_all(name.text);
    if (variables.empty()) {
      fault(name.place, "there is no variable `" + name.text + "`",
            did_you_mean(name.text, codebook_.names()));
      return;
    }
    for (VariableId id : variables) {
      const VariableKind kind = codebook_[id].kind;
      if (kind == VariableKind::text || kind == VariableKind::date ||
          (kind == VariableKind::number && !text_.table)) {
        fault(name.place,
              "`" + name.text + "` has no options to show" +
                  (kind == VariableKind::number ? ", it is a number" : ""),
              kind == VariableKind::text ? "texts are coded by `recode_text` in processing.yaml"
                                         : "derive bands of it in processing.yaml");
        return;
      }
    }
    exhibit_.shown.insert(exhibit_.shown.end(), variables.begin(), variables.end());
  }

  static std::string row_name(const Variable& variable) {
    return variable.name.substr(variable.name.rfind('.') + 1);
  }

  // `only` keeps rows of grids, in its own order.
  void keep_only() {
    if (text_.only.empty())
      return;
    std::vector<std::string> rows;
    for (VariableId id : exhibit_.shown) {
      if (codebook_[id].row < 0) {
        fault(text_.only.front().place,
              "`only` chooses rows of a grid, and `" + codebook_[id].name + "` has none",
              "leave `only` out");
        return;
      }
      rows.push_back(row_name(codebook_[id]));
    }
    std::vector<VariableId> kept;
    for (const FormulaText& name : text_.only) {
      const auto found = std::find(rows.begin(), rows.end(), name.text);
      if (found == rows.end())
        fault(name.place, "there is no row `" + name.text + "` in what is shown",
              did_you_mean(name.text, rows));
      else
        kept.push_back(exhibit_.shown[static_cast<size_t>(found - rows.begin())]);
    }
    exhibit_.shown = std::move(kept);
  }

  void add_banner(const FormulaText& name) {
    if (const auto banner = study_.tables.banners.find(name.text);
        banner != study_.tables.banners.end()) {
      banner_.insert(banner_.end(), banner->second.begin(), banner->second.end());
      return;
    }
    const VariableId id = codebook_.find(name.text);
    if (!id.valid()) {
      std::vector<std::string> names = codebook_.names();
      for (const auto& [known, ignored] : study_.tables.banners)
        names.push_back(known);
      if (codebook_.find_all(name.text).empty())
        fault(name.place, "there is no variable or banner `" + name.text + "`",
              did_you_mean(name.text, names));
      else
        fault(name.place, "`" + name.text + "` is a grid, and a banner is a single variable",
              "name one of its rows, as in `" + name.text + ".row`");
      return;
    }
    const VariableKind kind = codebook_[id].kind;
    if (kind != VariableKind::single && kind != VariableKind::multiple &&
        kind != VariableKind::flag)
      fault(name.place, "`" + name.text + "` has no options to make columns of",
            "derive bands of it in processing.yaml");
    else
      banner_.push_back(id);
  }

  [[nodiscard]] bool all_alike() const {
    return std::all_of(exhibit_.shown.begin(), exhibit_.shown.end(), [&](VariableId id) {
      return same_options(codebook_[id], codebook_[exhibit_.shown.front()]);
    });
  }

  [[nodiscard]] bool has_groups() const {
    const OptionList& options = *codebook_[exhibit_.shown.front()].options;
    return std::any_of(options.begin(), options.end(),
                       [](const Option& option) { return option.group >= 0; });
  }

  void choose_kind() {
    const bool one = exhibit_.shown.size() == 1;
    const bool by = !text_.by.empty();
    if (text_.table) {
      exhibit_.kind = ExhibitKind::table;
    } else if (!text_.as) {
      const bool single = codebook_[exhibit_.shown.front()].kind == VariableKind::single;
      exhibit_.kind = one ? (by ? ExhibitKind::series : ExhibitKind::bars)
                          : (!all_alike() ? ExhibitKind::panels
                             : single     ? ExhibitKind::stacked
                                          : ExhibitKind::series);
    } else if (*text_.as == "grouped") {
      exhibit_.kind = one && !by ? ExhibitKind::grouped : ExhibitKind::series;
    } else {
      exhibit_.kind = *text_.as == "bars"       ? ExhibitKind::bars
                      : *text_.as == "stacked"  ? ExhibitKind::stacked
                      : *text_.as == "segments" ? ExhibitKind::segments
                      : *text_.as == "heat"     ? ExhibitKind::heat
                                                : ExhibitKind::panels;
    }
  }

  void check_kind() {
    const size_t shown = exhibit_.shown.size();
    const bool by = !text_.by.empty();
    const Variable& first = codebook_[exhibit_.shown.front()];
    const std::string name = text_.show.front().text;
    switch (exhibit_.kind) {
      case ExhibitKind::bars:
        if (shown > 1)
          fault(show_place(), "`bars` shows one variable, and these are " + std::to_string(shown),
                "use `as: stacked`, `as: panels`, or a single row such as `" + first.name + "`");
        else if (by)
          fault(text_.by.front().place, "`bars` has no place for `by`",
                "use `as: grouped`, `as: stacked`, or `as: segments` with `net:`");
        break;
      case ExhibitKind::grouped:
        if (!has_groups())
          fault(show_place(), "the options of `" + name + "` have no groups",
                "give them `group:` in questionnaire.yaml, add `by:`, or use `as: bars`");
        break;
      case ExhibitKind::series:
      case ExhibitKind::stacked:
        if (shown > 1 && by)
          fault(text_.by.front().place, "several variables and `by` do not go together here",
                "show one variable, or leave `by` out");
        else if (!all_alike())
          fault(show_place(), "the variables shown have different options",
                "use `as: panels` for them");
        else if (exhibit_.kind == ExhibitKind::stacked && first.kind != VariableKind::single)
          fault(show_place(), "`" + name + "` allows several answers, so its shares do not add up",
                "use `as: grouped` or `as: bars`");
        break;
      case ExhibitKind::segments:
        if (shown > 1 || !by)
          fault(show_place(), "`segments` shows one variable within the answers of another",
                "it needs one variable in `show:` and one in `by:`");
        break;
      case ExhibitKind::heat:
        if (shown > 1 || text_.by.size() != 1 || banner_.size() > 1)
          fault(show_place(), "`heat` shows one variable against another",
                "it needs one variable in `show:` and one in `by:`");
        break;
      case ExhibitKind::panels:
        if (by)
          fault(text_.by.front().place, "`panels` has no place for `by`",
                "use `as: grouped` or `as: stacked`");
        break;
      case ExhibitKind::table:
        break;
    }
  }

  TablePlan plan_of(VariableId variable, const std::optional<Expression>& where) {
    TablePlan plan = frequency_plan(study_.tables, codebook_, variable);
    plan.banner = banner_;
    plan.where = where;
    plan.place = text_.place;
    if (!text_.base.empty())
      plan.base_text = text_.base;
    if (text_.sort)
      plan.sort = *text_.sort;
    if (exhibit_.kind == ExhibitKind::stacked)
      plan.sort = SortOrder::listed;  // the bars are sorted, not their parts
    if (text_.dont_know)
      plan.dont_know = *text_.dont_know;
    plan.percentages = text_.percent.value_or(
        exhibit_.kind == ExhibitKind::heat ? Percentages::total : Percentages::column);
    return plan;
  }

  // What `net` names: a net of tables.yaml, an option, or a yes-or-no variable.
  void choose_net() {
    TablePlan& plan = exhibit_.plans.front();
    const Variable& variable = codebook_[plan.stub];
    if (!text_.net) {
      if (variable.kind == VariableKind::flag)
        exhibit_.net = variable.name;
      else
        fault(show_place(), "`segments` shows one share, and nothing says which",
              "add `net:` with a net, an option, or a yes-or-no variable");
      return;
    }
    const std::string& name = text_.net->text;
    std::vector<std::string> names;
    for (const Net& net : plan.nets)
      names.push_back(net.name);
    for (const Option& option : *variable.options)
      names.push_back(option.name);
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      exhibit_.net = name;
      return;
    }
    const VariableId flag = codebook_.find(name);
    if (flag.valid() && codebook_[flag].kind == VariableKind::flag) {
      exhibit_.net = name;
      plan.stub = flag;
      plan.nets.clear();
      return;
    }
    fault(text_.net->place,
          "`" + name + "` is neither a net nor an option of `" + variable.name +
              "`, nor a yes-or-no variable",
          did_you_mean(name, names));
  }

  const ExhibitText& text_;
  const OpenStudy& study_;
  const Codebook& codebook_;
  Diagnostics& faults_;
  Exhibit exhibit_;
  std::vector<VariableId> banner_;
};

}  // namespace

std::optional<Exhibit> resolve_exhibit(const ExhibitText& text, const OpenStudy& study,
                                       Diagnostics& faults) {
  return ExhibitResolver(text, study, faults).run();
}

}  // namespace topline
