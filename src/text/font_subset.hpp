// The part of the faces that an edition uses, as bytes that travel inside the report.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "text/face_set.hpp"

namespace topline {

// The family name under which the subsets are declared.
inline constexpr const char* kEmbeddedFamily = "Topline Sans";

// One font file (TrueType or OpenType) with only the glyphs for `used.characters` and what
// shaping makes of them; kerning, marks, ligatures and joining forms are kept, vertical and
// optional forms are not. Same input, same bytes.
Result<std::string> subset_font(const FaceSet::Used& used);

// @font-face rules for everything that `faces` was told to use, each with its subset as a data
// URI and its unicode-range, so that the browser takes each character from the face that was
// measured. Empty when nothing was used.
Result<std::string> font_face_css(const FaceSet& faces);

// Standard base64 with padding.
std::string base64(std::string_view bytes);

}  // namespace topline
