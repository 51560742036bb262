#include "text/po_file.hpp"

namespace topline {

namespace {

void append_escaped(std::string& out, char c) {
  static constexpr std::string_view values = "\n\t\r\a\b\v\f\\\"";
  static constexpr std::string_view names = "ntrabvf\\\"";
  static constexpr std::string_view octal = "01234567";
  const auto code = static_cast<unsigned char>(c);
  if (const size_t known = values.find(c); known != std::string_view::npos) {
    out += '\\';
    out += names[known];
  } else if (code < 0x20 || code == 0x7F) {
    out += '\\';
    for (const unsigned shift : {6U, 3U, 0U})
      out += octal[(code >> shift) & 7U];
  } else {
    out += c;
  }
}

// A keyword with its string; a text of several lines begins on the next line.
void append_string(std::string& out, std::string_view keyword, std::string_view text) {
  out.append(keyword).append(" \"");
  const size_t first_newline = text.find('\n');
  const bool several_lines =
      first_newline != std::string_view::npos && first_newline + 1 < text.size();
  if (several_lines)
    out += "\"\n\"";
  for (size_t i = 0; i < text.size(); ++i) {
    append_escaped(out, text[i]);
    if (several_lines && text[i] == '\n' && i + 1 < text.size())
      out += "\"\n\"";
  }
  out += "\"\n";
}

void append_comments(std::string& out, std::string_view mark,
                     const std::vector<std::string>& comments) {
  for (const std::string& comment : comments) {
    out += mark;
    if (!comment.empty())
      out.append(" ").append(comment);
    out += '\n';
  }
}

void append_entry(std::string& out, const PoEntry& entry) {
  append_comments(out, "#", entry.comments);
  append_comments(out, "#.", entry.extracted);
  append_comments(out, "#:", entry.references);
  std::string flags = entry.fuzzy ? ", fuzzy" : "";
  for (const std::string& flag : entry.flags)
    flags += ", " + flag;
  if (!flags.empty())
    out += "#" + flags + "\n";
  if (entry.has_context)
    append_string(out, "msgctxt", entry.context);
  append_string(out, "msgid", entry.id);
  if (entry.id_plural.empty()) {
    append_string(out, "msgstr", entry.text);
    return;
  }
  append_string(out, "msgid_plural", entry.id_plural);
  for (size_t i = 0; i < entry.plural_texts.size(); ++i)
    append_string(out, "msgstr[" + std::to_string(i) + "]", entry.plural_texts[i]);
}

}  // namespace

std::string write_po(const PoFile& file) {
  std::string out;
  append_comments(out, "#", file.header_comments);
  std::string header;
  for (const auto& [name, value] : file.header)
    header.append(name).append(": ").append(value).append("\n");
  append_string(out, "msgid", "");
  append_string(out, "msgstr", header);
  for (const PoEntry& entry : file.entries) {
    out += '\n';
    append_entry(out, entry);
  }
  return out;
}

}  // namespace topline
