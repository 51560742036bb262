#include <algorithm>

#include "instrument/resolve.hpp"
#include "instrument/yaml.hpp"
#include "tabulation/plan.hpp"

namespace topline {

namespace {

const std::vector<std::string> top_keys = {"nets", "banners", "tables", "defaults", "base"};
const std::vector<std::string> table_keys = {"table", "title",   "show",      "by",   "where",
                                             "base",  "percent", "dont_know", "sort", "tests"};
const std::vector<std::string> percent_words = {"column", "row", "total", "mentions"};
const std::vector<std::string> dont_know_words = {"apart", "excluded"};
const std::vector<std::string> sort_words = {"listed", "size"};

class Loader {
 public:
  Loader(YamlFile& file, const Codebook& codebook, TableBook& result)
      : file_(file), codebook_(codebook), result_(result) {}

  void run() {
    if (!file_.root().IsDefined() || file_.root().IsNull())
      return;
    YAML::Node tables{YAML::NodeType::Undefined};
    file_.entries(file_.root(), "tables.yaml",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    if (key == "nets")
                      nets(value);
                    else if (key == "banners")
                      banners(value);
                    else if (key == "defaults")
                      defaults(value);
                    else if (key == "base")
                      bases(value);
                    else if (key == "tables")
                      tables.reset(value);
                    else
                      file_.unknown_key(key_node, key, "tables.yaml", top_keys);
                  });
    // Tables name nets, banners and defaults, wherever those stand in the file.
    if (tables.IsDefined())
      file_.items(tables, "`tables`", [&](const YAML::Node& item) { table(item); });
  }

 private:
  void nets(const YAML::Node& node) {
    file_.entries(
        node, "`nets`",
        [&](const std::string& name, const YAML::Node& key_node, const YAML::Node& value) {
          const std::vector<VariableId> variables = codebook_.find_all(name);
          if (variables.empty() || codebook_[variables[0]].options->empty()) {
            unknown_variable(file_.place(key_node), name, variables.empty());
            return;
          }
          const Variable& variable = codebook_[variables[0]];
          file_.entries(
              value, "the nets of " + name,
              [&](const std::string& net, const YAML::Node& net_node, const YAML::Node& body) {
                one_net(name, variable, net, net_node, body);
              });
        });
  }

  void one_net(const std::string& owner, const Variable& variable, const std::string& name,
               const YAML::Node& name_node, const YAML::Node& body) {
    Net net;
    net.name = name;
    net.place = file_.place(name_node);
    file_.check_name(net.place, name);
    if (variable.find_option(name) >= 0)
      file_.faults().error(net.place, owner + " has an option `" + name + "` already",
                           "choose another name for the net");
    std::vector<std::string> options;
    for (const Option& option : *variable.options)
      options.push_back(option.name);
    file_.entries(body, "a net",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    if (key == "text") {
                      net.text = file_.text(value, "`text`").value_or("");
                    } else if (key == "of") {
                      for (const FormulaText& member : file_.names(value, "`of`")) {
                        const int option = variable.find_option(member.text);
                        if (option < 0)
                          file_.faults().error(member.place,
                                               owner + " has no option `" + member.text + "`",
                                               did_you_mean(member.text, options));
                        else
                          net.members.push_back(option);
                      }
                    } else if (key == "top" || key == "bottom") {
                      net.members = box(owner, variable, key, value);
                    } else {
                      file_.unknown_key(key_node, key, "a net", {"text", "of", "top", "bottom"});
                    }
                  });
    if (!body.IsMap())
      return;
    const int ways = (body["of"] ? 1 : 0) + (body["top"] ? 1 : 0) + (body["bottom"] ? 1 : 0);
    if (net.text.empty() || ways != 1)
      file_.faults().error(
          net.place, "a net needs `text:` and one of `of:`, `top:` and `bottom:`",
          "such as {text: Agree, of: [strongly, somewhat]} or {text: Agree, top: 2}");
    result_.nets[owner].push_back(std::move(net));
  }

  // The first or last options of a scale as listed; don't know and its like are not on it.
  std::vector<int> box(const std::string& owner, const Variable& variable, const std::string& end,
                       const YAML::Node& value) {
    std::vector<int> scale;
    for (size_t i = 0; i < variable.options->size(); ++i) {
      if ((*variable.options)[i].missing == MissingReason::none)
        scale.push_back(static_cast<int>(i));
    }
    const auto length = static_cast<int>(scale.size());
    const std::optional<int> size = file_.whole(value, "`" + end + "`", 1, std::max(1, length));
    if (!size)
      return {};
    if (variable.kind != VariableKind::single)
      file_.faults().error(file_.place(value),
                           owner + " has no scale: only single questions and grids have one",
                           "list the options under `of`");
    const int taken = std::min(*size, length);
    return end == "top" ? std::vector<int>(scale.begin(), scale.begin() + taken)
                        : std::vector<int>(scale.end() - taken, scale.end());
  }

