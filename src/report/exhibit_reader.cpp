#include "report/exhibit_reader.hpp"

#include <algorithm>

#include "report/source_marks.hpp"

namespace topline {

namespace {

const std::vector<std::string> kFigureKeys = {"id",   "number", "title", "show",     "as",
                                              "by",   "where",  "net",   "base",     "percent",
                                              "sort", "only",   "note",  "dont_know"};
const std::vector<std::string> kTableKeys = {"id",   "number", "title",    "table",   "show",
                                             "by",   "where",  "base",     "percent", "sort",
                                             "only", "note",   "dont_know"};
const std::vector<std::string> kFindingKeys = {"value", "text", "show"};

// Ids stand in addresses and file names.
bool is_id(const std::string& text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  return !text.empty() && text[0] != '-' && !(text[0] >= '0' && text[0] <= '9') &&
         text.size() <= 64 && std::all_of(text.begin(), text.end(), fits);
}

class ExhibitReader {
 public:
  ExhibitReader(YamlFile& file, ExhibitText& exhibit) : file_(file), exhibit_(exhibit) {}

  void read(const std::string& key, const YAML::Node& name, const YAML::Node& value) {
    const std::vector<std::string>& known = exhibit_.table ? kTableKeys : kFigureKeys;
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      file_.unknown_key(name, key, exhibit_.table ? "a table" : "a figure", known);
      return;
    }
    if (key == "id")
      read_id(value);
    else if (key == "as")
      read_kind(value);
    else if (key == "number")
      exhibit_.number = file_.text(value, "the number").value_or("");
    else if (key == "base")
      exhibit_.base = file_.text(value, "the base").value_or("");
    else if (key == "title" || key == "note")
      read_text(key, value);
    else if (key == "show" || key == "by" || key == "only")
      (key == "show" ? exhibit_.show
       : key == "by" ? exhibit_.by
                     : exhibit_.only) = file_.names(value, "`" + key + "`");
    else if (key == "where")
      exhibit_.where = file_.formula(value, "`where`");
    else if (key == "net" || key == "table")
      (key == "net" ? exhibit_.net : exhibit_.planned) = name_of(value, "`" + key + "`");
    else
      read_choice(key, value);
  }

 private:
  std::optional<FormulaText> name_of(const YAML::Node& value, const std::string& what) {
    const std::optional<std::string> text = file_.text(value, what);
    return text ? std::optional(FormulaText{*text, file_.text_place(value)}) : std::nullopt;
  }

  void read_id(const YAML::Node& value) {
    exhibit_.id = file_.text(value, "the id").value_or("");
    exhibit_.id_place = file_.place(value);
    if (exhibit_.id.empty() || is_id(exhibit_.id))
      return;
    file_.faults().error(exhibit_.id_place, "`" + exhibit_.id + "` is no id",
                         "an id is a letter followed by letters, digits, - and _");
    exhibit_.id.clear();
  }

  void read_kind(const YAML::Node& value) {
    exhibit_.as_place = file_.place(value);
    if (const std::optional<int> kind = file_.word(value, "`as`", exhibit_kinds()))
      exhibit_.as = exhibit_kinds()[static_cast<size_t>(*kind)];
  }

  void read_text(const std::string& key, const YAML::Node& value) {
    const std::optional<std::string> text = file_.text(value, "the " + key);
    if (!text)
      return;
    const Place place = file_.text_place(value);
    (key == "title" ? exhibit_.title : exhibit_.note) = read_values(*text, place, file_.faults());
    if (key == "title")
      exhibit_.title_place = place;
  }

  void read_choice(const std::string& key, const YAML::Node& value) {
    if (key == "percent") {
      if (const auto word = file_.word(value, "`percent`", {"column", "row", "total", "mentions"}))
        exhibit_.percent = static_cast<Percentages>(*word);
    } else if (key == "sort") {
      if (const auto word = file_.word(value, "`sort`", {"listed", "size"}))
        exhibit_.sort = static_cast<SortOrder>(*word);
    } else if (key == "dont_know") {
      if (const auto word = file_.word(value, "`dont_know`", {"apart", "excluded"}))
        exhibit_.dont_know = static_cast<DontKnow>(*word);
    }
  }

  YamlFile& file_;
  ExhibitText& exhibit_;
};

FindingText read_finding(YamlFile& file, const YAML::Node& node) {
  FindingText finding;
  bool has_value = false;
  file.entries(node, "a finding",
               [&](const std::string& key, const YAML::Node& name, const YAML::Node& value) {
                 if (key == "value") {
                   if (const std::optional<FormulaText> formula = file.formula(value, "`value`")) {
                     finding.value = read_value(formula->text, formula->place, file.faults());
                     has_value = true;
                   }
                 } else if (key == "text") {
                   if (const std::optional<std::string> text = file.text(value, "the text"))
                     finding.text = read_values(*text, file.text_place(value), file.faults());
                 } else if (key == "show") {
                   finding.show = file.text(value, "`show`").value_or("");
                   finding.show_place = file.place(value);
                 } else {
                   file.unknown_key(name, key, "a finding", kFindingKeys);
                 }
               });
  if (!has_value || finding.text.empty())
    file.faults().error(file.place(node), "a finding needs a value and a text",
                        "as in `{value: share(Q1 == a), text: say so}`");
  return finding;
}

}  // namespace

const std::vector<std::string>& exhibit_kinds() {
  static const std::vector<std::string> kinds = {"bars",     "grouped", "stacked",
                                                 "segments", "heat",    "panels"};
  return kinds;
}

ExhibitText read_exhibit(const std::string& yaml, bool table, const Place& fence,
                         Diagnostics& faults) {
  ExhibitText exhibit;
  exhibit.table = table;
  exhibit.place = exhibit.id_place = exhibit.title_place = exhibit.as_place = fence;
  const int told = faults.count(Severity::error);
  YamlFile file(yaml, fence.file, faults);
  if (!file.root().IsMap()) {
    if (faults.count(Severity::error) == told)
      faults.error(fence, std::string("this ") + (table ? "table" : "figure") + " says nothing",
                   "it needs at least `title:`, and `show:` with a variable");
    exhibit.unreadable = true;
    return exhibit;
  }
  ExhibitReader reader(file, exhibit);
  file.entries(file.root(), table ? "a table" : "a figure",
               [&](const std::string& key, const YAML::Node& name, const YAML::Node& value) {
                 reader.read(key, name, value);
               });
  return exhibit;
}

std::vector<FindingText> read_findings(const std::string& yaml, const Place& fence,
                                       Diagnostics& faults) {
  std::vector<FindingText> findings;
  const int told = faults.count(Severity::error);
  YamlFile file(yaml, fence.file, faults);
  if (!file.root().IsDefined() || file.root().IsNull()) {
    if (faults.count(Severity::error) == told)
      faults.error(fence, "there are no findings here", "list them: `- {value: …, text: …}`");
    return findings;
  }
  file.items(file.root(), "the findings",
             [&](const YAML::Node& node) { findings.push_back(read_finding(file, node)); });
  return findings;
}

}  // namespace topline
