// The entries of study.yaml that a report may print: {{ study.title }}.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "instrument/study.hpp"
#include "text/language.hpp"

namespace topline {

// title, subtitle, publisher, … in the order of docs/formats.md.
const std::vector<std::string>& study_entries();

// The entry in words, lists and dates in the manner of `language`; nothing when there is no such
// entry, and an empty text when the study does not say.
std::optional<std::string> study_entry_text(const Study& study, std::string_view entry,
                                            const Language& language);

// The dates of the fieldwork in words, empty when the study does not say.
std::string fieldwork_text(const Study& study, const Language& language);

}  // namespace topline
