#include "text/font_files.hpp"

#include <algorithm>
#include <filesystem>
#include <hb-ot.h>
#include <hb.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <vector>

namespace topline {

namespace {

constexpr const char* kCjk = "NotoSansCJK";

std::vector<std::string> folders(const std::string& folder) {
  if (!folder.empty())
    return {folder};
  return {"/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto",
          "/usr/local/share/fonts"};
}

std::string package_of(const std::string& font) {
  static constexpr std::string_view in_core[] = {
      "NotoSans",           "NotoSansArabic",    "NotoSansArmenian", "NotoSansBengali",
      "NotoSansDevanagari", "NotoSansEthiopic",  "NotoSansGeorgian", "NotoSansGujarati",
      "NotoSansGurmukhi",   "NotoSansHebrew",    "NotoSansKannada",  "NotoSansKhmer",
      "NotoSansLao",        "NotoSansMalayalam", "NotoSansMath",     "NotoSansMyanmar",
      "NotoSansOriya",      "NotoSansSinhala",   "NotoSansSymbols",  "NotoSansSymbols2",
      "NotoSansTamil",      "NotoSansTelugu",    "NotoSansThaana",   "NotoSansThai",
      "NotoSansTibetan"};
  if (font == kCjk)
    return "fonts-noto-cjk";
  const bool core = std::find(std::begin(in_core), std::end(in_core), font) != std::end(in_core);
  return core ? "fonts-noto-core" : "fonts-noto-core or fonts-noto-extra";
}

std::string family_in_collection(const Language& language) {
  const std::string base = "Noto Sans CJK ";
  if (language.code() == "ko")
    return base + "KR";
  if (language.code() == "zh")
    return base + (language.script() == "Hant" ? "TC" : "SC");
  return base + "JP";
}

std::string family_name(hb_face_t* face) {
  char name[64] = {};
  unsigned size = sizeof name;
  hb_ot_name_get_utf8(face, HB_OT_NAME_ID_FONT_FAMILY, HB_LANGUAGE_INVALID, &size, name);
  return name;
}

// The face in the collection whose family is `family`, or its first.
hb_face_t* face_of_family(hb_blob_t* blob, const std::string& family, unsigned& index) {
  const unsigned count = hb_face_count(blob);
  for (index = 0; index < count; ++index) {
    hb_face_t* face = hb_face_create(blob, index);
    if (count == 1 || family_name(face) == family)
      return face;
    hb_face_destroy(face);
  }
  index = 0;
  return hb_face_create(blob, 0);
}

}  // namespace

OpenedFace::OpenedFace(std::string path, unsigned index, hb_face_t* face)
    : path_(std::move(path)),
      index_(index),
      face_(face),
      font_(hb_font_create(face)),
      units_per_em_(hb_face_get_upem(face)) {}

OpenedFace::~OpenedFace() {
  hb_font_destroy(font_);
  hb_face_destroy(face_);
}

bool OpenedFace::has(char32_t code_point) const {
  hb_codepoint_t glyph = 0;
  return hb_font_get_nominal_glyph(font_, code_point, &glyph) != 0;
}

std::string font_for_script(std::string_view iso15924) {
  static constexpr std::string_view han[] = {"Hani", "Hans", "Hant", "Hira", "Kana",
                                             "Jpan", "Kore", "Hang", "Bopo", "Hrkt"};
  if (std::find(std::begin(han), std::end(han), iso15924) != std::end(han))
    return kCjk;
  if (iso15924 == "Latn" || iso15924 == "Grek" || iso15924 == "Cyrl" || iso15924 == "Zyyy" ||
      iso15924 == "Zinh")
    return "NotoSans";
  const int code = u_getPropertyValueEnum(UCHAR_SCRIPT, std::string(iso15924).c_str());
  const char* name = code < 0 ? nullptr : uscript_getName(static_cast<UScriptCode>(code));
  std::string font = "NotoSans";
  for (const char* c = name; c != nullptr && *c != 0; ++c)
    if (*c != '_')
      font += *c;
  return font;
}

Result<std::unique_ptr<OpenedFace>> open_font(const std::string& font, Weight weight,
                                              const Language& language, const std::string& folder) {
  const std::string name = font + (weight == Weight::bold ? "-Bold" : "-Regular");
  for (const std::string& place : folders(folder)) {
    for (const char* extension : {".ttf", ".otf", ".ttc"}) {
      std::string path = place;
      path.append("/").append(name).append(extension);
      std::error_code error;
      if (!std::filesystem::is_regular_file(path, error))
        continue;
      hb_blob_t* blob = hb_blob_create_from_file_or_fail(path.c_str());
      if (blob == nullptr || hb_face_count(blob) == 0) {
        hb_blob_destroy(blob);
        return fault_in(path, "this is not a font file", "reinstall " + package_of(font));
      }
      unsigned index = 0;
      hb_face_t* face = face_of_family(blob, family_in_collection(language), index);
      hb_blob_destroy(blob);
      return std::make_unique<OpenedFace>(path, index, face);
    }
  }
  const std::string where = folder.empty() ? "" : " in " + folder;
  return fault_in("", "the font " + name + " is not installed" + where,
                  folder.empty() ? "install the Debian package " + package_of(font)
                                 : "copy it there from the Debian package " + package_of(font));
}

}  // namespace topline
