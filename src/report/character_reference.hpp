// Character references in Markdown text (&amp;, &#8212;).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace topline {

// The text that `reference` ("&nbsp;", "&#160;", "&#xA0;") stands for: any number, and the names
// that writers use. Nothing for other names.
std::optional<std::string> decode_reference(std::string_view reference);

}  // namespace topline
