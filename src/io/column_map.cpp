#include "io/column_map.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "instrument/yaml.hpp"
#include "text/terminal_width.hpp"

namespace topline {

namespace {

CellUse whole_column(VariableKind kind) {
  switch (kind) {
    case VariableKind::number:
      return CellUse::number;
    case VariableKind::date:
      return CellUse::date;
    case VariableKind::text:
      return CellUse::text;
    case VariableKind::multiple:
      return CellUse::list;
    default:
      return CellUse::code;
  }
}

std::string without_blanks(const std::string& head) {
  const size_t begin = head.find_first_not_of(" \t");
  return begin == std::string::npos ? ""
                                    : head.substr(begin, head.find_last_not_of(" \t") + 1 - begin);
}

class Mapper {
 public:
  Mapper(const std::vector<std::vector<std::string>>& header, const Study& study,
         const Questionnaire& questionnaire, Diagnostics& faults)
      : header_(header), study_(study), questionnaire_(questionnaire), faults_(faults) {
    for (const std::vector<std::string>& row : header_) {
      width_ = std::max(width_, row.size());
      for (size_t i = 0; i < row.size(); ++i) {
        const std::string head = without_blanks(row[i]);
        if (!head.empty() && !by_head_.emplace(head, i).second && by_head_.at(head) != i)
          repeated_.emplace(head, i);
      }
    }
    if (!header_.empty())
      check_repeated_heads();
  }

  void by_map(const std::string& text) {
    YamlFile file(text, study_.data.columns, faults_);
    if (!file.root().IsDefined() || file.root().IsNull())
      return;
    file.entries(file.root(), study_.data.columns,
                 [&](const std::string& name, const YAML::Node& key, const YAML::Node& value) {
                   entry(file, name, key, value);
                 });
  }

  // Variables that the map does not name, by the heads of the file.
  void by_heads() {
    for (size_t i = 0; i < codebook().size(); ++i) {
      const VariableId id(i);
      const Variable& variable = codebook()[id];
      if (by_option_.contains(id))
        option_columns(id, variable);
      if (mapped_.contains(id))
        continue;
      if (const auto found = by_head_.find(variable.name); found != by_head_.end()) {
        const bool ranks = variable.kind == VariableKind::ranking;
        if (!ranks) {
          add(id, found->second, whole_column(variable.kind), -1, {});
          continue;
        }
      }
      if (variable.has_options())
        option_columns(id, variable);
    }
  }