  void banners(const YAML::Node& node) {
    file_.entries(
        node, "`banners`",
        [&](const std::string& name, const YAML::Node& key_node, const YAML::Node& value) {
          if (!codebook_.find_all(name).empty())
            file_.faults().error(file_.place(key_node),
                                 "there is a variable `" + name + "` already",
                                 "choose another name for the banner");
          for (const FormulaText& member : file_.names(value, "a banner"))
            add_banner(result_.banners[name], member);
        });
  }

  void add_banner(std::vector<VariableId>& banner, const FormulaText& name) {
    const VariableId id = codebook_.find(name.text);
    if (!id.valid()) {
      unknown_variable(name.place, name.text, codebook_.find_all(name.text).empty());
      return;
    }
    const VariableKind kind = codebook_[id].kind;
    if (kind != VariableKind::single && kind != VariableKind::multiple &&
        kind != VariableKind::flag) {
      file_.faults().error(name.place, name.text + " has no options to make columns of",
                           "derive bands of it in processing.yaml");
      return;
    }
    banner.push_back(id);
  }

  void defaults(const YAML::Node& node) {
    file_.entries(
        node, "`defaults`",
        [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
          if (key == "dont_know")
            result_.dont_know = dont_know(value);
          else if (key == "sort")
            result_.sort = sort(value);
          else if (key == "tests")
            result_.tests = tests(value);
          else
            file_.unknown_key(key_node, key, "`defaults`", {"dont_know", "sort", "tests"});
        });
  }

  void bases(const YAML::Node& node) {
    file_.entries(
        node, "`base`",
        [&](const std::string& name, const YAML::Node& key_node, const YAML::Node& value) {
          if (codebook_.find_all(name).empty())
            unknown_variable(file_.place(key_node), name, true);
          result_.bases[name] = file_.text(value, "a base's text").value_or("");
        });
  }

  DontKnow dont_know(const YAML::Node& value) {
    return file_.word(value, "`dont_know`", dont_know_words).value_or(0) == 0 ? DontKnow::apart
                                                                              : DontKnow::excluded;
  }

  SortOrder sort(const YAML::Node& value) {
    return file_.word(value, "`sort`", sort_words).value_or(0) == 0 ? SortOrder::listed
                                                                    : SortOrder::size;
  }

  std::optional<ColumnTests> tests(const YAML::Node& value) {
    const std::optional<int> word = file_.word(value, "`tests`", column_test_words());
    return word ? std::optional(static_cast<ColumnTests>(*word)) : std::nullopt;
  }

  [[nodiscard]] std::vector<std::string> banner_names() const {
    std::vector<std::string> names;
    for (const auto& [name, members] : result_.banners)
      names.push_back(name);
    return names;
  }

  // `others`: names besides those of variables that may stand here.
  void unknown_variable(const Place& place, const std::string& name, bool unknown,
                        std::vector<std::string> others = {}) {
    for (std::string& known : codebook_.names())
      others.push_back(std::move(known));
    if (unknown)
      file_.faults().error(place, "there is no question or variable `" + name + "`",
                           did_you_mean(name, others));
    else
      file_.faults().error(place, name + " cannot be used here",
                           "name a question with options, or one row of a grid");
  }

