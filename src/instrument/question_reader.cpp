#include "instrument/question_reader.hpp"

#include <algorithm>

#include "base/date.hpp"

namespace topline {

namespace {

const std::vector<std::string> kind_words = {
    "single", "multiple", "grid", "multiple grid", "ranking", "numeric", "text", "date", "consent"};
const std::vector<std::string> order_words = {"fixed", "random"};
const std::vector<std::string> question_keys = {
    "kind",       "label", "options",  "rows",     "groups",  "show_if",
    "screen_out", "order", "required", "at_least", "at_most", "min",
    "max",        "unit",  "decimals", "note",     "version"};

class Reader {
 public:
  Reader(YamlFile& file, QuestionDraft& draft)
      : file_(file), draft_(draft), question_(draft.question) {}

  void entry(const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
    if (key == "kind") {
      if (const std::optional<int> word = file_.word(value, "`kind`", kind_words))
        question_.kind = static_cast<QuestionKind>(*word);
    } else if (key == "label") {
      question_.label = file_.text(value, "`label`").value_or("");
    } else if (key == "note") {
      question_.note = file_.text(value, "`note`").value_or("");
    } else if (key == "version") {
      question_.version = file_.text(value, "`version`").value_or("");
    } else if (key == "unit") {
      question_.unit = file_.text(value, "`unit`").value_or("");
    } else if (key == "options") {
      draft_.options = read_options(file_, value, question_.name, OptionUse::question);
    } else if (key == "rows") {
      draft_.rows = read_rows(file_, value, question_.name);
    } else if (key == "groups") {
      groups(value);
    } else if (key == "show_if") {
      draft_.show_if = file_.formula(value, "`show_if`");
    } else if (key == "screen_out") {
      draft_.screen_out = file_.formula(value, "`screen_out`");
    } else if (key == "order") {
      question_.randomize = file_.word(value, "`order`", order_words).value_or(0) == 1;
    } else if (key == "required") {
      question_.required = file_.truth(value, "`required`").value_or(true);
    } else if (key == "at_least") {
      question_.at_least = file_.whole(value, "`at_least`", 0, 1000);
    } else if (key == "at_most") {
      question_.at_most = file_.whole(value, "`at_most`", 1, 1000);
    } else if (key == "decimals") {
      question_.decimals = file_.whole(value, "`decimals`", 0, 9).value_or(0);
    } else if (key == "min") {
      minimum_ = value;
    } else if (key == "max") {
      maximum_ = value;
    } else {
      file_.unknown_key(key_node, key, "a question", question_keys);
    }
  }

  // What can only be said when all entries are read.
  void finish() {
    question_.minimum = limit(minimum_, "`min`");
    question_.maximum = limit(maximum_, "`max`");
    if (question_.minimum && question_.maximum && *question_.minimum > *question_.maximum)
      error("the range of " + question_.name + " is empty: `min` is greater than `max`");
    if (question_.kind == QuestionKind::consent && draft_.options.empty())
      default_consent();
    needs();
    bounds();
    resolve_groups();
    if (question_.text.empty())
      error(question_.name + " has no text");
  }

 private:
  void error(std::string message, std::string hint = {}) {
    file_.faults().error(question_.place, std::move(message), std::move(hint));
  }

  void groups(const YAML::Node& node) {
    file_.entries(node, "`groups`",
                  [&](const std::string& name, const YAML::Node& key, const YAML::Node& value) {
                    file_.check_name(file_.place(key), name);
                    question_.groups.push_back(
                        {name, file_.text(value, "a group's text").value_or(""), file_.place(key)});
                  });
  }

  std::optional<double> limit(const YAML::Node& node, std::string_view what) {
    if (!node)
      return std::nullopt;
    if (question_.kind != QuestionKind::date)
      return file_.number(node, what);
    const std::optional<std::string> written = file_.text(node, what);
    const std::optional<int> days = written ? parse_date(*written) : std::nullopt;
    if (written && !days)
      file_.faults().error(file_.place(node), std::string(what) + " is not a day",
                           "a date is written 2023-09-01");
    return days ? std::optional<double>(*days) : std::nullopt;
  }

