// Where the translations of a study lie.
#pragma once

#include <optional>
#include <string>

#include "study/open_study.hpp"
#include "text/po_file.hpp"

namespace topline {

// "locale/ja.po"
std::string translation_file(const std::string& language);

// The text of that file; nothing when there is none, or when it cannot be read, which goes to
// `faults`.
std::optional<std::string> translation_text(const OpenStudy& study, const std::string& language,
                                            Diagnostics& faults);

}  // namespace topline
