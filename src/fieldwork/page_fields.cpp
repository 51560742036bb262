#include "fieldwork/page_fields.hpp"

#include <algorithm>
#include <charconv>

#include "base/date.hpp"
#include "instrument/answer_reason.hpp"
#include "instrument/evaluate.hpp"
#include "text/utf8.hpp"
#include "text/written_number.hpp"

namespace topline {

namespace {

std::string_view trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

size_t characters(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size(); at = read_code_point(text, at).next)
    ++count;
  return count;
}

GivenAnswer nothing() {
  return {};
}

// Reads the fields of one page, question by question.
class Reader {
 public:
  Reader(const Questionnaire& questionnaire, PageId page, const FormFields& fields,
         bool decimal_comma, CaseAnswers& answers, PageReading& reading)
      : questionnaire_(questionnaire),
        codebook_(questionnaire.codebook),
        page_(questionnaire.pages[page.index()]),
        fields_(fields),
        decimal_comma_(decimal_comma),
        answers_(answers),
        reading_(reading) {
    const std::vector<std::string_view> shown = fields.every("shown");
    for (QuestionId id : page_.questions) {
      if (std::find(shown.begin(), shown.end(), questionnaire[id].name) != shown.end())
        shown_.push_back(id);
    }
  }

  void read_all() {
    for (QuestionId id : shown_)
      read(id);
  }

  // What can only be said when the routing is known.
  void check(const Route& route, const CaseView& view, bool insist) {
    std::erase_if(reading_.faults, [&](const FieldFault& fault) {
      return !is_asked(fault.question, fault.variable, route);
    });
    for (QuestionId id : page_.questions) {
      if (std::find(route.order.begin(), route.order.end(), id) == route.order.end())
        continue;
      if (std::find(shown_.begin(), shown_.end(), id) == shown_.end()) {
        reading_.appeared.push_back(id);
        continue;
      }
      for (VariableId variable : questionnaire_[id].variables) {
        if (route.asked[variable.index()] != 0 && !has_fault(id, variable))
          check(id, variable, view, insist);
      }
    }
  }

 private:
  [[nodiscard]] bool is_asked(QuestionId id, VariableId variable, const Route& route) const {
    return variable.valid()
               ? route.asked[variable.index()] != 0
               : std::find(route.order.begin(), route.order.end(), id) != route.order.end();
  }

  [[nodiscard]] bool has_fault(QuestionId id, VariableId variable) const {
    return std::any_of(reading_.faults.begin(), reading_.faults.end(), [&](const FieldFault& f) {
      return f.question == id && (!f.variable.valid() || f.variable == variable);
    });
  }

  void fault(QuestionId id, VariableId variable, FieldFaultKind kind, double limit = 0,
             int option = -1) {
    reading_.faults.push_back(
        {id, questionnaire_[id].is_grid() ? variable : VariableId(), kind, limit, option});
  }

  void take(VariableId variable, GivenAnswer answer) {
    answers_.set(variable, std::move(answer));
    reading_.read.push_back(variable);
  }

  void read(QuestionId id) {
    const Question& question = questionnaire_[id];
    for (VariableId variable : question.variables) {
      switch (codebook_[variable].kind) {
        case VariableKind::single:
        case VariableKind::flag:
          read_single(id, variable);
          break;
        case VariableKind::multiple:
          read_multiple(id, variable);
          break;
        case VariableKind::ranking:
          read_ranking(id, variable);
          break;
        case VariableKind::number:
        case VariableKind::date:
        case VariableKind::text:
          read_written(id, variable);
          break;
      }
    }
    for (const Option& option : *question.options) {
      if (option.specify)
        read_specify(id, option);
    }
  }

  // The option of that code; -1, and a told fault, when there is none.
  int option_of(QuestionId id, VariableId variable, std::string_view code) {
    const OptionList& options = *codebook_[variable].options;
    for (size_t i = 0; i < options.size(); ++i) {
      if (std::to_string(options[i].code) == code)
        return static_cast<int>(i);
    }
    fault(id, variable, FieldFaultKind::no_such_option);
    return -1;
  }

  void read_single(QuestionId id, VariableId variable) {
    const std::vector<std::string_view> values = fields_.every(codebook_[variable].name);
    if (values.size() > 1)
      return fault(id, variable, FieldFaultKind::several);
    if (values.empty() || values.front().empty())
      return take(variable, nothing());
    GivenAnswer answer;
    answer.state = AnswerState::answered;
    answer.option = option_of(id, variable, values.front());
    if (answer.option >= 0)
      take(variable, std::move(answer));
  }

