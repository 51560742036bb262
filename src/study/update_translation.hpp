// Keeps locale/<lang>.po in step with the study's texts.
#pragma once

#include <string>

#include "study/open_study.hpp"

namespace topline {

// The content of locale/<language>.po brought up to date: an entry for every text of the study,
// in the study's order, with the translation that is there. A translation whose original has
// changed is kept and marked fuzzy, for a translator to look at; entries that nothing uses any
// more go to the end, marked fuzzy too, so that no work is lost. Faults of the file go to
// `faults`; nothing of use is returned then.
std::string updated_translation(const OpenStudy& study, const std::string& language,
                                Diagnostics& faults);

}  // namespace topline
