// Text made safe for HTML and SVG, in content and in quoted attributes.
#pragma once

#include <string>
#include <string_view>

namespace topline {

// & < > " ' as character references; nothing else changes.
std::string html_text(std::string_view text);

}  // namespace topline
