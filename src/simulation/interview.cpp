#include "simulation/interview.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "instrument/evaluate.hpp"

namespace topline {

namespace {

constexpr int most_tries = 60;
constexpr int64_t range = 1000;

std::string to_digits(uint64_t number, size_t places) {
  std::string digits = std::to_string(number);
  return digits.size() < places ? std::string(places - digits.size(), '0') + digits : digits;
}

bool is_number(const Variable& variable) {
  return variable.kind == VariableKind::number || variable.kind == VariableKind::date;
}

}  // namespace

struct Interview::Person {
  std::string language;
  std::vector<int64_t> leanings;  // by scale, 0 … range: where answers tend to lie
  int64_t seconds_each = 0;       // that a question takes
  int64_t questions = 0;          // answered so far
};

bool is_time(const Variable& variable, double* per_second) {
  static constexpr std::array<std::pair<std::string_view, double>, 6> units = {
      {{"s", 1},
       {"sec", 1},
       {"seconds", 1},
       {"min", 1.0 / 60},
       {"minutes", 1.0 / 60},
       {"ms", 1000}}};
  if (variable.kind != VariableKind::number)
    return false;
  for (const auto& [unit, factor] : units) {
    if (variable.unit != unit && variable.name != unit)
      continue;
    if (per_second != nullptr)
      *per_second = factor;
    return true;
  }
  if (per_second != nullptr)
    *per_second = 1;
  return variable.name == "duration" || variable.name == "time";
}

Interview::Interview(const OpenStudy& study, const Appeal& appeal, const Phrases& phrases,
                     const std::vector<uint8_t>& settled)
    : study_(study),
      codebook_(study.questionnaire.codebook),
      appeal_(appeal),
      phrases_(phrases),
      settled_(settled) {
  for (const Variable& variable : codebook_.variables())
    scales_.emplace(variable.options.get(), scales_.size());
}

bool Interview::respond(Dataset& raw, size_t row, const Errand& errand, Random& random) {
  const Questionnaire& questionnaire = study_.questionnaire;
  Person person;
  for (size_t i = 0; i < scales_.size(); ++i)
    person.leanings.push_back(random.between(0, range));
  // Some are twice as fast as others, nobody is implausibly fast.
  person.seconds_each = 6 + random.between(0, 4) + random.between(0, 4) + random.between(0, 4);
  hidden(raw, row, errand, person, random);
  DatasetCase from(raw, row);
  const auto pages = static_cast<int>(questionnaire.pages.size());
  bool screened_out = false;
  for (int page = 0; page < pages && page <= errand.leaves_after && !screened_out; ++page) {
    const Page& of = questionnaire.pages[static_cast<size_t>(page)];
    if (!holds(of.show_if, codebook_, from))
      continue;
    raw.last_page[row] = page;
    for (QuestionId id : of.questions)
      screened_out = ask(raw, row, id, errand, person, random) || screened_out;
  }
  if (!screened_out)
    answer_at_last(raw, row, errand.leaves_after, person, random);
  if (screened_out) {
    const VariableId finished = codebook_.find("finished");
    if (finished.valid() && is_number(codebook_[finished]) && settled_[finished.index()] == 0)
      raw.set_number(finished, row, 0);
  }
  times(raw, row, person);
  return screened_out == errand.screened_out_by.valid() || errand.may_be_screened_out;
}

// How far somebody got shows in a file by the last answer: whoever leaves after a page gives one
// on it, even where nothing there is required; and so does whoever stays, on the last page that
// the routing leads to, unless a hidden `finished` tells of the end.
void Interview::answer_at_last(Dataset& raw, size_t row, int leaves_after, Person& person,
                               Random& random) {
  const auto pages = static_cast<int>(study_.questionnaire.pages.size());
  if (leaves_after < 0 || (leaves_after >= pages && codebook_.find("finished").valid()))
    return;
  const DatasetCase from(raw, row);
  Route route;
  walk(study_.questionnaire, from, route);
  if (route.order.empty())
    return;
  const size_t page = leaves_after < pages ? static_cast<size_t>(leaves_after)
                                           : study_.questionnaire[route.order.back()].page.index();
  VariableId open;
  for (QuestionId question : study_.questionnaire.pages[page].questions) {
    for (VariableId id : study_.questionnaire[question].variables) {
      if (raw.answer(id, row).answered())
        return;
      if (route.asked[id.index()] != 0 && settled_[id.index()] == 0)
        open = id;
    }
  }
  for (int attempt = 0; open.valid() && attempt < most_tries; ++attempt) {
    if (raw.answer(open, row).answered())
      return;
    answer(raw, row, open, person, random);
  }
}

// What comes with the link and from the server.
void Interview::hidden(Dataset& raw, size_t row, const Errand& errand, Person& person,
                       Random& random) {
  person.language = study_.study.language;
  for (size_t i = 0; i < codebook_.size(); ++i) {
    const Variable& variable = codebook_.variables()[i];
    const VariableId id(i);
    if (variable.role != VariableRole::hidden || variable.kind == VariableKind::text)
      continue;
    if (settled_[i] == 0) {
      if (variable.name == "finished" && is_number(variable))
        raw.set_number(id, row,
                       errand.leaves_after >= static_cast<int>(study_.questionnaire.pages.size()));
      else if (variable.kind == VariableKind::number && !is_time(variable))
        raw.set_number(id, row, 0);
      else
        answer(raw, row, id, person, random);
    }
    if (variable.name == "language" && variable.kind == VariableKind::single &&
        raw.answer(id, row).answered())
      person.language = (*variable.options)[static_cast<size_t>(raw.answer(id, row).option)].name;
  }
  identify(raw, row, random);
}

void Interview::identify(Dataset& raw, size_t row, Random& random) {
  for (size_t i = 0; i < codebook_.size(); ++i) {
    const Variable& variable = codebook_.variables()[i];
    if (variable.role == VariableRole::hidden && variable.kind == VariableKind::text &&
        settled_[i] == 0)
      hidden_text(raw, row, VariableId(i), random);
  }
}

// An identifier. One named after the option of a hidden question (panel_id, and a source that
// may be `panel`) comes only with that option.
void Interview::hidden_text(Dataset& raw, size_t row, VariableId id, Random& random) {
  raw.set_state(id, row, AnswerState::skipped);
  const std::string& name = codebook_[id].name;
  // One after the other: in one expression, the order would be the compiler's.
  std::string identifier(1, static_cast<char>('A' + random.below(26)));
  identifier += to_digits(random.below(1'000'000), 6);
  for (size_t i = 0; i < codebook_.size(); ++i) {
    const Variable& other = codebook_.variables()[i];
    if (other.role != VariableRole::hidden || other.kind != VariableKind::single)
      continue;
    const size_t end = name.rfind("_id");
    const int option = end == std::string::npos ? -1 : other.find_option(name.substr(0, end));
    const Answer given = raw.answer(VariableId(i), row);
    if (option >= 0 && (!given.answered() || given.option != option))
      return;
  }
  raw.set_text(id, row, identifier);
}

void Interview::times(Dataset& raw, size_t row, const Person& person) {
  for (size_t i = 0; i < codebook_.size(); ++i) {
    const Variable& variable = codebook_.variables()[i];
    double per_second = 1;
    if (variable.role != VariableRole::hidden || settled_[i] != 0 ||
        !is_time(variable, &per_second))
      continue;
    const auto seconds = static_cast<double>(20 + person.seconds_each * person.questions);
    raw.set_number(VariableId(i), row, std::floor(seconds * per_second));
  }
}

// True when the answer ends the interview.
bool Interview::ask(Dataset& raw, size_t row, QuestionId id, const Errand& errand, Person& person,
                    Random& random) {
  const Question& question = study_.questionnaire[id];
  const DatasetCase from(raw, row);
  if (!holds(question.show_if, codebook_, from))
    return false;
  const bool wanted = errand.screened_out_by == id;
  bool out = false;
  for (int attempt = 0; attempt < most_tries; ++attempt) {
    for (size_t i = 0; i < question.variables.size(); ++i) {
      const VariableId variable = question.variables[i];
      if (question.is_grid() && !holds(question.rows[i].show_if, codebook_, from))
        continue;
      if (settled_[variable.index()] == 2)
        add_ticks(raw, row, variable, random);
      else if (settled_[variable.index()] == 0)
        answer(raw, row, variable, person, random);
    }
    out = question.screen_out && holds(*question.screen_out, codebook_, from);
    // In the field, most of those who are asked may go on.
    if (errand.may_be_screened_out ? !out || random.per_mille(120) : out == wanted)
      break;
  }
  person.questions += static_cast<int64_t>(std::max<size_t>(1, question.variables.size()));
  specify(raw, row, question, person, random);
  return out;
}

void Interview::answer(Dataset& raw, size_t row, VariableId id, Person& person, Random& random) {
  const Variable& variable = codebook_[id];
  raw.set_state(id, row, AnswerState::skipped);
  if (variable.question.valid() && !study_.questionnaire[variable.question].required &&
      random.per_mille(variable.kind == VariableKind::text ? 700 : 40))
    return;
  switch (variable.kind) {
    case VariableKind::single:
    case VariableKind::flag:
      return single(raw, row, id, person, random);
    case VariableKind::multiple:
      return multiple(raw, row, id, random);
    case VariableKind::ranking:
      return ranking(raw, row, id, random);
    case VariableKind::number:
    case VariableKind::date:
      return number(raw, row, id, random);
    case VariableKind::text:
      return raw.set_text(id, row, phrases_.pick(id, person.language, random));
  }
}

// By option: 1 where it is shown to this respondent.
std::vector<uint8_t> Interview::offered(const Dataset& raw, size_t row, VariableId id) const {
  const DatasetCase from(raw, row);
  std::vector<uint8_t> shown;
  for (const Option& option : *codebook_[id].options)
    shown.push_back(holds(option.show_if, codebook_, from) ? 1 : 0);
  return shown;
}

void Interview::single(Dataset& raw, size_t row, VariableId id, const Person& person,
                       Random& random) {
  const Variable& variable = codebook_[id];
  const std::vector<uint8_t> shown = offered(raw, row, id);
  std::vector<int64_t> weights = appeal_.of(id);
  const auto count = static_cast<int64_t>(weights.size());
  const int64_t leaning = person.leanings[scales_.at(variable.options.get())];
  int64_t total = 0;
  for (int64_t i = 0; i < count; ++i) {
    const auto at = static_cast<size_t>(i);
    // In a grid a respondent's answers lie near one another.
    if (variable.row >= 0 && count > 1 && (*variable.options)[at].missing == MissingReason::none)
      weights[at] =
          weights[at] * (3 * range - 2 * std::abs(leaning - i * range / (count - 1))) / range;
    weights[at] = shown[at] != 0 ? weights[at] : 0;
    total += weights[at];
  }
  if (total > 0)
    raw.set_option(id, row, static_cast<int>(random.weighted(weights)));
}

void Interview::multiple(Dataset& raw, size_t row, VariableId id, Random& random) {
  const Variable& variable = codebook_[id];
  const std::vector<uint8_t> shown = offered(raw, row, id);
  const OptionList& options = *variable.options;
  std::vector<size_t> regular;
  for (size_t i = 0; i < options.size(); ++i) {
    raw.set_mark(id, row, static_cast<int>(i), 0);
    if (!options[i].exclusive && shown[i] != 0)
      regular.push_back(i);
  }
  for (size_t i = 0; i < options.size(); ++i) {
    if (options[i].exclusive && shown[i] != 0 &&
        (regular.empty() || random.per_mille(appeal_.of(id, i))))
      return raw.set_mark(id, row, static_cast<int>(i), 1);
  }
  if (regular.empty())
    return raw.set_state(id, row, AnswerState::skipped);
  auto limits = variable.question.valid() ? choice_limits(study_.questionnaire[variable.question])
                                          : ChoiceLimits{1, static_cast<int>(regular.size())};
  limits.least = std::min(limits.least, static_cast<int>(regular.size()));
  random.shuffle(regular);
  int ticked = 0;
  for (size_t i : regular) {
    if (ticked < limits.most && random.per_mille(appeal_.of(id, i))) {
      raw.set_mark(id, row, static_cast<int>(i), 1);
      ++ticked;
    }
  }
  for (size_t i : regular) {
    if (ticked >= limits.least)
      break;
    if (raw.answer(id, row).marks[static_cast<int>(i)] == 0) {
      raw.set_mark(id, row, static_cast<int>(i), 1);
      ++ticked;
    }
  }
}

// The options of which no target speaks, beside those that are ticked already.
void Interview::add_ticks(Dataset& raw, size_t row, VariableId id, Random& random) {
  const Answer given = raw.answer(id, row);
  const auto open = open_ticks.find(id);
  if (!given.answered() || open == open_ticks.end())
    return;
  const OptionList& options = *codebook_[id].options;
  int ticked = 0;
  for (int i = 0; i < given.marks.size(); ++i) {
    if (given.marks[i] != 0 && options[static_cast<size_t>(i)].exclusive)
      return;
    ticked += given.marks[i] != 0 ? 1 : 0;
  }
  const std::vector<uint8_t> shown = offered(raw, row, id);
  const ChoiceLimits limits = choice_limits(study_.questionnaire[codebook_[id].question]);
  std::vector<int> order = open->second;
  random.shuffle(order);
  for (const bool must : {false, true}) {
    for (int option : order) {
      const auto at = static_cast<size_t>(option);
      if (shown[at] == 0 || raw.answer(id, row).marks[option] != 0 ||
          ticked >= (must ? limits.least : limits.most))
        continue;
      if (must || random.per_mille(appeal_.of(id, at))) {
        raw.set_mark(id, row, option, 1);
        ++ticked;
      }
    }
  }
}

void Interview::ranking(Dataset& raw, size_t row, VariableId id, Random& random) {
  const Variable& variable = codebook_[id];
  const std::vector<uint8_t> shown = offered(raw, row, id);
  std::vector<int64_t> weights = appeal_.of(id);
  int64_t left = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    raw.set_mark(id, row, static_cast<int>(i), 0);
    weights[i] = shown[i] != 0 ? weights[i] : 0;
    left += shown[i];
  }
  const ChoiceLimits limits = choice_limits(study_.questionnaire[variable.question]);
  const auto most = std::min<int64_t>(limits.most, left);
  const auto least = std::min<int64_t>(limits.least, most);
  if (most == 0)
    return raw.set_state(id, row, AnswerState::skipped);
  // Most use all the ranks that they have.
  const int64_t one = random.between(least, most), other = random.between(least, most);
  const int64_t length = std::max(one, other);
  for (int rank = 1; rank <= length; ++rank) {
    const size_t next = random.weighted(weights);
    weights[next] = 0;
    raw.set_mark(id, row, static_cast<int>(next), rank);
  }
}

