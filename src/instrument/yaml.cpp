#include "instrument/yaml.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "instrument/variable.hpp"
#include "instrument/yaml_fault.hpp"
#include "instrument/yaml_guard.hpp"

namespace topline {

namespace {

std::string kind_in_words(const YAML::Node& node) {
  if (!node.IsDefined() || node.IsNull())
    return "nothing";
  if (node.IsScalar())
    return "a single value";
  return node.IsSequence() ? "a list" : "a map";
}

}  // namespace

YamlFile::YamlFile(const std::string& text, std::string file, Diagnostics& faults)
    : file_(std::move(file)), source_(text), faults_(faults) {
  if (source_.starts_with("\xEF\xBB\xBF"))
    source_.erase(0, 3);
  if (std::optional<Diagnostic> odd = guard_yaml(source_, file_)) {
    faults_.add(std::move(*odd));
    return;
  }
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(source_);
    if (documents.size() > 1) {
      const Place second = place(documents[1]);
      faults_.add(explain_second_document(source_, file_, second.line, second.column));
      return;
    }
    if (!documents.empty())
      root_.reset(documents[0]);
    parsed_ = true;
  } catch (const YAML::Exception& fault) {
    if (fault.mark.is_null())
      faults_.error({file_, 0, 0, 0}, "this is not YAML: " + fault.msg);
    else
      faults_.add(explain_yaml_fault(source_, file_, fault.mark.line + 1, fault.mark.column + 1,
                                     fault.msg));
  }
}

Place YamlFile::place(const YAML::Node& node) const {
  const YAML::Mark mark = node.Mark();
  if (mark.is_null())
    return {file_, 0, 0, 0};
  int length = 1;
  if (node.IsScalar()) {
    const std::string& text = node.Scalar();
    length = static_cast<int>(std::min(text.size(), text.find_first_of("\n\r")));
    const auto begin = static_cast<size_t>(mark.pos);
    if (begin < source_.size() && (source_[begin] == '"' || source_[begin] == '\''))
      length += 2;
    const size_t line_end = std::min(source_.find('\n', begin), source_.size());
    length = std::min(length, static_cast<int>(line_end - std::min(begin, line_end)));
  }
  return {file_, mark.line + 1, mark.column + 1, std::max(1, length)};
}

Place YamlFile::text_place(const YAML::Node& node) const {
  Place where = place(node);
  const YAML::Mark mark = node.Mark();
  if (mark.is_null() || !node.IsScalar())
    return where;
  auto begin = static_cast<size_t>(mark.pos);
  if (begin < source_.size() && (source_[begin] == '"' || source_[begin] == '\'')) {
    ++begin;
    ++where.column;
  }
  const std::string& text = node.Scalar();
  if (source_.compare(begin, text.size(), text) != 0 || text.find('\n') != std::string::npos) {
    where.column = 0;
    where.length = 0;
  }
  return where;
}

std::optional<std::string> YamlFile::text(const YAML::Node& node, std::string_view what) {
  if (node.IsScalar())
    return node.Scalar();
  faults_.error(place(node), std::string(what) + " should be a text, and is " + kind_in_words(node),
                node.IsMap() ? "put the text in quotes if it holds `{` or `: `" : "");
  return std::nullopt;
}

std::optional<bool> YamlFile::truth(const YAML::Node& node, std::string_view what) {
  if (node.IsScalar() && (node.Scalar() == "true" || node.Scalar() == "false"))
    return node.Scalar() == "true";
  const std::string written = node.IsScalar() ? node.Scalar() : "";
  const bool yes = written == "yes" || written == "Yes" || written == "on" || written == "True";
  const bool no = written == "no" || written == "No" || written == "off" || written == "False";
  faults_.error(place(node), std::string(what) + " is either true or false",
                yes  ? "write `true`"
                : no ? "write `false`"
                     : "");
  return std::nullopt;
}

std::optional<double> YamlFile::number(const YAML::Node& node, std::string_view what) {
  if (node.IsScalar()) {
    const std::string& text = node.Scalar();
    double value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && stop == text.data() + text.size() && std::isfinite(value))
      return value;
  }
  faults_.error(place(node), std::string(what) + " should be a number", "");
  return std::nullopt;
}

