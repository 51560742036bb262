#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "study/check_parts.hpp"
#include "study/piping.hpp"
#include "study/translations.hpp"

namespace topline {

namespace {

namespace fs = std::filesystem;

// So many missing translations are told one by one; a file that was only begun tells the number.
constexpr size_t most_told = 20;

// Names of people and bodies may stay as they are written.
bool may_stay(const std::string& context) {
  return context == "study.publisher" || context.starts_with("study.sponsors.") ||
         context.starts_with("study.authors.");
}

std::string cut(const std::string& text) {
  constexpr size_t most = 60;
  if (text.size() <= most)
    return text;
  size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;
  return text.substr(0, end) + "…";
}

class Checker {
 public:
  Checker(const OpenStudy& study, std::string language, bool complete, Diagnostics& faults)
      : study_(study),
        language_(std::move(language)),
        complete_(complete),
        file_(translation_file(language_)),
        faults_(faults) {}

  void run() {
    const std::optional<std::string> text = translation_text(study_, language_, faults_);
    if (!text) {
      std::error_code ignored;
      if (!fs::exists(study_.path(file_), ignored))
        faults_.warning(study_.study.place_of("languages." + language_),
                        "there is no " + file_ + ", so that nothing is translated",
                        "`topline translate` writes one to be filled in");
      return;
    }
    Diagnostics broken;
    translations_ = parse_po(*text, file_, broken);
    const bool readable = !broken.has_errors();
    faults_.append(std::move(broken));
    if (!readable)
      return;  // what stands behind a fault may be missing only because of it
    header();
    collect();
    missing();
    for (const PoEntry& entry : translations_.entries)
      one(entry);
  }

 private:
  struct Text {
    std::string original;
    Place place;
  };

  void header() {
    const std::string_view declared = translations_.header_field("Language");
    if (!declared.empty() && declared != language_)
      faults_.warning({file_, 1, 0, 0},
                      "this file says that it holds `" + std::string(declared) +
                          "`, and its name `" + language_ + "`",
                      "put `Language: " + language_ + "` into its header, or rename it");
  }

  void collect() {
    OpenStudy copy = study_;
    visit_texts(copy, [&](const std::string& context, std::string& text, const Place& place) {
      texts_.emplace(context, Text{text, place});
      order_.push_back(context);
    });
  }

  // Texts without an entry, and entries without a translation.
  void missing() {
    std::map<std::string, const PoEntry*> entries;
    for (const PoEntry& entry : translations_.entries)
      entries.emplace(entry.context, &entry);
    std::vector<std::pair<std::string, Place>> untranslated;
    std::set<std::string> seen;
    for (const std::string& context : order_) {
      if (may_stay(context) || !seen.insert(context).second)
        continue;
      const auto found = entries.find(context);
      if (found == entries.end())
        untranslated.push_back({context, {file_, 0, 0, 0}});
      else if (found->second->text.empty())
        untranslated.push_back({context, {file_, found->second->text_line, 0, 0}});
    }
    for (size_t i = 0; i < std::min(untranslated.size(), most_told); ++i)
      faults_.warning(untranslated[i].second, untranslated[i].first + " is not translated", "");
    if (untranslated.size() > most_told)
      faults_.warning(
          {file_, 0, 0, 0},
          std::to_string(untranslated.size() - most_told) + " further texts are not translated",
          "`topline translate` adds those that the file does not have");
  }

  void one(const PoEntry& entry) {
    const auto [first, last] = texts_.equal_range(entry.context);
    if (first == last) {
      if (complete_)
        unused(entry);
      return;
    }
    const auto same = std::find_if(
        first, last, [&](const auto& text) { return text.second.original == entry.id; });
    if (same == last) {
      faults_.warning({file_, entry.line, 0, 0},
                      "the translation of " + entry.context + " is stale: its original was `" +
                          cut(entry.id) + "`",
                      "it reads now `" + cut(first->second.original) +
                          "`; look at the translation and put this into msgid");
      return;
    }
    if (entry.fuzzy && !entry.text.empty())
      faults_.warning({file_, entry.text_line, 0, 0},
                      entry.context + " is marked fuzzy, and so is not used",
                      "look at it and remove `fuzzy`");
    if (!entry.text.empty())
      placeholders(entry);
  }

