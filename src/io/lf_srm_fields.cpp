#include "io/lf_srm_fields.hpp"

#include <algorithm>
#include <map>

#include "base/date.hpp"
#include "io/lf_srm_names.hpp"
#include "text/language.hpp"

namespace topline::lf_srm {
namespace {

constexpr size_t kMostOptions = 40;  // a column with more different values is no list of options

using Values = std::map<std::string, size_t>;  // trimmed cell -> how often

Values values_of(const RawTable& raw, int column) {
  Values values;
  for (size_t row = 0; row < raw.cases(); ++row) {
    const std::string text = trimmed(raw.cell(row, column));
    if (!text.empty())
      ++values[text];
  }
  return values;
}

template <typename Test>
bool all_are(const Values& values, Test test) {
  return !values.empty() &&
         std::all_of(values.begin(), values.end(), [&](const auto& v) { return test(v.first); });
}

bool is_date(const std::string& text) {
  return text.size() >= 10 && parse_date(text.substr(0, 10)) &&
         (text.size() == 10 || text[10] == ' ' || text[10] == 'T');
}

bool is_number(const std::string& text) {
  bool point = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '.' && !point && i > 0)
      point = true;
    else if (text[i] < '0' || text[i] > '9')
      return false;
  }
  return !text.empty() && text.size() <= 15;
}

// "Filter Criteria for Multiple Entries for Organization" is called filter_criteria.
std::string field_name(const std::string& text, std::vector<std::string>& taken) {
  std::vector<std::string> words;
  for (const std::string& word : words_of(text))
    if (word != "id" && word != "of" && word != "for" && word != "the" && words.size() < 2)
      words.push_back(word);
  std::string name = page_name(joined(words, " "), taken);
  if (starts_with(name, "page") && !contains(joined(words, " "), "page"))  // no Latin letter
    name = page_name("field", taken);
  if (starts_with(lower(name), "q") && whole_number(std::string_view(name).substr(1)))
    name += "_";
  taken.push_back(name);
  return name;
}

class Builder {
 public:
  Builder(const RawTable& raw, const ReferenceModel* model, Draft& draft, ImportLog& log)
      : raw_(raw), model_(model), draft_(draft), log_(log) {}

  void build() {
    match_model();
    for (size_t i = 0; i < raw_.fields.size(); ++i)
      take(raw_.fields[i], i);
    if (model_ == nullptr)
      return;
    for (size_t i = 0; i < model_->fields.size(); ++i)
      if (std::find(model_of_.begin(), model_of_.end(), static_cast<int>(i)) == model_of_.end())
        log_.add(Topic::row, model_->file,
                 "\"" + model_->fields[i].name + "\" has no column in the raw data");
  }

 private:
  // The model's field for each column: of the same name first, then of the most similar one.
  void match_model() {
    model_of_.assign(raw_.fields.size(), -1);
    if (model_ == nullptr)
      return;
    std::vector<bool> used(model_->fields.size(), false);
    for (const double least : {0.999, 0.3}) {
      for (size_t i = 0; i < raw_.fields.size(); ++i) {
        for (size_t j = 0; j < model_->fields.size() && model_of_[i] < 0; ++j) {
          if (used[j] || likeness(raw_.fields[i].name, model_->fields[j].name) < least)
            continue;
          model_of_[i] = static_cast<int>(j);
          used[j] = true;
        }
      }
    }
  }

  void take(const RawField& raw, size_t index) {
    const Values values = values_of(raw_, raw.column.number);
    if (comparable(raw.name) == "respondent id" || comparable(raw.name) == "response id") {
      draft_.id_column = raw.column.number;
      return;
    }
    if (values.empty()) {
      log_.add(Topic::column, raw_.file + ", column " + std::to_string(raw.column.number),
               "\"" + raw.name + "\" is empty");
      return;
    }
    DraftField field;
    field.name = field_name(raw.name, taken_);
    field.text = raw.name;
    if (field.text[0] >= 'a' && field.text[0] <= 'z')
      field.text[0] = static_cast<char>(field.text[0] - 'a' + 'A');
    field.column = raw.column.number;
    const ModelField* model =
        model_of_[index] < 0 ? nullptr : &model_->fields[static_cast<size_t>(model_of_[index])];
    choose_kind(field, values, model);
    draft_.fields.push_back(std::move(field));
  }