void Interview::number(Dataset& raw, size_t row, VariableId id, Random& random) {
  const NumberRange of = number_range(study_, id);
  const auto steps = static_cast<int64_t>(
      std::min(1e15, std::max(0.0, std::floor((of.most - of.least) / of.step + 1e-9))));
  const int64_t a = random.between(0, steps), b = random.between(0, steps);
  // Numbers lie rather low, dates rather late.
  const bool late = codebook_[id].kind == VariableKind::date;
  const auto step = static_cast<double>(late ? std::max(a, b) : std::min(a, b));
  const double tens = std::round(1 / of.step);
  // Whole tenths first, so that the number is the nearest to what a respondent types.
  raw.set_number(
      id, row,
      tens > 1 ? std::round((of.least + step * of.step) * tens) / tens : of.least + step * of.step);
}

void Interview::specify(Dataset& raw, size_t row, const Question& question, const Person& person,
                        Random& random) {
  for (size_t i = 0; i < question.options->size(); ++i) {
    const Option& option = (*question.options)[i];
    if (!option.specify)
      continue;
    const VariableId text = codebook_.find(specify_name(question.name, option));
    if (!text.valid() || settled_[text.index()] != 0)
      continue;
    raw.set_state(text, row, AnswerState::skipped);
    const bool chosen =
        std::any_of(question.variables.begin(), question.variables.end(), [&](VariableId variable) {
          const Answer given = raw.answer(variable, row);
          return given.answered() && (given.marks.size() > 0 ? given.marks[static_cast<int>(i)] != 0
                                                             : given.option == static_cast<int>(i));
        });
    if (chosen && random.per_mille(920))
      raw.set_text(text, row, phrases_.pick(text, person.language, random));
  }
}

}  // namespace topline
