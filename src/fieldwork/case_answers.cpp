#include "fieldwork/case_answers.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/date.hpp"
#include "instrument/answer_reason.hpp"

namespace topline {

namespace {

using Json = nlohmann::ordered_json;

std::string code(const Variable& variable, size_t option) {
  return std::to_string((*variable.options)[option].code);
}

std::string reason_code(const Variable& variable, AnswerState state) {
  const int option = find_reason(*variable.options, state);
  return option < 0 ? std::string() : code(variable, static_cast<size_t>(option));
}

Json marks_json(const Variable& variable, const GivenAnswer& answer) {
  std::vector<std::pair<int, std::string>> marked;
  for (size_t i = 0; i < answer.marks.size(); ++i) {
    if (answer.marks[i] != 0)
      marked.emplace_back(variable.kind == VariableKind::ranking ? answer.marks[i] : 0,
                          code(variable, i));
  }
  std::stable_sort(marked.begin(), marked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  Json list = Json::array();
  for (const auto& [rank, option] : marked)
    list.push_back(option);
  return list;
}

std::optional<GivenAnswer> read_option(const Variable& variable, const std::string& stored) {
  GivenAnswer answer;
  answer.state = AnswerState::answered;
  answer.option = variable.find_option(stored);
  if (answer.option < 0)
    return std::nullopt;
  if (variable.kind == VariableKind::single || variable.kind == VariableKind::flag)
    return answer;
  const Option& option = (*variable.options)[static_cast<size_t>(answer.option)];
  answer.option = -1;
  answer.state = reason_state(option.missing);
  return answer;
}

std::optional<GivenAnswer> read_marks(const Variable& variable, const nlohmann::json& stored) {
  GivenAnswer answer;
  answer.state = AnswerState::answered;
  answer.marks.assign(variable.options->size(), 0);
  uint8_t rank = 0;
  for (const nlohmann::json& item : stored) {
    const int option = item.is_string() ? variable.find_option(item.get<std::string>()) : -1;
    if (option < 0)
      return std::nullopt;
    ++rank;
    answer.marks[static_cast<size_t>(option)] =
        variable.kind == VariableKind::ranking ? rank : uint8_t{1};
  }
  return answer;
}

}  // namespace

Answer CaseAnswers::view(VariableId id) const {
  const GivenAnswer& given = given_[id.index()];
  Answer answer;
  answer.state = given.state;
  answer.option = given.option;
  answer.marks = Marks(given.marks.data(), static_cast<int>(given.marks.size()));
  answer.number = given.number;
  answer.text = given.text;
  return answer;
}

Json answer_json(const Variable& variable, const GivenAnswer& answer) {
  if (answer.state == AnswerState::dont_know || answer.state == AnswerState::refused)
    return reason_code(variable, answer.state);
  if (answer.state != AnswerState::answered)
    return nullptr;
  switch (variable.kind) {
    case VariableKind::single:
    case VariableKind::flag:
      return code(variable, static_cast<size_t>(answer.option));
    case VariableKind::multiple:
    case VariableKind::ranking:
      return marks_json(variable, answer);
    case VariableKind::number:
      return answer.number;
    case VariableKind::date:
      return format_date(static_cast<int>(answer.number));
    case VariableKind::text:
      return Json{{"text", answer.text}};
  }
  return nullptr;
}

std::optional<GivenAnswer> read_answer_json(const Variable& variable,
                                            const nlohmann::json& stored) {
  GivenAnswer answer;
  if (stored.is_null())
    return answer;
  answer.state = AnswerState::answered;
  if (stored.is_string()) {
    const auto& text = stored.get_ref<const std::string&>();
    if (variable.kind == VariableKind::date) {
      if (const std::optional<int> days = parse_date(text)) {
        answer.number = *days;
        return answer;
      }
    }
    return variable.kind == VariableKind::multiple || variable.kind == VariableKind::ranking
               ? std::nullopt
               : read_option(variable, text);
  }
  if (stored.is_array() &&
      (variable.kind == VariableKind::multiple || variable.kind == VariableKind::ranking))
    return read_marks(variable, stored);
  if (stored.is_number() && variable.kind == VariableKind::number) {
    answer.number = stored.get<double>();
    return answer;
  }
  if (variable.kind == VariableKind::text && stored.is_object() && stored.contains("text") &&
      stored["text"].is_string()) {
    answer.text = stored["text"].get<std::string>();
    return answer;
  }
  return std::nullopt;
}

}  // namespace topline
