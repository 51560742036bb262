#include "simulation/appeal.hpp"

#include <algorithm>
#include <map>

namespace topline {

namespace {

constexpr int64_t rare = 25;  // of a thousand: don't know and its like, none of these

bool is_aside(const Option& option) {
  return option.missing != MissingReason::none || option.exclusive;
}

}  // namespace

Appeal::Appeal(const OpenStudy& study, const Targets& targets, Random random) {
  const Codebook& codebook = study.questionnaire.codebook;
  weights_.resize(codebook.size());
  // Rows of a grid, and questions with one scale, lean alike, each in its own measure.
  std::map<const OptionList*, size_t> first_with;
  for (size_t i = 0; i < codebook.size(); ++i) {
    const Variable& variable = codebook.variables()[i];
    if (!variable.has_options())
      continue;
    const auto [known, is_new] = first_with.emplace(variable.options.get(), i);
    if (is_new) {
      invent(variable, weights_[i], random);
      continue;
    }
    weights_[i] = weights_[known->second];
    for (int64_t& weight : weights_[i])
      weight = std::max<int64_t>(1, weight * random.between(80, 120) / 100);
  }
  // The language of the study is the one that most answer in.
  const VariableId language = codebook.find("language");
  if (language.valid() && codebook[language].role == VariableRole::hidden) {
    const int main = codebook[language].find_option(study.study.language);
    if (main >= 0)
      weights_[language.index()][static_cast<size_t>(main)] = 5000;
  }
  learn(targets, codebook);
}

void Appeal::invent(const Variable& variable, std::vector<int64_t>& weights, Random& random) {
  const OptionList& options = *variable.options;
  weights.resize(options.size());
  for (size_t i = 0; i < options.size(); ++i) {
    if (is_aside(options[i]))
      weights[i] = rare;
    else if (variable.kind == VariableKind::multiple)
      weights[i] = random.between(120, 550);
    else
      weights[i] = 0;
    if (options[i].specify)
      weights[i] = rare;
  }
  if (variable.kind == VariableKind::multiple)
    return;
  // A favourite anywhere in the list, and less the further away: as scales are answered.
  std::vector<size_t> opinions;
  for (size_t i = 0; i < options.size(); ++i) {
    if (weights[i] == 0)
      opinions.push_back(i);
  }
  if (opinions.empty())
    return;
  const size_t favourite = random.below(opinions.size());
  int64_t total = 0;
  for (size_t i = 0; i < opinions.size(); ++i) {
    const auto distance = static_cast<int64_t>(i > favourite ? i - favourite : favourite - i);
    weights[opinions[i]] = 1000 / (1 + distance) * random.between(70, 130) / 100 + 1;
    total += weights[opinions[i]];
  }
  for (size_t i : opinions)
    weights[i] = std::max<int64_t>(1, weights[i] * 1000 / total);
}

// share(Q17 == open) and share(Q12.testing), on their whole base. The options of a single question
// of which nothing is known share what the others leave.
void Appeal::learn(const Targets& targets, const Codebook& codebook) {
  std::map<VariableId, std::vector<uint8_t>> learnt;
  for (const Target& target : targets.all) {
    const Node& node = target.condition.root();
    if (target.kind != TargetKind::share || target.where || !node.variable.valid() ||
        node.variable.index() >= codebook.size())
      continue;
    int64_t scaled = target.value * 10;  // per mille
    for (int i = 0; i < target.decimals; ++i)
      scaled /= 10;
    scaled = std::clamp<int64_t>(scaled, 1, 990);
    std::vector<int64_t>& weights = weights_[node.variable.index()];
    if (node.op == Op::option_ticked) {
      weights[static_cast<size_t>(node.option)] = scaled;
    } else if (node.op == Op::option_is && node.options.size() == 1) {
      const auto option = static_cast<size_t>(node.options[0]);
      weights[option] = scaled;
      std::vector<uint8_t>& known = learnt[node.variable];
      known.resize(weights.size(), 0);
      known[option] = 1;
    }
  }
  for (const auto& [variable, known] : learnt) {
    std::vector<int64_t>& weights = weights_[variable.index()];
    int64_t settled = 0, open = 0;
    for (size_t i = 0; i < weights.size(); ++i)
      (known[i] != 0 ? settled : open) += weights[i];
    const int64_t left = std::max<int64_t>(5, 1000 - settled);
    for (size_t i = 0; i < weights.size(); ++i) {
      if (known[i] == 0)
        weights[i] = std::max<int64_t>(1, weights[i] * left / open);
    }
  }
}

}  // namespace topline
