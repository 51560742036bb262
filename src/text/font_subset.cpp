#include "text/font_subset.hpp"

#include <array>
#include <hb-subset.h>
#include <hb.h>
#include <memory>

namespace topline {

namespace {

template <auto destroy>
struct Destroy {
  template <typename T>
  void operator()(T* object) const {
    destroy(object);
  }
};
using Blob = std::unique_ptr<hb_blob_t, Destroy<hb_blob_destroy>>;
using Face = std::unique_ptr<hb_face_t, Destroy<hb_face_destroy>>;
using SubsetInput = std::unique_ptr<hb_subset_input_t, Destroy<hb_subset_input_destroy>>;

// Features that horizontal text does not apply by itself. Without them fewer glyphs are kept,
// and the large CJK tables are closed over quickly.
constexpr hb_tag_t kUnneededFeatures[] = {
    HB_TAG('v', 'e', 'r', 't'), HB_TAG('v', 'r', 't', '2'), HB_TAG('v', 'r', 't', 'r'),
    HB_TAG('v', 'k', 'r', 'n'), HB_TAG('v', 'a', 'l', 't'), HB_TAG('v', 'h', 'a', 'l'),
    HB_TAG('v', 'p', 'a', 'l'), HB_TAG('p', 'a', 'l', 't'), HB_TAG('h', 'a', 'l', 't'),
    HB_TAG('f', 'r', 'a', 'c'), HB_TAG('n', 'u', 'm', 'r'), HB_TAG('d', 'n', 'o', 'm'),
    HB_TAG('d', 'l', 'i', 'g'), HB_TAG('p', 'n', 'u', 'm'), HB_TAG('l', 'n', 'u', 'm'),
    HB_TAG('o', 'n', 'u', 'm'), HB_TAG('h', 'i', 's', 't'), HB_TAG('a', 'a', 'l', 't')};

constexpr hb_tag_t kUnneededTables[] = {HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'),
                                        HB_TAG('V', 'O', 'R', 'G'), HB_TAG('B', 'A', 'S', 'E'),
                                        HB_TAG('D', 'S', 'I', 'G'), HB_TAG('m', 'e', 't', 'a')};

void append_hex(std::string& out, char32_t value) {
  static constexpr char digits[] = "0123456789ABCDEF";
  bool leading = true;
  for (int shift = 20; shift >= 0; shift -= 4) {
    const char32_t digit = (value >> shift) & 0xF;
    leading = leading && digit == 0 && shift > 0;
    if (!leading)
      out += digits[digit];
  }
}

// "U+20-7E,U+A0"
std::string unicode_range(const std::set<char32_t>& characters) {
  std::string range;
  for (auto at = characters.begin(); at != characters.end();) {
    const char32_t first = *at;
    char32_t last = first;
    for (++at; at != characters.end() && *at == last + 1; ++at)
      last = *at;
    if (!range.empty())
      range += ',';
    range += "U+";
    append_hex(range, first);
    if (last > first) {
      range += '-';
      append_hex(range, last);
    }
  }
  return range;
}

}  // namespace

Result<std::string> subset_font(const FaceSet::Used& used) {
  const Blob file(hb_blob_create_from_file_or_fail(used.file.c_str()));
  const SubsetInput input(hb_subset_input_create_or_fail());
  if (!file || !input)
    return fault_in(used.file, "the font cannot be read", "is there enough memory?");
  const Face face(hb_face_create(file.get(), used.index));

  hb_set_t* characters = hb_subset_input_unicode_set(input.get());
  for (const char32_t c : used.characters)
    hb_set_add(characters, c);
  hb_set_t* features = hb_subset_input_set(input.get(), HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
  for (const hb_tag_t feature : kUnneededFeatures)
    hb_set_del(features, feature);
  if (used.set_solid)
    hb_set_del(features, HB_TAG('k', 'e', 'r', 'n'));
  hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const hb_tag_t table : kUnneededTables)
    hb_set_add(dropped, table);
  // Measuring took the unhinted advances, and hints are a large part of a small subset.
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);

  const Face subset(hb_subset_or_fail(face.get(), input.get()));
  if (!subset)
    return fault_in(used.file, "the font cannot be subsetted", "is the file complete?");
  const Blob bytes(hb_face_reference_blob(subset.get()));
  unsigned size = 0;
  const char* data = hb_blob_get_data(bytes.get(), &size);
  return std::string(data, size);
}

Result<std::string> font_face_css(const FaceSet& faces) {
  std::string css;
  for (const FaceSet::Used& used : faces.used()) {
    Result<std::string> font = subset_font(used);
    if (!font.ok())
      return font.fault();
    const bool open_type = font->substr(0, 4) == "OTTO";
    css += "@font-face{font-family:'";
    css += kEmbeddedFamily;
    css += used.weight == Weight::bold ? "';font-weight:700" : "';font-weight:400";
    css += ";font-style:normal;src:url(data:font/";
    css += open_type ? "otf" : "ttf";
    css += ";base64," + base64(*font) + ") format('";
    css += open_type ? "opentype" : "truetype";
    css += "');unicode-range:" + unicode_range(used.characters) + "}\n";
  }
  return css;
}

std::string base64(std::string_view bytes) {
  static constexpr char alphabet[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t at = 0; at < bytes.size(); at += 3) {
    const size_t left = std::min<size_t>(3, bytes.size() - at);
    uint32_t group = 0;
    for (size_t i = 0; i < 3; ++i)
      group = group << 8 | (i < left ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (size_t i = 0; i < 4; ++i)
      text += i <= left ? alphabet[(group >> (18 - 6 * i)) & 63] : '=';
  }
  return text;
}

}  // namespace topline
