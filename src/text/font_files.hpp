// Where the font files are: fixed places, no font configuration, so that the same text is set the
// same way on every machine that has the packages.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "text/face_set.hpp"
#include "text/language.hpp"

struct hb_face_t;
struct hb_font_t;

namespace topline {

// One face of a font file, opened: the file is mapped, not read, and its tables are looked at
// when they are needed.
class OpenedFace {
 public:
  OpenedFace(std::string path, unsigned index, hb_face_t* face);
  OpenedFace(const OpenedFace&) = delete;
  OpenedFace& operator=(const OpenedFace&) = delete;
  ~OpenedFace();

  [[nodiscard]] bool has(char32_t code_point) const;
  [[nodiscard]] hb_font_t* font() const { return font_; }
  [[nodiscard]] double units_per_em() const { return units_per_em_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] unsigned index() const { return index_; }

 private:
  std::string path_;
  unsigned index_;
  hb_face_t* face_;
  hb_font_t* font_;
  double units_per_em_;
};

// The name of the font for a script other than the ones Noto Sans itself has: "NotoSansArabic"
// for "Arab". ICU's long name of the script makes the file's name.
std::string font_for_script(std::string_view iso15924);

// Opens `font` ("NotoSans", "NotoSansArabic", "NotoSansCJK") in `weight`. In a collection, the
// face for `language` is taken ("Noto Sans CJK JP" for Japanese). Looks only in `folder` when
// that is not empty. The fault names the missing font and its Debian package.
Result<std::unique_ptr<OpenedFace>> open_font(const std::string& font, Weight weight,
                                              const Language& language, const std::string& folder);

}  // namespace topline