  void read_multiple(QuestionId id, VariableId variable) {
    const OptionList& options = *codebook_[variable].options;
    GivenAnswer answer;
    answer.marks.assign(options.size(), 0);
    int ticks = 0, alone = -1;
    for (const std::string_view code : fields_.every(codebook_[variable].name)) {
      const int option = option_of(id, variable, code);
      if (option < 0)
        return;
      uint8_t& mark = answer.marks[static_cast<size_t>(option)];
      ticks += mark == 0 ? 1 : 0;
      mark = 1;
      if (options[static_cast<size_t>(option)].exclusive)
        alone = option;
    }
    if (alone >= 0 && ticks > 1)
      return fault(id, variable, FieldFaultKind::exclusive, 0, alone);
    if (ticks == 0)
      return take(variable, nothing());
    answer.state = AnswerState::answered;
    take(variable, std::move(answer));
  }

  // One field for each option, which holds its rank.
  void read_ranking(QuestionId id, VariableId variable) {
    const OptionList& options = *codebook_[variable].options;
    GivenAnswer answer;
    answer.marks.assign(options.size(), 0);
    std::vector<uint8_t> taken(options.size() + 1, 0);
    size_t ranked = 0;
    for (size_t i = 0; i < options.size(); ++i) {
      const std::string_view value =
          trimmed(fields_.first(codebook_[variable].name + "." + options[i].name));
      if (value.empty())
        continue;
      size_t rank = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), rank);
      if (error != std::errc() || end != value.data() + value.size() || rank < 1 ||
          rank > options.size())
        return fault(id, variable, FieldFaultKind::no_such_option);
      if (taken[rank] != 0)
        return fault(id, variable, FieldFaultKind::same_rank, static_cast<double>(rank));
      taken[rank] = 1;
      answer.marks[i] = static_cast<uint8_t>(rank);
      ++ranked;
    }
    for (size_t rank = 1; rank <= ranked; ++rank) {
      if (taken[rank] == 0)
        return fault(id, variable, FieldFaultKind::rank_missing, static_cast<double>(rank));
    }
    if (ranked == 0)
      return take(variable, nothing());
    answer.state = AnswerState::answered;
    take(variable, std::move(answer));
  }

  // A number, a date or a text, or the option that says that there is none.
  void read_written(QuestionId id, VariableId variable) {
    const Variable& of = codebook_[variable];
    const std::string_view raw = fields_.first(of.name);
    const std::string_view written = trimmed(raw);
    const std::string_view reason = fields_.first(reason_field(of));
    if (!reason.empty() && !written.empty())
      return fault(id, variable, FieldFaultKind::two_answers);
    if (!reason.empty()) {
      const int option = option_of(id, variable, reason);
      if (option < 0)
        return;
      GivenAnswer answer;
      answer.state = reason_state((*of.options)[static_cast<size_t>(option)].missing);
      return take(variable, std::move(answer));
    }
    if (written.empty())
      return take(variable, nothing());
    GivenAnswer answer;
    answer.state = AnswerState::answered;
    if (of.kind == VariableKind::text) {
      if (characters(written) > longest_text)
        return fault(id, variable, FieldFaultKind::too_long, longest_text);
      answer.text = written;
      return take(variable, std::move(answer));
    }
    if (of.kind == VariableKind::date ? read_date(id, variable, written, answer)
                                      : read_number(id, variable, written, answer))
      take(variable, std::move(answer));
  }

  bool read_date(QuestionId id, VariableId variable, std::string_view written,
                 GivenAnswer& answer) {
    const std::optional<int> days = parse_date(written);
    if (!days)
      return fault(id, variable, FieldFaultKind::no_date), false;
    answer.number = *days;
    return in_range(id, variable, answer.number);
  }

  bool read_number(QuestionId id, VariableId variable, std::string_view written,
                   GivenAnswer& answer) {
    const std::optional<WrittenNumber> number = read_written_number(written, decimal_comma_);
    if (!number)
      return fault(id, variable, FieldFaultKind::no_number), false;
    const int decimals = questionnaire_[id].decimals;
    if (number->decimals > decimals)
      return fault(id, variable, FieldFaultKind::too_many_decimals, decimals), false;
    answer.number = number->value;
    return in_range(id, variable, answer.number);
  }

  bool in_range(QuestionId id, VariableId variable, double number) {
    const Question& question = questionnaire_[id];
    if (question.minimum && number < *question.minimum)
      return fault(id, variable, FieldFaultKind::too_small, *question.minimum), false;
    if (question.maximum && number > *question.maximum)
      return fault(id, variable, FieldFaultKind::too_large, *question.maximum), false;
    return true;
  }

  // A text behind an option chooses it, where nothing else was chosen that rules it out.
  void read_specify(QuestionId id, const Option& option) {
    const Question& question = questionnaire_[id];
    const VariableId text = codebook_.find(specify_name(question.name, option));
    if (!text.valid() || question.is_grid())
      return;
    const std::string_view written = trimmed(fields_.first(codebook_[text].name));
    if (characters(written) > longest_text)
      return fault(id, {}, FieldFaultKind::too_long, longest_text);
    GivenAnswer answer;
    if (!written.empty()) {
      answer.state = AnswerState::answered;
      answer.text = written;
      choose(id, codebook_[text].behind);
    }
    take(text, std::move(answer));
  }

  void choose(QuestionId id, int option) {
    const VariableId variable = questionnaire_[id].variables.front();
    if (option < 0 || has_fault(id, variable))
      return;
    const Variable& of = codebook_[variable];
    GivenAnswer answer = answers_[variable];
    if (of.kind == VariableKind::single && answer.state == AnswerState::skipped) {
      answer.state = AnswerState::answered;
      answer.option = option;
    } else if (of.kind == VariableKind::multiple && !has_exclusive(of, answer)) {
      answer.state = AnswerState::answered;
      answer.marks.resize(of.options->size(), 0);
      answer.marks[static_cast<size_t>(option)] = 1;
    } else {
      return;
    }
    answers_.set(variable, std::move(answer));
  }

  static bool has_exclusive(const Variable& variable, const GivenAnswer& answer) {
    for (size_t i = 0; i < answer.marks.size(); ++i) {
      if (answer.marks[i] != 0 && (*variable.options)[i].exclusive)
        return true;
    }
    return false;
  }

  void check(QuestionId id, VariableId variable, const CaseView& view, bool insist) {
    const Question& question = questionnaire_[id];
    const GivenAnswer& given = answers_[variable];
    if (!gives_answer(given.state)) {
      if (insist && question.required)
        fault(id, variable, FieldFaultKind::unanswered);
      return;
    }
    check_offered(id, variable, view);
    const bool counts = question.kind == QuestionKind::multiple ||
                        question.kind == QuestionKind::ranking ||
                        question.kind == QuestionKind::multiple_grid;
    if (!counts || has_exclusive(codebook_[variable], given))
      return;
    const auto chosen = static_cast<int>(std::count_if(given.marks.begin(), given.marks.end(),
                                                       [](uint8_t mark) { return mark != 0; }));
    if (question.at_least && chosen < *question.at_least)
      fault(id, variable, FieldFaultKind::too_few, *question.at_least);
    if (question.at_most && chosen > *question.at_most)
      fault(id, variable, FieldFaultKind::too_many, *question.at_most);
  }

  void check_offered(QuestionId id, VariableId variable, const CaseView& view) {
    const OptionList& options = *codebook_[variable].options;
    const GivenAnswer& given = answers_[variable];
    for (size_t i = 0; i < options.size(); ++i) {
      const bool chosen =
          given.option == static_cast<int>(i) || (i < given.marks.size() && given.marks[i] != 0);
      if (chosen && !holds(options[i].show_if, codebook_, view))
        fault(id, variable, FieldFaultKind::no_such_option, 0, static_cast<int>(i));
    }
  }

  const Questionnaire& questionnaire_;
  const Codebook& codebook_;
  const Page& page_;
  const FormFields& fields_;
  const bool decimal_comma_;
  CaseAnswers& answers_;
  PageReading& reading_;
  std::vector<QuestionId> shown_;
};

}  // namespace

std::string_view FormFields::first(std::string_view name) const {
  for (const auto& [field, value] : all_) {
    if (field == name)
      return value;
  }
  return {};
}

std::vector<std::string_view> FormFields::every(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [field, value] : all_) {
    if (field == name)
      values.emplace_back(value);
  }
  return values;
}

bool FormFields::has(std::string_view name) const {
  return std::any_of(all_.begin(), all_.end(),
                     [&](const auto& field) { return field.first == name; });
}

std::string reason_field(const Variable& variable) {
  return variable.name + ".code";
}

PageReading read_page(const Questionnaire& questionnaire, PageId page, const FormFields& fields,
                      bool decimal_comma, bool insist, const std::vector<uint8_t>& sent,
                      CaseAnswers& answers) {
  PageReading reading;
  Reader reader(questionnaire, page, fields, decimal_comma, answers, reading);
  reader.read_all();
  Route route;
  const InterviewView view(questionnaire.codebook, answers, sent, route);
  walk(questionnaire, view, route);
  reader.check(route, view, insist);
  return reading;
}

}  // namespace topline
