#include <algorithm>
#include <array>

#include "instrument/read_design.hpp"
#include "instrument/study.hpp"
#include "instrument/variable.hpp"
#include "instrument/yaml.hpp"
#include "text/date_format.hpp"
#include "text/language.hpp"

namespace topline {

namespace {

const std::vector<std::string> study_keys = {
    "study",      "title",      "subtitle", "language",   "languages",   "publisher",
    "sponsors",   "authors",    "contact",  "population", "fieldwork",   "mode",
    "sample",     "confidence", "decimals", "quality",    "limitations", "processing",
    "small_base", "licence",    "citation", "invented",   "data"};
const std::vector<std::string> sample_keys = {"kind",    "frame", "sources",
                                              "invited", "model", "design"};
const std::vector<std::string> data_keys = {"file",       "columns",  "id",        "header_rows",
                                            "title_rows", "encoding", "delimiter", "missing"};
const std::vector<std::string> sample_kinds = {"opt-in", "probability"};
const std::vector<std::string> model_words = {"simple random"};
const std::vector<std::string> delimiters = {"auto", ",", ";", "tab"};
const std::vector<std::string> reasons = {"skipped", "not_asked", "not_reached", "dont_know",
                                          "refused"};

constexpr int most_respondents = 2'000'000'000;

// Used in file names: nothing that a shell, a system or a web address reads in its own way.
bool is_file_name(const std::string& name) {
  const auto letter_or_digit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !name.empty() && name.size() <= 100 && letter_or_digit(name[0]) &&
         std::all_of(name.begin(), name.end(), [&](char c) {
           return letter_or_digit(c) || c == '-' || c == '_' || c == '.';
         });
}

class Reader {
 public:
  Reader(YamlFile& file, Study& study) : file_(file), study_(study) {}

  void run() {
    study_.place = {file_.file(), 0, 0, 0};
    if (!file_.root().IsDefined() || file_.root().IsNull()) {
      if (file_.parsed())
        fault(study_.place, file_.file() + " is empty",
              "it says who asks whom; begin with `study:` and `title:`");
      return;
    }
    if (!file_.root().IsMap()) {
      file_.entries(file_.root(), "study.yaml", [](auto&, auto&, auto&) {});
      return;
    }
    file_.entries(file_.root(), "study.yaml",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    study_.places[key] = file_.place(value);
                    entry(key, key_node, value);
                  });
    finish();
  }

 private:
  void fault(Place place, std::string message, std::string hint = {}) {
    file_.faults().error(std::move(place), std::move(message), std::move(hint));
  }

  void entry(const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
    static const std::vector<std::pair<std::string, std::string Study::*>> texts = {
        {"title", &Study::title},           {"subtitle", &Study::subtitle},
        {"publisher", &Study::publisher},   {"contact", &Study::contact},
        {"population", &Study::population}, {"mode", &Study::mode},
        {"quality", &Study::quality},       {"limitations", &Study::limitations},
        {"processing", &Study::processing}, {"licence", &Study::licence},
        {"citation", &Study::citation}};
    const auto text = std::find_if(texts.begin(), texts.end(),
                                   [&](const auto& known) { return known.first == key; });
    if (text != texts.end()) {
      study_.*(text->second) = file_.text(value, "`" + key + "`").value_or("");
      title_told_ = title_told_ || (key == "title" && !value.IsScalar());
    } else if (key == "study") {
      name(value);
    } else if (key == "language") {
      study_.language = language(value).value_or(study_.language);
      language_given_ = true;
    } else if (key == "languages") {
      languages(value);
    } else if (key == "sponsors") {
      study_.sponsors = list(value, "a sponsor");
    } else if (key == "authors") {
      study_.authors = list(value, "an author");
    } else if (key == "fieldwork") {
      fieldwork(value);
    } else if (key == "sample") {
      sample(value);
    } else if (key == "confidence") {
      confidence(value);
    } else if (key == "decimals") {
      study_.decimals = file_.whole(value, "`decimals`", 0, 6).value_or(0);
    } else if (key == "small_base") {
      small_base(value);
    } else if (key == "invented") {
      study_.invented = file_.truth(value, "`invented`").value_or(false);
    } else if (key == "data") {
      data(value);
    } else {
      file_.unknown_key(key_node, key, "study.yaml", study_keys);
    }
  }

