// The faces that an edition is set in, and how wide text is in them. What is measured here is
// what the reader sees, because font_subset.hpp embeds the same glyphs under the same rule of
// which character comes from which face.
//
// The rule: Japanese, Chinese and Korean editions take everything from Noto Sans CJK (its Latin
// was drawn to go with it); other editions take Noto Sans; a character that the first face lacks
// comes from the Noto Sans of its script, and Han and kana from Noto Sans CJK.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "text/language.hpp"

namespace topline {

enum class Weight { regular, bold };

class FaceSet {
 public:
  // Opens the faces for `language` from the places where Debian puts them, or only from
  // `folder` (the font files directly in it) when that is not empty. The fault says which font
  // is missing and which Debian package has it.
  static Result<FaceSet> open(const Language& language, const std::string& folder = {});

  FaceSet(FaceSet&&) noexcept;
  FaceSet& operator=(FaceSet&&) noexcept;
  ~FaceSet();

  [[nodiscard]] const Language& language() const;

  // Advance width of `text` (one line of UTF-8) in the unit of `size`, shaped by HarfBuzz in
  // runs of one direction, script and face. Remembers what it measured. Not for several threads
  // at once: open one FaceSet per thread.
  double measure(std::string_view text, double size, Weight weight = Weight::regular);

  // Lines of at most `max_width`, broken as the language breaks lines (kinsoku in Japanese, at
  // phrases where the dictionary knows them); a word that is too long alone is broken between
  // graphemes. A newline in `text` ends a line. Spaces at the ends of lines are dropped. Always
  // at least one line; a single grapheme wider than `max_width` stays.
  std::vector<std::string> break_lines(std::string_view text, double max_width, double size,
                                       Weight weight = Weight::regular);

  // Notes that `text` will be shown, so that the font subset holds its characters. The report
  // calls this for its prose, figures for their labels.
  void use(std::string_view text, Weight weight = Weight::regular);

  // The value of CSS's font-family: the embedded family first, then what systems may have.
  [[nodiscard]] std::string css_family() const;

  // Characters that needed a font that is not installed: one fault for each such font.
  [[nodiscard]] const std::vector<Diagnostic>& missing() const;

  struct Used {
    std::string file;    // path of the font file
    unsigned index = 0;  // face in a collection
    Weight weight = Weight::regular;
    bool set_solid = false;  // a Han face: set without kerning, each character on its square
    std::set<char32_t> characters;
  };
  // What use() has gathered, one item for each face, in the order of the fallback.
  [[nodiscard]] std::vector<Used> used() const;

 private:
  struct State;
  explicit FaceSet(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace topline
