#include "instrument/option_reader.hpp"

#include <algorithm>
#include <charconv>

namespace topline {

namespace {

const std::vector<std::string> anchor_words = {"start", "end"};
const std::vector<std::string> missing_words = {"dont_know", "refused", "not_applicable"};

// "1 very" -> 1 and "very".
bool split_key(const std::string& key, int& code, std::string& name) {
  const char* last = key.data() + key.size();
  const auto [stop, error] = std::from_chars(key.data(), last, code);
  if (error != std::errc() || stop == last || *stop != ' ' || code < -32000 || code > 32000)
    return false;
  const char* begin = std::find_if(stop, last, [](char c) { return c != ' '; });
  name.assign(begin, last);
  return is_name(name);
}

std::string key_hint(const std::string& key) {
  const std::string name = key.substr(std::min(key.find(' '), key.size() - 1) + 1);
  if (is_formula_word(name))
    return "`" + name + "` is a word of formulas; choose another name";
  int code = 0;
  const auto [stop, error] = std::from_chars(key.data(), key.data() + key.size(), code);
  if (error == std::errc::result_out_of_range || code < -32000 || code > 32000)
    return "codes are whole numbers from -32000 to 32000";
  if (error == std::errc() && stop == key.data() + key.size())
    return "a name is missing behind the code: `" + key + " yes: Yes`";
  return "write `1 yes: Yes`: a whole number, a space, a name of letters, digits and _";
}

void read_anchor(YamlFile& file, const YAML::Node& node, Anchor& anchor) {
  if (const std::optional<int> word = file.word(node, "`anchor`", anchor_words))
    anchor = *word == 0 ? Anchor::start : Anchor::end;
}

class OptionMap {
 public:
  OptionMap(YamlFile& file, OptionDraft& draft, OptionUse use)
      : file_(file), draft_(draft), use_(use) {}

  void entry(const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
    Option& option = draft_.option;
    if (key == "text") {
      option.text = file_.text(value, "an option's text").value_or("");
    } else if (key == "missing") {
      if (const std::optional<int> word = file_.word(value, "`missing`", missing_words))
        option.missing = static_cast<MissingReason>(*word + 1);
    } else if (key == "anchor") {
      read_anchor(file_, value, option.anchor);
    } else if (key == "value") {
      option.value = file_.number(value, "`value`");
    } else if (use_ == OptionUse::question && question_entry(key, value)) {
    } else if (use_ == OptionUse::recode && key == "when") {
      draft_.when = file_.formula(value, "`when`");
    } else if (use_ == OptionUse::recode && key == "else") {
      draft_.otherwise = file_.truth(value, "`else`").value_or(false);
    } else if (use_ == OptionUse::bands && key == "from") {
      draft_.from = file_.number(value, "`from`");
    } else if (use_ == OptionUse::bands && key == "to") {
      draft_.to = file_.number(value, "`to`");
    } else {
      file_.unknown_key(key_node, key, "an option", known());
    }
  }

 private:
  bool question_entry(const std::string& key, const YAML::Node& value) {
    Option& option = draft_.option;
    if (key == "exclusive") {
      option.exclusive = file_.truth(value, "`exclusive`").value_or(false);
    } else if (key == "specify") {
      option.specify = file_.truth(value, "`specify`").value_or(false);
    } else if (key == "show_if") {
      draft_.show_if = file_.formula(value, "`show_if`");
    } else if (key == "group") {
      draft_.group = file_.text(value, "`group`").value_or("");
      draft_.group_place = file_.text_place(value);
    } else {
      return false;
    }
    return true;
  }

  [[nodiscard]] std::vector<std::string> known() const {
    std::vector<std::string> all = {"text", "missing", "anchor", "value"};
    if (use_ == OptionUse::question)
      all.insert(all.end(), {"exclusive", "specify", "show_if", "group"});
    if (use_ == OptionUse::recode)
      all.insert(all.end(), {"when", "else"});
    if (use_ == OptionUse::bands)
      all.insert(all.end(), {"from", "to"});
    return all;
  }

  YamlFile& file_;
  OptionDraft& draft_;
  const OptionUse use_;
};

void check_unique(YamlFile& file, const std::vector<OptionDraft>& drafts, const Option& option,
                  const std::string& owner) {
  for (const OptionDraft& other : drafts) {
    const std::string where =
        "it is given already in line " + std::to_string(other.option.place.line);
    if (other.option.code == option.code)
      file.faults().error(option.place,
                          owner + " has two options with the code " + std::to_string(option.code),
                          where);
    if (other.option.name == option.name)
      file.faults().error(option.place,
                          owner + " has two options with the name `" + option.name + "`", where);
  }
}

}  // namespace

std::vector<OptionDraft> read_options(YamlFile& file, const YAML::Node& node,
                                      const std::string& owner, OptionUse use) {
  std::vector<OptionDraft> drafts;
  file.entries(node, "`options` of " + owner,
               [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                 OptionDraft draft;
                 Option& option = draft.option;
                 option.place = file.place(key_node);
                 if (!split_key(key, option.code, option.name)) {
                   file.faults().error(option.place, "`" + key + "` is not a code and a name",
                                       key_hint(key));
                   return;
                 }
                 if (value.IsMap()) {
                   OptionMap map(file, draft, use);
                   file.entries(value, "an option",
                                [&](const std::string& k, const YAML::Node& kn,
                                    const YAML::Node& v) { map.entry(k, kn, v); });
                 } else {
                   option.text =
                       file.text(value, "the text of " + owner + "." + option.name).value_or("");
                 }
                 if (option.text.empty() && (value.IsMap() || value.IsScalar()))
                   file.faults().error(option.place, owner + "." + option.name + " has no text",
                                       "respondents read the text");
                 check_unique(file, drafts, option, owner);
                 drafts.push_back(std::move(draft));
               });
  if (node.IsMap() && drafts.empty())
    file.faults().error(file.place(node), "`options` of " + owner + " is empty", "");
  return drafts;
}

std::vector<RowDraft> read_rows(YamlFile& file, const YAML::Node& node, const std::string& owner) {
  std::vector<RowDraft> drafts;
  file.entries(
      node, "`rows` of " + owner,
      [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
        RowDraft draft;
        draft.row.name = key;
        draft.row.place = file.place(key_node);
        file.check_name(draft.row.place, key);
        if (!value.IsMap()) {
          draft.row.text = file.text(value, "the text of " + owner + "." + key).value_or("");
        } else {
          file.entries(value, "a row",
                       [&](const std::string& k, const YAML::Node& kn, const YAML::Node& v) {
                         if (k == "text")
                           draft.row.text = file.text(v, "a row's text").value_or("");
                         else if (k == "show_if")
                           draft.show_if = file.formula(v, "`show_if`");
                         else if (k == "anchor")
                           read_anchor(file, v, draft.row.anchor);
                         else
                           file.unknown_key(kn, k, "a row", {"text", "show_if", "anchor"});
                       });
        }
        if (draft.row.text.empty() && (value.IsMap() || value.IsScalar()))
          file.faults().error(draft.row.place, owner + "." + key + " has no text", "");
        drafts.push_back(std::move(draft));
      });
  if (node.IsMap() && drafts.empty())
    file.faults().error(file.place(node), "`rows` of " + owner + " is empty", "");
  return drafts;
}

OptionList options_of(const std::vector<OptionDraft>& drafts) {
  OptionList list;
  for (const OptionDraft& draft : drafts)
    list.push_back(draft.option);
  return list;
}

}  // namespace topline