  void name(const YAML::Node& node) {
    const std::optional<std::string> written = file_.text(node, "`study`");
    if (!written)
      return;
    study_.name = *written;
    if (!is_file_name(study_.name))
      fault(file_.place(node), "`" + study_.name + "` cannot be used in file names",
            "a short name of letters, digits, `-` and `_`, such as genai-2023; what people read "
            "is `title`");
  }

  std::optional<std::string> language(const YAML::Node& node) {
    const std::optional<std::string> written = file_.text(node, "a language");
    if (!written)
      return std::nullopt;
    Result<Language> parsed = Language::parse(*written, file_.place(node));
    if (!parsed) {
      file_.faults().add(parsed.fault());
      return std::nullopt;
    }
    if (parsed->tag() != *written)
      fault(file_.place(node), "`" + *written + "` is not how this language's tag is written",
            "write `" + parsed->tag() + "`, here and in the names of files");
    return parsed->tag();
  }

  void languages(const YAML::Node& node) {
    file_.items(node, "`languages`", [&](const YAML::Node& item) {
      const std::optional<std::string> tag = language(item);
      if (!tag)
        return;
      if (!study_.places.emplace("languages." + *tag, file_.place(item)).second)
        fault(file_.place(item), "`" + *tag + "` is listed a second time",
              "list each edition once");
      else
        study_.languages.push_back(*tag);
    });
    if (node.IsSequence() && node.size() == 0)
      fault(file_.place(node), "`languages` lists no language",
            "list the original first, as in [en, ja], or leave the line out");
  }

  std::vector<std::string> list(const YAML::Node& node, const std::string& what) {
    std::vector<std::string> all;
    for (const FormulaText& item : file_.names(node, what))
      all.push_back(item.text);
    return all;
  }

  void fieldwork(const YAML::Node& node) {
    file_.entries(node, "`fieldwork`",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    if (key == "from")
                      study_.fieldwork_from = day_or_month(value, "from");
                    else if (key == "to")
                      study_.fieldwork_to = day_or_month(value, "to");
                    else
                      file_.unknown_key(key_node, key, "`fieldwork`", {"from", "to"});
                  });
    if (!node.IsMap())
      return;
    for (const char* key : {"from", "to"}) {
      if (!study_.places.contains(std::string("fieldwork.") + key))
        fault(file_.place(node), std::string("`fieldwork` has no `") + key + "`",
              "write {from: 2023-09-04, to: 2023-10-20}, or months: {from: 2023-09, to: 2023-10}");
    }
    const std::optional<CalendarDate> from = parse_calendar_date(study_.fieldwork_from);
    const std::optional<CalendarDate> to = parse_calendar_date(study_.fieldwork_to);
    if (!from || !to)
      return;
    // A month and a day compare by what both have: September holds the 14th of September.
    const bool days = from->day > 0 && to->day > 0;
    const auto key = [&](const CalendarDate& date) {
      return CalendarDate{date.year, date.month, days ? date.day : 0};
    };
    if (key(*to) < key(*from))
      fault(study_.places["fieldwork.to"],
            "the fieldwork ends (" + study_.fieldwork_to + ") before it begins (" +
                study_.fieldwork_from + ")",
            "`from` is the first day or month, `to` the last");
  }

  std::string day_or_month(const YAML::Node& node, const std::string& key) {
    study_.places["fieldwork." + key] = file_.place(node);
    const std::optional<std::string> written = file_.text(node, "`" + key + "`");
    if (!written)
      return {};
    const std::optional<CalendarDate> date = parse_calendar_date(*written);
    if (date && date->month > 0)
      return *written;
    fault(file_.place(node), "`" + *written + "` is no day and no month",
          "a day is written 2023-09-04, a month 2023-09");
    return {};
  }