  void choose_kind(DraftField& field, const Values& values, const ModelField* model) {
    const std::string name = comparable(field.text);
    if (model != nullptr && !model->codes.empty()) {
      field.kind = VariableKind::single;
      options_of_model(field, values, *model);
    } else if (name == "language" || name == "survey language") {
      field.kind = VariableKind::single;
      languages(field, values);
    } else if (all_are(values, is_date)) {
      field.kind = VariableKind::date;
    } else if (contains(name, "collector") && values.size() <= kMostOptions) {
      field.kind = VariableKind::single;
      collectors(field, values);
    } else if (all_are(values, is_number)) {
      field.kind = VariableKind::number;
    } else {
      field.kind = VariableKind::text;
      if (contains(name, "minutes") || contains(name, "duration"))
        log_.add(Topic::unread, field.name,
                 "the cells hold a time such as \"" + values.begin()->first +
                     "\", which is no number; it was kept as text");
    }
  }

  DraftOption& add(DraftField& field, int code, const std::string& text, const std::string& cell) {
    DraftOption option;
    option.code = code;
    option.text = text;
    option.cell = cell == std::to_string(code) ? "" : cell;
    option.missing = missing_reason(text);
    field.options.push_back(std::move(option));
    return field.options.back();
  }

  static void name_options(DraftField& field) {
    std::vector<std::string> labels;
    for (const DraftOption& option : field.options)
      labels.push_back(option.text);
    const std::vector<std::string> names = short_names(labels, "option");
    for (size_t i = 0; i < names.size(); ++i)
      field.options[i].name = names[i];
  }

  void options_of_model(DraftField& field, const Values& values, const ModelField& model) {
    int next = 1;
    for (const ModelOption& code : model.codes) {
      const int number = whole_number(code.code).value_or(next);
      add(field, number, code.text, code.code);
      next = std::max(next, number) + 1;
    }
    for (const auto& held : values) {
      const std::string& value = held.first;
      const bool known = std::any_of(model.codes.begin(), model.codes.end(),
                                     [&](const ModelOption& code) { return code.code == value; });
      if (known)
        continue;
      const int number = whole_number(value).value_or(next++);
      const std::string text = value == "0" ? "None of these" : "Code " + value;
      add(field, number, text, value);
      log_.add(Topic::differs, field.name,
               "the data hold \"" + value + "\" (" + std::to_string(held.second) +
                   " cases), which the reference model does not list; it is called \"" + text +
                   "\"");
    }
    if (!whole_number(model.codes.front().code))
      name_by_cells(field);
    else
      name_options(field);
  }

  void name_by_cells(DraftField& field) {
    std::vector<std::string> names;
    for (DraftOption& option : field.options) {
      option.name = page_name(option.cell.empty() ? option.text : option.cell, names);
      names.push_back(option.name);
    }
  }

  void languages(DraftField& field, const Values& values) {
    std::vector<std::pair<size_t, std::string>> by_count;
    for (const auto& [value, count] : values)
      by_count.emplace_back(count, value);
    std::stable_sort(by_count.begin(), by_count.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    int code = 0;
    for (const auto& [count, value] : by_count) {
      const Result<Language> language = Language::parse(value);
      add(field, ++code, language ? language->name_in(Language()) : value, value);
    }
    name_by_cells(field);
  }

  // Their numbers are too large for codes, and say nothing: c446360289.
  void collectors(DraftField& field, const Values& values) {
    std::vector<std::string> names;
    int code = 0;
    for (const auto& [value, count] : values) {
      add(field, ++code, "Collector " + value, value);
      const bool digits = value.find_first_not_of("0123456789") == std::string::npos;
      field.options.back().name = digits ? "c" + value : page_name("collector " + value, names);
      names.push_back(field.options.back().name);
    }
    log_.add(
        Topic::decided, field.name,
        std::to_string(values.size()) +
            " collectors, numbered anew because their numbers are too large for codes; no file "
            "says what they stand for");
  }

  const RawTable& raw_;
  const ReferenceModel* model_;
  Draft& draft_;
  ImportLog& log_;
  std::vector<int> model_of_;  // for each field of the raw data
  std::vector<std::string> taken_;
};

}  // namespace

void build_fields(const RawTable& raw, const ReferenceModel* model, Draft& draft, ImportLog& log) {
  Builder(raw, model, draft, log).build();
}

FieldworkDays fieldwork_days(const RawTable& raw, const Draft& draft) {
  FieldworkDays days;
  for (const DraftField& field : draft.fields) {
    if (field.kind != VariableKind::date)
      continue;
    for (size_t row = 0; row < raw.cases(); ++row) {
      const std::string day = trimmed(raw.cell(row, field.column)).substr(0, 10);
      if (day.empty())
        continue;
      if (days.from.empty() || day < days.from)
        days.from = day;
      days.to = std::max(days.to, day);
    }
  }
  return days;
}

}  // namespace topline::lf_srm