  void table(const YAML::Node& node) {
    TablePlan plan;
    plan.dont_know = result_.dont_know;
    plan.sort = result_.sort;
    plan.tests = result_.tests;
    std::optional<FormulaText> show;
    file_.entries(node, "a table",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    if (key == "table") {
                      plan.id = file_.text(value, "a table's name").value_or("");
                      plan.place = file_.place(value);
                      file_.check_name(plan.place, plan.id);
                    } else if (key == "title") {
                      plan.title = file_.text(value, "`title`").value_or("");
                    } else if (key == "show") {
                      show = file_.formula(value, "`show`");
                    } else if (key == "by") {
                      for (const FormulaText& name : file_.names(value, "`by`"))
                        by(plan, name);
                    } else if (key == "where") {
                      if (const auto text = file_.formula(value, "`where`"))
                        plan.where = resolve_expression(text->text, text->place, codebook_,
                                                        ExpressionType::boolean,
                                                        Aggregates::refused, file_.faults());
                    } else if (key == "base") {
                      plan.base_text = file_.text(value, "`base`").value_or("");
                    } else if (key == "percent") {
                      plan.percentages = static_cast<Percentages>(
                          file_.word(value, "`percent`", percent_words).value_or(0));
                    } else if (key == "dont_know") {
                      plan.dont_know = dont_know(value);
                    } else if (key == "sort") {
                      plan.sort = sort(value);
                    } else if (key == "tests") {
                      plan.tests = tests(value);
                    } else {
                      file_.unknown_key(key_node, key, "a table", table_keys);
                    }
                  });
    if (!node.IsMap())
      return;
    if (plan.id.empty() || !show) {
      file_.faults().error(file_.place(node), "a table needs `table:`, its name, and `show:`",
                           "such as `- table: use` and `show: Q10`");
      return;
    }
    finish(std::move(plan), *show);
  }

  void by(TablePlan& plan, const FormulaText& name) {
    const auto banner = result_.banners.find(name.text);
    if (banner != result_.banners.end())
      plan.banner.insert(plan.banner.end(), banner->second.begin(), banner->second.end());
    else if (codebook_.find_all(name.text).empty())
      unknown_variable(name.place, name.text, true, banner_names());
    else
      add_banner(plan.banner, name);
  }

  void finish(TablePlan plan, const FormulaText& show) {
    if (std::any_of(result_.tables.begin(), result_.tables.end(),
                    [&](const TablePlan& other) { return other.id == plan.id; }))
      file_.faults().error(plan.place, "there are two tables `" + plan.id + "`", "");
    const std::vector<VariableId> variables = codebook_.find_all(show.text);
    if (variables.empty()) {
      unknown_variable(show.place, show.text, true);
      return;
    }
    const std::string id = plan.id;
    for (VariableId variable : variables) {
      const VariableKind kind = codebook_[variable].kind;
      if (kind == VariableKind::text || kind == VariableKind::date) {
        file_.faults().error(show.place, show.text + " is a text or a date: it has no table", "");
        return;
      }
      plan.stub = variable;
      plan.id = variables.size() == 1 ? id : id + "." + codebook_[variable].name;
      const TablePlan frequency = frequency_plan(result_, codebook_, variable);
      plan.nets = frequency.nets;
      if (plan.base_text.empty())
        plan.base_text = frequency.base_text;
      result_.tables.push_back(plan);
    }
  }

  YamlFile& file_;
  const Codebook& codebook_;
  TableBook& result_;
};

// The name under which nets and bases of a variable are kept: its own or its grid's.
std::vector<std::string> keys_of(const Variable& variable) {
  std::vector<std::string> keys = {variable.name};
  if (variable.row >= 0)
    keys.push_back(variable.name.substr(0, variable.name.rfind('.')));
  return keys;
}

}  // namespace

const std::vector<std::string>& column_test_words() {
  static const std::vector<std::string> words = {"none", "unadjusted", "bonferroni",
                                                 "benjamini_hochberg"};
  return words;
}

TableBook load_tables(const std::string& text, const std::string& file, const Codebook& codebook,
                      Diagnostics& faults) {
  TableBook result;
  if (text.empty())
    return result;
  YamlFile yaml(text, file, faults);
  Loader(yaml, codebook, result).run();
  return result;
}

TablePlan frequency_plan(const TableBook& book, const Codebook& codebook, VariableId variable) {
  TablePlan plan;
  plan.stub = variable;
  plan.id = codebook[variable].name;
  plan.dont_know = book.dont_know;
  plan.sort = book.sort;
  plan.tests = book.tests;
  for (const std::string& key : keys_of(codebook[variable])) {
    if (const auto nets = book.nets.find(key); nets != book.nets.end() && plan.nets.empty())
      plan.nets = nets->second;
    if (const auto base = book.bases.find(key); base != book.bases.end() && plan.base_text.empty())
      plan.base_text = base->second;
  }
  return plan;
}

std::vector<TablePlan> frequency_deck(const TableBook& book, const Codebook& codebook) {
  std::vector<TablePlan> deck;
  for (size_t i = 0; i < codebook.size(); ++i) {
    const Variable& variable = codebook.variables()[i];
    const bool tabulated =
        variable.role == VariableRole::question || variable.role == VariableRole::derived;
    if (tabulated && variable.kind != VariableKind::text && variable.kind != VariableKind::date)
      deck.push_back(frequency_plan(book, codebook, VariableId(i)));
  }
  return deck;
}

}  // namespace topline