  void sample(const YAML::Node& node) {
    Sample& result = study_.sample;
    file_.entries(node, "`sample`",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    study_.places["sample." + key] = file_.place(value);
                    if (key == "kind") {
                      if (const std::optional<int> word = file_.word(value, "`kind`", sample_kinds))
                        result.kind = *word == 0 ? SampleKind::opt_in : SampleKind::probability;
                    } else if (key == "frame") {
                      result.frame = file_.text(value, "`frame`").value_or("");
                    } else if (key == "sources") {
                      sources(value);
                    } else if (key == "invited") {
                      result.invited = file_.whole(value, "`invited`", 1, most_respondents);
                    } else if (key == "model") {
                      model(value);
                    } else if (key == "design") {
                      result.design = read_design(file_, value);
                    } else {
                      file_.unknown_key(key_node, key, "`sample`", sample_keys);
                    }
                  });
    if (node.IsMap() && !study_.places.contains("sample.kind"))
      fault(file_.place(node), "`sample` does not say its `kind`",
            "write `kind: opt-in` where people chose to take part, `kind: probability` where "
            "each had a known chance of being drawn");
  }

  void sources(const YAML::Node& node) {
    file_.entries(node, "`sources`",
                  [&](const std::string& name, const YAML::Node& key, const YAML::Node& value) {
                    file_.check_name(file_.place(key), name);
                    study_.sample.sources.push_back(
                        {name, file_.text(value, "the text of source " + name).value_or(""),
                         file_.place(key)});
                  });
  }

  void model(const YAML::Node& node) {
    SampleModel result;
    bool as_given = false;
    file_.entries(node, "`model`",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    if (key == "text") {
                      result.text = file_.text(value, "the model's text").value_or("");
                      study_.places["sample.model.text"] = file_.place(value);
                    } else if (key == "as") {
                      as_given = true;
                      if (const std::optional<int> word = file_.word(value, "`as`", model_words))
                        result.as = model_words[static_cast<size_t>(*word)];
                    } else {
                      file_.unknown_key(key_node, key, "`model`", {"text", "as"});
                    }
                  });
    if (!node.IsMap())
      return;
    if (result.text.empty())
      fault(file_.place(node), "the model has no text",
            "`text:` tells readers under which assumption the intervals hold; it is printed with "
            "them");
    if (!as_given)
      fault(file_.place(node), "the model does not say what the sample is taken for",
            "write `as: simple random`");
    study_.sample.model = std::move(result);
  }

  void confidence(const YAML::Node& node) {
    const std::optional<double> percent = file_.number(node, "`confidence`");
    if (!percent)
      return;
    if (*percent >= 50 && *percent < 100)
      study_.confidence = *percent;
    else
      fault(file_.place(node), "`confidence` should be a percentage from 50 to below 100",
            "95 is usual" +
                std::string(*percent > 0 && *percent < 1 ? "; write percent, not a fraction" : ""));
  }

  void small_base(const YAML::Node& node) {
    file_.entries(node, "`small_base`",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    if (key == "suppress")
                      study_.suppress_below =
                          file_.whole(value, "`suppress`", 0, most_respondents).value_or(30);
                    else if (key == "mark")
                      study_.mark_below =
                          file_.whole(value, "`mark`", 0, most_respondents).value_or(100);
                    else
                      file_.unknown_key(key_node, key, "`small_base`", {"suppress", "mark"});
                  });
    if (study_.suppress_below > study_.mark_below)
      fault(file_.place(node),
            "bases below " + std::to_string(study_.suppress_below) +
                " are suppressed, so that none is left to be marked below " +
                std::to_string(study_.mark_below),
            "`mark` is the greater of the two: {suppress: 30, mark: 100}");
  }

  void data(const YAML::Node& node) {
    ResponseFile& result = study_.data;
    result.place = file_.place(node);
    file_.entries(node, "`data`",
                  [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
                    data_entry(key, key_node, value);
                  });
    if (node.IsMap() && result.file.empty() && !result.file_place.line)
      fault(result.place, "`data` names no file", "write `file: data/responses.csv`");
  }

  void data_entry(const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
    ResponseFile& result = study_.data;
    if (key == "file") {
      result.file_place = file_.place(value);
      result.file = path(value, "`file`");
    } else if (key == "columns") {
      result.columns_place = file_.place(value);
      result.columns = path(value, "`columns`");
    } else if (key == "id") {
      result.id_place = file_.text_place(value);
      result.id = file_.text(value, "`id`").value_or("");
    } else if (key == "header_rows") {
      result.header_rows = file_.whole(value, "`header_rows`", 1, 3).value_or(1);
    } else if (key == "title_rows") {
      result.title_rows = file_.whole(value, "`title_rows`", 0, 1000).value_or(0);
    } else if (key == "encoding") {
      result.encoding = file_.text(value, "`encoding`").value_or("");
      result.encoding_place = file_.place(value);
      if (result.encoding == "auto")
        result.encoding.clear();
    } else if (key == "delimiter") {
      if (const std::optional<int> word = file_.word(value, "`delimiter`", delimiters))
        result.delimiter = *word == 0   ? '\0'
                           : *word == 3 ? '\t'
                                        : delimiters[static_cast<size_t>(*word)][0];
    } else if (key == "missing") {
      missing(value);
    } else {
      file_.unknown_key(key_node, key, "`data`", data_keys);
    }
  }

  void missing(const YAML::Node& node) {
    static constexpr std::array states = {AnswerState::skipped, AnswerState::not_asked,
                                          AnswerState::not_reached, AnswerState::dont_know,
                                          AnswerState::refused};
    file_.entries(node, "`missing`",
                  [&](const std::string& cell, const YAML::Node& key, const YAML::Node& value) {
                    if (cell.empty()) {
                      fault(file_.place(key), "an empty cell needs no entry in `missing`",
                            "why a cell is empty follows from the routing");
                      return;
                    }
                    if (const std::optional<int> word = file_.word(value, "the reason", reasons))
                      study_.data.missing.emplace_back(cell, states.at(static_cast<size_t>(*word)));
                  });
  }

  // A path inside the study's folder, so that the folder can be moved and handed on.
  std::string path(const YAML::Node& node, const std::string& what) {
    const std::optional<std::string> written = file_.text(node, what);
    if (!written || written->empty()) {
      if (written)
        fault(file_.place(node), what + " is empty", "name a file in the study's folder");
      return {};
    }
    const std::string bounded = "/" + *written + "/";
    if (written->front() == '/' || bounded.find("/../") != std::string::npos) {
      fault(file_.place(node), "`" + *written + "` lies outside the study's folder",
            "put the file into the folder, under data/, and write its path from there");
      return {};
    }
    return *written;
  }

  // What can only be said when all entries are read.
  void finish() {
    if (!study_.places.contains("study"))
      fault(study_.place, "study.yaml has no `study`",
            "give the study a short name: `study: genai-2023`");
    if (study_.title.empty() && !title_told_)
      fault(study_.place_of("title"), "the study has no title",
            "write `title: …`; it stands on the report's cover");
    if (study_.languages.empty()) {
      study_.languages.push_back(study_.language);
      return;
    }
    if (!language_given_) {
      study_.language = study_.languages.front();
    } else if (study_.languages.front() != study_.language) {
      fault(study_.places["languages." + study_.languages.front()],
            "`languages` begins with `" + study_.languages.front() +
                "`, and the files are written in `" + study_.language + "`",
            "list the original first");
      const auto rest =
          std::remove(study_.languages.begin(), study_.languages.end(), study_.language);
      study_.languages.erase(rest, study_.languages.end());
      study_.languages.insert(study_.languages.begin(), study_.language);
    }
  }

  YamlFile& file_;
  Study& study_;
  bool language_given_ = false;
  bool title_told_ = false;  // the title is no text, which has been told
};

}  // namespace

Study load_study(const std::string& text, const std::string& file, Diagnostics& faults) {
  Study result;
  YamlFile yaml(text, file, faults);
  Reader(yaml, result).run();
  if (result.languages.empty())
    result.languages.push_back(result.language);
  return result;
}

}  // namespace topline