  void unused(const PoEntry& entry) {
    std::vector<std::string> contexts;
    for (const auto& [context, text] : texts_)
      contexts.push_back(context);
    const std::string near = did_you_mean(entry.context, contexts);
    faults_.warning({file_, entry.line, 0, 0},
                    entry.has_context ? "the study has no text `" + entry.context + "`"
                                      : "this entry has no msgctxt, and so belongs to no text",
                    near.empty() ? "remove the entry" : near);
  }

  void placeholders(const PoEntry& entry) {
    const Pipes translated = find_pipes(entry.text);
    const Place place{file_, entry.text_line, 0, 0};
    if (translated.lonely_brace)
      faults_.error(place,
                    std::string("a `") + entry.text[*translated.lonely_brace] +
                        "` stands alone in the translation of " + entry.context,
                    "write it twice for a brace that people read");
    const std::vector<std::string> original = find_pipes(entry.id).pipes;
    for (const std::string& name : original) {
      if (std::find(translated.pipes.begin(), translated.pipes.end(), name) ==
          translated.pipes.end())
        faults_.error(place, "{" + name + "} is missing in the translation of " + entry.context,
                      "put it where the answer to " + name + " shall stand");
    }
    for (const std::string& name : translated.pipes) {
      if (std::find(original.begin(), original.end(), name) == original.end())
        faults_.error(place,
                      "{" + name + "} stands in the translation of " + entry.context +
                          ", and not in its original",
                      did_you_mean(name, original));
    }
  }

  const OpenStudy& study_;
  const std::string language_;
  const bool complete_;
  const std::string file_;
  Diagnostics& faults_;
  PoFile translations_;
  std::multimap<std::string, Text> texts_;
  std::vector<std::string> order_;  // contexts, as the study has them
};

// Files of languages that study.yaml does not list, such as locale/fr.po.
void superfluous(const OpenStudy& study, const std::string& folder, const std::string& ending,
                 Diagnostics& faults) {
  std::error_code ignored;
  std::vector<std::string> names;
  for (auto it = fs::directory_iterator(study.path(folder), ignored);
       it != fs::directory_iterator(); it.increment(ignored))
    names.push_back(it->path().filename().string());
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    if (!name.ends_with(ending))
      continue;
    const std::string language = name.substr(0, name.size() - ending.size());
    const std::vector<std::string>& listed = study.study.languages;
    if (std::find(listed.begin(), listed.end(), language) == listed.end())
      faults.warning({folder + "/" + name, 0, 0, 0},
                     "study.yaml does not list the language `" + language + "`",
                     "add it to `languages`, or remove the file");
    else if (ending == ".po" && language == study.study.language)
      faults.warning({folder + "/" + name, 0, 0, 0},
                     "this is never used: `" + language + "` is the original", "remove the file");
  }
}

void check_reports(const OpenStudy& study, Diagnostics& faults) {
  if (study.report_texts.empty())
    return;
  for (const std::string& language : study.study.languages) {
    if (!study.report_texts.contains(language))
      faults.warning(study.study.place_of("languages." + language),
                     "there is no report/" + language + ".md, and report/" +
                         study.report_texts.begin()->first + ".md there is",
                     "each edition of the report has its own text");
  }
}

}  // namespace

void check_translations(const OpenStudy& study, bool complete, Diagnostics& faults) {
  for (const std::string& language : study.study.languages) {
    if (language != study.study.language)
      Checker(study, language, complete, faults).run();
  }
  superfluous(study, "locale", ".po", faults);
  superfluous(study, "report", ".md", faults);
  check_reports(study, faults);
}

}  // namespace topline
