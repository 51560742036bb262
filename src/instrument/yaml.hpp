// A YAML file whose every value knows where it stands, read with diagnostics: the wrappers that
// all loaders of study files share.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include <yaml-cpp/yaml.h>

#include "base/diagnostic.hpp"
#include "instrument/formula_text.hpp"

namespace topline {

class YamlFile {
 public:
  // Parses `text`. A fault of YAML itself goes to `faults`, and root() is then null.
  YamlFile(const std::string& text, std::string file, Diagnostics& faults);

  [[nodiscard]] const YAML::Node& root() const { return root_; }
  // Whether the text was YAML; root() may be null even so, for an empty file.
  [[nodiscard]] bool parsed() const { return parsed_; }
  [[nodiscard]] const std::string& file() const { return file_; }

  [[nodiscard]] Place place(const YAML::Node& node) const;
  // Where the scalar's own characters begin: behind the quote of a quoted one. Column 0 when
  // the value as written differs from what it says (folded over lines, escapes).
  [[nodiscard]] Place text_place(const YAML::Node& node) const;

  // Each complains and returns nothing when the node is of another type. `what` names the
  // value in the message ("the title").
  std::optional<std::string> text(const YAML::Node& node, std::string_view what);
  std::optional<bool> truth(const YAML::Node& node, std::string_view what);
  std::optional<double> number(const YAML::Node& node, std::string_view what);
  std::optional<int> whole(const YAML::Node& node, std::string_view what, int least, int most);
  std::optional<FormulaText> formula(const YAML::Node& node, std::string_view what);
  // One text, or a list of them.
  std::vector<FormulaText> names(const YAML::Node& node, std::string_view what);
  // The position of the text in `words`. Complains otherwise, and takes the nearest for what was
  // meant, so that what follows is not told as well; nothing when none is near.
  std::optional<int> word(const YAML::Node& node, std::string_view what,
                          const std::vector<std::string>& words);

  // Calls `each(key, key node, value)` for the entries of a map, in file order. Complains of
  // what is no map, of keys that are no text, and of repeated keys (which are left out).
  void entries(
      const YAML::Node& map, std::string_view what,
      const std::function<void(const std::string&, const YAML::Node&, const YAML::Node&)>& each);
  // Calls `each` for the items of a list; complains of what is no list.
  void items(const YAML::Node& list, std::string_view what,
             const std::function<void(const YAML::Node&)>& each);

  // Complains when `name` is no name (see is_name).
  void check_name(const Place& where, const std::string& name);

  void unknown_key(const YAML::Node& key, const std::string& name, std::string_view in,
                   const std::vector<std::string>& known);

  Diagnostics& faults() { return faults_; }

 private:
  std::string file_;
  std::string source_;
  Diagnostics& faults_;
  YAML::Node root_;
  bool parsed_ = false;
};

}  // namespace topline
