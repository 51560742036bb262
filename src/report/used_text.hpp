// Which characters a page shows in which weight, so that its fonts hold them.
#pragma once

#include <string_view>

#include "text/face_set.hpp"

namespace topline {

// Notes the text of `html` (as this folder writes it: well-formed, only the character references
// of html_text) with `faces`: all of it in regular weight, and what may be bold (headings,
// captions, strong, links, th) in bold too. Styles and attributes do not count.
void note_used_text(std::string_view html, FaceSet& faces);

}  // namespace topline