  ColumnMap finish() {
    if (nothing_fits()) {
      no_column_fits();
      return std::move(result_);
    }
    id_column();
    missing_columns();
    std::stable_sort(
        result_.uses.begin(), result_.uses.end(),
        [](const ColumnUse& a, const ColumnUse& b) { return a.variable < b.variable; });
    for (size_t i = 0; i < width_; ++i) {
      if (!used_.contains(i))
        result_.left_alone.push_back(head(i));
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] const Codebook& codebook() const { return questionnaire_.codebook; }

  [[nodiscard]] std::string head(size_t column) const {
    for (const std::vector<std::string>& row : header_) {
      if (column < row.size() && !row[column].empty())
        return row[column];
    }
    return "column " + std::to_string(column + 1);
  }

  // Not a single head is known: it is the file's shape that is not as study.yaml says.
  [[nodiscard]] bool nothing_fits() const {
    const bool has_id = !study_.data.id.empty() && column_named(study_.data.id);
    return mapped_.empty() && !has_id && codebook().size() > 0;
  }

  void no_column_fits() {
    const bool one = width_ == 1;
    faults_.error({study_.data.file, study_.data.title_rows + 1, 0, 0},
                  one ? "this header has a single column, `" + cut_to_width(head(0), 60) + "`"
                      : "no column of this header belongs to a question: " + first_heads(),
                  one ? "is `delimiter` or `title_rows` under `data` in study.yaml right?"
                      : "are `title_rows` and `header_rows` under `data` in study.yaml right? "
                        "`columns` maps other heads to questions");
  }

  // The first few heads, to be recognized by.
  [[nodiscard]] std::string first_heads() const {
    constexpr size_t shown = 5;
    std::string list;
    for (size_t i = 0; i < std::min(shown, width_); ++i)
      list += (i > 0 ? ", " : "") + ("`" + cut_to_width(head(i), 30) + "`");
    return list + (width_ > shown ? ", …" : "");
  }

  // Two columns of one name: which one is meant nobody can know.
  void check_repeated_heads() {
    std::map<std::string, size_t> seen;
    const std::vector<std::string>& first = header_.front();
    for (size_t i = 0; i < first.size(); ++i) {
      const auto [other, fresh] = seen.emplace(without_blanks(first[i]), i);
      if (!fresh && study_.data.columns.empty() && belongs_here(other->first))
        faults_.error({study_.data.file, study_.data.title_rows + 1, 0, 0},
                      "two columns are headed `" + other->first + "`: " +
                          std::to_string(other->second + 1) + " and " + std::to_string(i + 1),
                      "rename one of them, or map columns by position in data.columns");
    }
  }

  // The id column, a variable, or an option of one.
  [[nodiscard]] bool belongs_here(const std::string& head) const {
    if (head.empty())
      return false;
    if (head == study_.data.id || codebook().find(head).valid())
      return true;
    const size_t dot = head.rfind('.');
    const VariableId id =
        dot == std::string::npos ? VariableId() : codebook().find(head.substr(0, dot));
    return id.valid() && codebook()[id].find_option(head.substr(dot + 1)) >= 0;
  }

  void add(VariableId variable, size_t position, CellUse use, int option,
           std::map<std::string, int> codes, std::string separator = {}) {
    ColumnUse column;
    column.position = position;
    column.variable = variable;
    column.use = use;
    column.option = option;
    column.codes = std::move(codes);
    column.separator = std::move(separator);
    result_.uses.push_back(std::move(column));
    mapped_.insert(variable);
    used_.insert(position);
  }

  // Whether the file has this text, which then tells who chose its option (written_others.hpp).
  [[nodiscard]] bool written(const std::string& text) const {
    const VariableId id = codebook().find(text);
    return id.valid() && (mapped_.contains(id) || by_head_.contains(text));
  }

  void option_columns(VariableId id, const Variable& variable) {
    std::vector<std::string> missing;
    for (int i = 0; i < variable.option_count(); ++i) {
      const Option& option = (*variable.options)[static_cast<size_t>(i)];
      const std::string name = variable.name + "." + option.name;
      const auto mapped = by_option_.find(id);
      if (mapped != by_option_.end() && mapped->second.contains(i))
        continue;
      const auto found = by_head_.find(name);
      if (found != by_head_.end())
        add(id, found->second,
            variable.kind == VariableKind::ranking ? CellUse::rank : CellUse::tick, i, {});
      else if (!written(specify_name(variable.name, option)))
        missing.push_back(name);
    }
    // An option without a column would pass for one that nobody chose.
    if (mapped_.contains(id) && !missing.empty())
      options_without_column_.insert(options_without_column_.end(), missing.begin(), missing.end());
  }

  void id_column() {
    if (study_.data.id.empty())
      return;
    const std::optional<size_t> column = column_named(study_.data.id);
    if (column) {
      result_.id = static_cast<int>(*column);
      used_.insert(*column);
    } else {
      faults_.error(study_.data.id_place,
                    study_.data.file + " has no column `" + study_.data.id +
                        "` for the cases' names (data.id)",
                    near_head(study_.data.id));
    }
  }

  // "did you mean …?" with a head that nothing else uses; empty if none is near.
  [[nodiscard]] std::string near_head(const std::string& name) const {
    if (name.find_first_not_of("-0123456789") == std::string::npos)
      return {};  // a position
    std::vector<std::string> free;
    for (const auto& [head, position] : by_head_) {
      const bool is_number = head.find_first_not_of("0123456789.,- ") == std::string::npos;
      if (!used_.contains(position) && !is_number)
        free.push_back(head);
    }
    return did_you_mean(name, free);
  }

  // By head, or by position counted from 1.
  [[nodiscard]] std::optional<size_t> column_named(const std::string& written) const {
    if (const auto found = by_head_.find(written); found != by_head_.end())
      return found->second;
    size_t position = 0;
    const auto [stop, error] =
        std::from_chars(written.data(), written.data() + written.size(), position);
    if (error == std::errc() && stop == written.data() + written.size() && position >= 1 &&
        position <= width_)
      return position - 1;
    return std::nullopt;
  }

  std::optional<size_t> column_at(YamlFile& file, const YAML::Node& node) {
    const std::optional<std::string> written = file.text(node, "a column");
    if (!written)
      return std::nullopt;
    if (const auto twice = repeated_.find(*written); twice != repeated_.end()) {
      faults_.error(file.place(node),
                    "two columns of " + study_.data.file + " are headed `" + *written +
                        "`: " + std::to_string(by_head_.at(*written) + 1) + " and " +
                        std::to_string(twice->second + 1),
                    "name the one that is meant by its position");
      return std::nullopt;
    }
    const std::optional<size_t> column = column_named(*written);
    if (!column) {
      const std::string near = near_head(*written);
      faults_.error(file.place(node), study_.data.file + " has no column `" + *written + "`",
                    !near.empty()
                        ? near
                        : "a column is named by its head, such as " + first_heads() +
                              "; or by its position, from 1 to " + std::to_string(width_));
    }
    return column;
  }

  void entry(YamlFile& file, const std::string& name, const YAML::Node& key,
             const YAML::Node& value) {
    const VariableId id = codebook().find(name);
    const size_t dot = name.rfind('.');
    if (!id.valid() && dot != std::string::npos) {
      option_entry(file, name, dot, key, value);
      return;
    }
    if (!id.valid()) {
      unknown(file, key, name);
      return;
    }
    const Variable& variable = codebook()[id];
    if (value.IsScalar() && value.Scalar() == "none") {
      mapped_.insert(id);
      return;
    }
    if (value.IsMap()) {
      map_entry(file, id, variable, value);
    } else if (variable.kind == VariableKind::ranking) {
      faults_.error(file.place(value), name + " is a ranking: it has a column for each option",
                    "write `" + name + ": {columns: {option: column, …}}`");
    } else if (const std::optional<size_t> column = column_at(file, value)) {
      add(id, *column, whole_column(variable.kind), -1, {});
    }
  }

  void unknown(YamlFile& file, const YAML::Node& key, const std::string& name) {
    faults_.error(file.place(key), "there is no question or hidden variable `" + name + "`",
                  did_you_mean(name, codebook().names()));
  }

  void unknown_option(YamlFile& file, VariableId id, const std::string& name, size_t dot,
                      const YAML::Node& key) {
    if (!id.valid() || !codebook()[id].has_options())
      return unknown(file, key, name);
    std::vector<std::string> names;
    for (const Option& known : *codebook()[id].options)
      names.push_back(known.name);
    const std::string option = name.substr(dot + 1);
    faults_.error(file.place(key), codebook()[id].name + " has no option `" + option + "`",
                  did_you_mean(option, names));
  }

  // `Q12.qa: 17`, one option by itself; `none`: no column has it.
  void option_entry(YamlFile& file, const std::string& name, size_t dot, const YAML::Node& key,
                    const YAML::Node& value) {
    const VariableId id = codebook().find(name.substr(0, dot));
    const int option = id.valid() ? codebook()[id].find_option(name.substr(dot + 1)) : -1;
    if (option < 0) {
      unknown_option(file, id, name, dot, key);
      return;
    }
    mapped_.insert(id);
    by_option_[id].insert(option);
    if (value.IsScalar() && value.Scalar() == "none")
      return;
    if (const std::optional<size_t> column = column_at(file, value))
      add(id, *column, codebook()[id].kind == VariableKind::ranking ? CellUse::rank : CellUse::tick,
          option, {});
  }

  void map_entry(YamlFile& file, VariableId id, const Variable& variable, const YAML::Node& node) {
    std::optional<size_t> column;
    std::string separator;
    std::map<std::string, int> codes;
    std::vector<std::pair<int, size_t>> options;
    std::vector<size_t> answers;
    file.entries(node, "a column's map",
                 [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                   if (key == "column")
                     column = column_at(file, value);
                   else if (key == "separator")
                     separator = file.text(value, "`separator`").value_or("");
                   else if (key == "codes")
                     file.entries(
                         value, "`codes`",
                         [&](const std::string& cell, const YAML::Node&, const YAML::Node& option) {
                           const int position = option_at(file, variable, option);
                           if (position >= 0)
                             codes.emplace(cell, position);
                         });
                   else if (key == "columns")
                     file.entries(value, "`columns`",
                                  [&](const std::string& option, const YAML::Node& option_node,
                                      const YAML::Node& at) {
                                    const int position = option_at(file, variable, option_node);
                                    const std::optional<size_t> where = column_at(file, at);
                                    if (position >= 0 && where)
                                      options.emplace_back(position, *where);
                                    (void)option;
                                  });
                   else if (key == "answers")
                     file.items(value, "`answers`", [&](const YAML::Node& item) {
                       if (const std::optional<size_t> where = column_at(file, item))
                         answers.push_back(*where);
                     });
                   else
                     file.unknown_key(key_node, key, "a column's map",
                                      {"column", "columns", "answers", "separator", "codes"});
                 });
    if (column)
      add(id, *column, whole_column(variable.kind), -1, codes, separator);
    for (const auto& [option, where] : options)
      add(id, where, variable.kind == VariableKind::ranking ? CellUse::rank : CellUse::tick, option,
          codes);
    for (size_t where : answers)
      add(id, where, CellUse::list, -1, codes);
    mapped_.insert(id);
  }

  int option_at(YamlFile& file, const Variable& variable, const YAML::Node& node) {
    const std::optional<std::string> name = file.text(node, "an option");
    if (!name)
      return -1;
    const int option = variable.find_option(*name);
    if (option < 0) {
      std::vector<std::string> names;
      for (const Option& known : *variable.options)
        names.push_back(known.name);
      faults_.error(file.place(node), variable.name + " has no option `" + *name + "`",
                    did_you_mean(*name, names));
    }
    return option;
  }

  void missing_columns() {
    for (const std::string& name : options_without_column_) {
      const std::string near = near_head(name);
      faults_.error({study_.data.file, study_.data.title_rows + 1, 0, 0}, "has no column " + name,
                    !near.empty() ? near
                                  : "without it nobody could have chosen that option; if so, write "
                                    "`" +
                                        name + ": none` into data.columns");
    }
    int missing = 0;
    for (size_t i = 0; i < codebook().size(); ++i) {
      const VariableId id(i);
      const Variable& variable = codebook()[id];
      if (mapped_.contains(id) || variable.role == VariableRole::specify)
        continue;
      const Place place{study_.data.file, study_.data.title_rows + 1, 0, 0};
      if (variable.role == VariableRole::hidden) {
        faults_.warning(place, "has no column for the hidden variable " + variable.name,
                        "it stays empty");
        continue;
      }
      if (++missing > 20)
        continue;
      std::string example = variable.name;
      if (variable.has_options() && variable.kind != VariableKind::single &&
          !variable.options->empty())
        example += "." + variable.options->front().name;
      std::string hint = near_head(example);
      if (hint.empty())
        hint = "head a column `" + example +
               "`, or say in data.columns where it is (`none`: " + "nowhere)";
      faults_.error(place, "has no column for " + variable.name, hint);
    }
    if (missing > 20)
      faults_.error({study_.data.file, study_.data.title_rows + 1, 0, 0},
                    "has no column for " + std::to_string(missing - 20) + " further questions",
                    "is header_rows in study.yaml right?");
  }

  const std::vector<std::vector<std::string>>& header_;
  const Study& study_;
  const Questionnaire& questionnaire_;
  Diagnostics& faults_;
  size_t width_ = 0;
  std::map<std::string, size_t> by_head_;          // without blanks around: first position
  std::map<std::string, size_t> repeated_;         // heads of several columns: second position
  std::map<VariableId, std::set<int>> by_option_;  // options that the map names one by one
  std::vector<std::string> options_without_column_;
  std::set<VariableId> mapped_;
  std::set<size_t> used_;
  ColumnMap result_;
};

}  // namespace

ColumnMap map_columns(const std::vector<std::vector<std::string>>& header,
                      const std::string& map_text, const Study& study,
                      const Questionnaire& questionnaire, Diagnostics& faults) {
  Mapper mapper(header, study, questionnaire, faults);
  if (!map_text.empty())
    mapper.by_map(map_text);
  mapper.by_heads();
  return mapper.finish();
}

}  // namespace topline
