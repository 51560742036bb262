#include "report/study_entry.hpp"

#include <functional>

#include "text/date_format.hpp"
#include "text/list_format.hpp"
#include "text/number_format.hpp"

namespace topline {

namespace {

using Reader = std::string (*)(const Study&, const Language&);

struct Entry {
  const char* name;
  Reader read;
};

const Entry kEntries[] = {
    {"study", [](const Study& s, const Language&) { return s.name; }},
    {"title", [](const Study& s, const Language&) { return s.title; }},
    {"subtitle", [](const Study& s, const Language&) { return s.subtitle; }},
    {"language",
     [](const Study& s, const Language& l) {
       const Result<Language> own = Language::parse(s.language);
       return own ? own->name_in(l) : s.language;
     }},
    {"publisher", [](const Study& s, const Language&) { return s.publisher; }},
    {"sponsors", [](const Study& s, const Language& l) { return format_list(s.sponsors, l); }},
    {"authors", [](const Study& s, const Language& l) { return format_list(s.authors, l); }},
    {"contact", [](const Study& s, const Language&) { return s.contact; }},
    {"population", [](const Study& s, const Language&) { return s.population; }},
    {"fieldwork", fieldwork_text},
    {"mode", [](const Study& s, const Language&) { return s.mode; }},
    {"frame", [](const Study& s, const Language&) { return s.sample.frame; }},
    {"invited",
     [](const Study& s, const Language& l) {
       return s.sample.invited ? NumberFormat(l).count(*s.sample.invited) : std::string();
     }},
    {"confidence",
     [](const Study& s, const Language& l) {
       const bool whole = s.confidence == static_cast<double>(static_cast<int>(s.confidence));
       return NumberFormat(l).percent(s.confidence, whole ? 0 : 1);
     }},
    {"quality", [](const Study& s, const Language&) { return s.quality; }},
    {"limitations", [](const Study& s, const Language&) { return s.limitations; }},
    {"processing", [](const Study& s, const Language&) { return s.processing; }},
    {"licence", [](const Study& s, const Language&) { return s.licence; }},
    {"citation", [](const Study& s, const Language&) { return s.citation; }},
};

}  // namespace

const std::vector<std::string>& study_entries() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Entry& entry : kEntries)
      all.emplace_back(entry.name);
    return all;
  }();
  return names;
}

std::optional<std::string> study_entry_text(const Study& study, std::string_view entry,
                                            const Language& language) {
  for (const Entry& known : kEntries)
    if (known.name == entry)
      return known.read(study, language);
  return std::nullopt;
}

std::string fieldwork_text(const Study& study, const Language& language) {
  const std::optional<CalendarDate> from = parse_calendar_date(study.fieldwork_from);
  const std::optional<CalendarDate> to = parse_calendar_date(study.fieldwork_to);
  if (from && to)
    return format_date_range(*from, *to, language);
  if (from || to)
    return format_date(from ? *from : *to, language);
  return {};
}

}  // namespace topline
