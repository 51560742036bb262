#include "instrument/variable.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace topline {

int Variable::find_option(std::string_view name_or_code) const {
  int code = 0;
  const char* end = name_or_code.data() + name_or_code.size();
  const auto [stop, error] = std::from_chars(name_or_code.data(), end, code);
  const bool is_code = error == std::errc() && stop == end;
  for (size_t i = 0; i < options->size(); ++i) {
    const Option& option = (*options)[i];
    if (is_code ? option.code == code : option.name == name_or_code)
      return static_cast<int>(i);
  }
  return -1;
}

std::string specify_name(const std::string& question, const Option& option) {
  return question + "." + option.name + ".text";
}

VariableId Codebook::add(Variable variable) {
  if (!variable.options)
    variable.options = std::make_shared<OptionList>();
  const VariableId id(variables_.size());
  by_name_.emplace(variable.name, id);
  variables_.push_back(std::move(variable));
  return id;
}

void Codebook::add_group(std::string group, std::vector<VariableId> variables) {
  groups_.emplace(std::move(group), std::move(variables));
}

void Codebook::add_page(std::string name, PageId page) {
  pages_.emplace(std::move(name), page);
}

VariableId Codebook::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? VariableId() : found->second;
}

std::vector<VariableId> Codebook::find_all(std::string_view name) const {
  if (const VariableId id = find(name); id.valid())
    return {id};
  const auto found = groups_.find(name);
  return found == groups_.end() ? std::vector<VariableId>() : found->second;
}

std::optional<PageId> Codebook::find_page(std::string_view name) const {
  const auto found = pages_.find(name);
  return found == pages_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Codebook::names() const {
  std::vector<std::string> all;
  for (const auto& [name, id] : by_name_)
    all.push_back(name);
  for (const auto& [name, members] : groups_)
    all.push_back(name);
  return all;
}

std::vector<std::string> Codebook::page_names() const {
  std::vector<std::string> all;
  for (const auto& [name, id] : pages_)
    all.push_back(name);
  return all;
}

bool is_formula_word(std::string_view name) {
  static constexpr std::array<std::string_view, 7> reserved = {"and",  "or",    "not", "in",
                                                               "true", "false", "end"};
  return std::find(reserved.begin(), reserved.end(), name) != reserved.end();
}

std::string name_hint(std::string_view name) {
  if (is_formula_word(name))
    return "`" + std::string(name) + "` is a word of formulas; choose another name";
  return "a name is a letter followed by letters, digits and _ (a to z, without accents)";
}

bool is_name(std::string_view name) {
  auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  auto inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && letter(name[0]) && std::all_of(name.begin(), name.end(), inner) &&
         !is_formula_word(name);
}

}  // namespace topline
