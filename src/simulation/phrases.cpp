#include "simulation/phrases.hpp"

#include <algorithm>

namespace topline {

namespace {

using Texts = std::map<std::string, std::vector<std::string>>;

const Texts& open_answers() {
  static const Texts texts = {
      {"en",
       {"More examples from practice would help.", "Nothing to add.", "It depends on the project.",
        "We are only beginning.", "Clear rules, please.",
        "More training for everybody who works with it.", "Thank you for asking."}},
      {"ja",
       {"実例がもっとほしい。", "特にありません。", "案件によります。", "まだ始めたばかりです。",
        "わかりやすい規則を望みます。"}},
  };
  return texts;
}

const Texts& other_answers() {
  static const Texts texts = {
      {"en", {"a mixture of these", "something else", "varies", "see above"}},
      {"ja", {"複数に該当", "その他", "場合による"}},
  };
  return texts;
}

const std::vector<std::string>& in_language(const Texts& texts, const std::string& language) {
  const auto found = texts.find(language);
  return found != texts.end() ? found->second : texts.at("en");
}

}  // namespace

const std::vector<std::string>& Phrases::of(VariableId variable,
                                            const std::string& language) const {
  const auto given = targets_.phrases.find(variable);
  if (given != targets_.phrases.end()) {
    for (const std::string& key : {language, std::string(), study_.study.language}) {
      const auto list = given->second.find(key);
      if (list != given->second.end() && !list->second.empty())
        return list->second;
    }
  }
  const bool specify = study_.codebook()[variable].role == VariableRole::specify;
  return in_language(specify ? other_answers() : open_answers(), language);
}

const std::string& Phrases::pick(VariableId variable, const std::string& language,
                                 Random& random) const {
  const std::vector<std::string>& list = of(variable, language);
  return list[random.below(list.size())];
}

std::vector<std::string> Phrases::all(VariableId variable) const {
  std::vector<std::string> texts;
  std::vector<std::string> languages = study_.study.languages;
  languages.push_back(study_.study.language);
  for (const std::string& language : languages) {
    for (const std::string& text : of(variable, language)) {
      if (std::find(texts.begin(), texts.end(), text) == texts.end())
        texts.push_back(text);
    }
  }
  return texts;
}

}  // namespace topline
