// From covered Markdown (source_marks.hpp) to blocks, through md4c.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "report/document.hpp"
#include "report/source_marks.hpp"

namespace topline {

struct MarkdownPart {
  const std::string& text;             // covered
  const std::vector<size_t>* origins;  // by byte of `text`: offset in the file; nullptr: the same
};

// A fenced block of ours at the top level: its word and what stands in it, as many empty lines
// before it as the file has. Returns the block that takes its place.
using FencedBlock =
    std::function<Block(const std::string& word, const std::string& content, const Place& fence)>;

// `source` is the text of the file, `fenced` may be empty: then our fenced blocks are refused.
std::vector<Block> read_blocks(const MarkdownPart& part, const std::string& source,
                               const MarkedSource& marked, const SourceLines& lines,
                               const FencedBlock& fenced, Diagnostics& faults);

// figure, table, findings, about
const std::vector<std::string>& fenced_words();

}  // namespace topline