std::optional<int> YamlFile::whole(const YAML::Node& node, std::string_view what, int least,
                                   int most) {
  if (node.IsScalar()) {
    const std::string& text = node.Scalar();
    int value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && stop == text.data() + text.size() && value >= least &&
        value <= most)
      return value;
  }
  faults_.error(place(node),
                std::string(what) + " should be a whole number from " + std::to_string(least) +
                    " to " + std::to_string(most),
                "");
  return std::nullopt;
}

std::optional<FormulaText> YamlFile::formula(const YAML::Node& node, std::string_view what) {
  if (node.IsScalar() && !node.Scalar().empty())
    return FormulaText{node.Scalar(), text_place(node)};
  faults_.error(place(node),
                std::string(what) + " should be a formula, and is " + kind_in_words(node),
                "put a formula with `{`, `: ` or, inside { }, a comma in quotes");
  return std::nullopt;
}

std::vector<FormulaText> YamlFile::names(const YAML::Node& node, std::string_view what) {
  std::vector<FormulaText> all;
  auto add = [&](const YAML::Node& item) {
    if (const std::optional<std::string> name = text(item, what))
      all.push_back({*name, text_place(item)});
  };
  if (node.IsSequence())
    for (const YAML::Node& item : node)
      add(item);
  else
    add(node);
  return all;
}

std::optional<int> YamlFile::word(const YAML::Node& node, std::string_view what,
                                  const std::vector<std::string>& words) {
  const std::optional<std::string> written = text(node, what);
  if (!written)
    return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), *written);
  if (found != words.end())
    return static_cast<int>(found - words.begin());
  std::string list;
  for (size_t i = 0; i < words.size(); ++i)
    list += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  const std::string near = did_you_mean(*written, words);
  faults_.error(place(node), std::string(what) + " cannot be `" + *written + "`",
                near.empty() ? "it is " + list : near);
  const auto meant = std::find(words.begin(), words.end(), nearest_name(*written, words));
  return meant == words.end() ? std::nullopt
                              : std::optional<int>(static_cast<int>(meant - words.begin()));
}

void YamlFile::entries(
    const YAML::Node& map, std::string_view what,
    const std::function<void(const std::string&, const YAML::Node&, const YAML::Node&)>& each) {
  if (!map.IsMap()) {
    faults_.error(
        place(map),
        std::string(what) + " should be a map (name: value), and is " + kind_in_words(map), "");
    return;
  }
  std::vector<std::pair<std::string, int>> seen;
  for (const auto& entry : map) {
    const YAML::Node key = entry.first;
    if (!key.IsScalar()) {
      faults_.error(place(key), "a name should stand here, and there is " + kind_in_words(key), "");
      continue;
    }
    const std::string& name = key.Scalar();
    if (name == "<<") {
      faults_.error(place(key), "YAML's merging of maps (`<<`) is not used in studies",
                    "write the entries out; `*name` repeats a whole list of options");
      continue;
    }
    const auto before = std::find_if(seen.begin(), seen.end(),
                                     [&](const auto& other) { return other.first == name; });
    if (before != seen.end()) {
      faults_.error(place(key), "`" + name + "` is given a second time",
                    "it stands already in line " + std::to_string(before->second));
      continue;
    }
    seen.emplace_back(name, place(key).line);
    each(name, key, entry.second);
  }
}

void YamlFile::items(const YAML::Node& list, std::string_view what,
                     const std::function<void(const YAML::Node&)>& each) {
  if (!list.IsSequence()) {
    faults_.error(place(list),
                  std::string(what) + " should be a list, and is " + kind_in_words(list),
                  "each item begins with `- `");
    return;
  }
  for (const YAML::Node& item : list)
    each(item);
}

void YamlFile::check_name(const Place& where, const std::string& name) {
  if (!is_name(name))
    faults_.error(where, "`" + name + "` is not a name", name_hint(name));
}

void YamlFile::unknown_key(const YAML::Node& key, const std::string& name, std::string_view in,
                           const std::vector<std::string>& known) {
  std::string hint = did_you_mean(name, known);
  if (hint.empty() && name.find(')') != std::string::npos && name.find('(') == std::string::npos)
    // {when: Q1 in (a, b)} is read as two entries, `when` and `b)`.
    hint = "inside { } a comma ends a value: put a formula with commas in quotes";
  if (hint.empty()) {
    for (const std::string& word : known)
      hint += (hint.empty() ? "there are: " : ", ") + word;
  }
  faults_.error(place(key), std::string(in) + " has no entry `" + name + "`", hint);
}

}  // namespace topline