  void default_consent() {
    int code = 0;
    for (const char* name : {"agree", "decline"}) {
      OptionDraft draft;
      draft.option.code = ++code;
      draft.option.name = name;
      draft.option.text = code == 1 ? "I agree" : "I do not agree";
      draft.option.place = question_.place;
      draft_.options.push_back(std::move(draft));
    }
  }

  // Which parts each kind must and must not have.
  void needs() {
    const QuestionKind kind = question_.kind;
    const bool numeric_or_text =
        kind == QuestionKind::numeric || kind == QuestionKind::text || kind == QuestionKind::date;
    if (!numeric_or_text && draft_.options.empty())
      error(question_.name + " has no options", "list them under `options:`");
    if (numeric_or_text &&
        std::any_of(draft_.options.begin(), draft_.options.end(), [](const OptionDraft& draft) {
          return draft.option.missing == MissingReason::none;
        }))
      error(question_.name + " is answered by writing: its options can only be missing values",
            "give them `missing:`, or make the question `kind: single`");
    if (question_.is_grid() && draft_.rows.empty())
      error(question_.name + " is a grid without rows", "list them under `rows:`");
    if (!question_.is_grid() && !draft_.rows.empty())
      error(question_.name + " has rows, but is no grid", "write `kind: grid`");
    const bool several = kind == QuestionKind::multiple || kind == QuestionKind::multiple_grid ||
                         kind == QuestionKind::ranking;
    if (!several && (question_.at_least || question_.at_most))
      error("`at_least` and `at_most` are for multiple questions and rankings, and " +
            question_.name + " is neither");
    for (const OptionDraft& draft : draft_.options) {
      if (draft.option.exclusive && !several)
        file_.faults().error(draft.option.place,
                             "`exclusive` is for the options of a multiple question", "");
    }
    if (kind != QuestionKind::numeric && kind != QuestionKind::date &&
        (minimum_.IsDefined() || maximum_.IsDefined()))
      error("`min` and `max` are for numbers and dates, and " + question_.name + " is neither");
  }

  void bounds() {
    const int count = static_cast<int>(draft_.options.size());
    const int least = question_.at_least.value_or(0);
    if (question_.at_most && least > *question_.at_most)
      error("nobody can answer " + question_.name + ": `at_least` is greater than `at_most`");
    else if (count > 0 && least > count)
      error("nobody can answer " + question_.name + ": it has only " + std::to_string(count) +
            " options");
    if (question_.kind == QuestionKind::ranking && count > 200)
      error(question_.name + " has more than 200 options to rank");
  }

  void resolve_groups() {
    for (OptionDraft& draft : draft_.options) {
      if (draft.group.empty())
        continue;
      std::vector<std::string> names;
      for (const OptionGroup& group : question_.groups)
        names.push_back(group.name);
      const auto found = std::find(names.begin(), names.end(), draft.group);
      if (found == names.end())
        file_.faults().error(
            draft.group_place, question_.name + " has no group `" + draft.group + "`",
            names.empty() ? "list its groups under `groups:`" : did_you_mean(draft.group, names));
      else
        draft.option.group = static_cast<int>(found - names.begin());
    }
  }

  YamlFile& file_;
  QuestionDraft& draft_;
  Question& question_;
  YAML::Node minimum_{YAML::NodeType::Undefined};
  YAML::Node maximum_{YAML::NodeType::Undefined};
};

}  // namespace

std::optional<QuestionDraft> read_question(YamlFile& file, const YAML::Node& node) {
  QuestionDraft draft;
  Reader reader(file, draft);
  bool named = false;
  // The first entry names the question; it must be known before the others are read, for
  // their messages.
  file.entries(node, "a question",
               [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                 if (named) {
                   reader.entry(key, key_node, value);
                   return;
                 }
                 named = true;
                 draft.question.name = key;
                 draft.question.place = file.place(key_node);
                 if (!is_name(key) || std::find(question_keys.begin(), question_keys.end(), key) !=
                                          question_keys.end())
                   file.faults().error(draft.question.place,
                                       "`" + key + "` is not a question's name",
                                       is_name(key) ? "a question begins with its name and "
                                                      "text: `- Q1: How old are you?`"
                                                    : name_hint(key));
                 draft.question.text = file.text(value, "the text of " + key).value_or("");
               });
  if (!named)
    return std::nullopt;
  reader.finish();
  return draft;
}

}  // namespace topline
