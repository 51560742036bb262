#include "text/face_set.hpp"

#include <algorithm>
#include <hb.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unordered_map>

#include "text/font_files.hpp"
#include "text/icu_text.hpp"
#include "text/line_break.hpp"
#include "text/utf8.hpp"

namespace topline {

namespace {

constexpr size_t kWeights = 2;
constexpr const char* kCjk = "NotoSansCJK";

size_t slot(Weight weight) {
  return weight == Weight::bold ? 1 : 0;
}

// Marks, joiners and selectors are set in the face of the character before them.
bool follows_its_base(UChar32 c) {
  const int8_t category = u_charType(c);
  return category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK ||
         u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool cjk_punctuation(char32_t c) {
  return (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF);
}

// The embedded family, then the fonts a system may have under their own names.
std::string family_with_spaces(const std::string& font) {
  if (font == kCjk)
    return "Noto Sans CJK JP";
  std::string family;
  for (const char c : font) {
    if (c >= 'A' && c <= 'Z' && !family.empty())
      family += ' ';
    family += c;
  }
  return family;
}

// A stretch of text of one face, script and direction.
struct Run {
  int start = 0, end = 0;  // UTF-16 offsets
  size_t face = 0;
  UScriptCode script = USCRIPT_COMMON;
  bool right_to_left = false;
};

struct BufferDeleter {
  void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};

}  // namespace

struct FaceSet::State {
  // One font in its two weights; a weight is opened when it is first needed.
  struct Font {
    std::string name;
    std::unique_ptr<OpenedFace> opened[kWeights];
    bool tried[kWeights] = {};
    std::set<char32_t> used[kWeights];
  };

  Language language;
  std::string folder;
  std::vector<Font> fonts;  // in the order of the fallback, others appended as texts need them
  std::vector<Diagnostic> missing;
  std::unordered_map<char32_t, size_t> font_of_character[kWeights];  // looked up, never walked
  std::unordered_map<std::string, double> widths[kWeights];          // in em; the same
  std::unique_ptr<hb_buffer_t, BufferDeleter> buffer{hb_buffer_create()};
  hb_language_t hb_language = HB_LANGUAGE_INVALID;

  size_t font_index(const std::string& name) {
    for (size_t i = 0; i < fonts.size(); ++i)
      if (fonts[i].name == name)
        return i;
    fonts.emplace_back().name = name;
    return fonts.size() - 1;
  }

  OpenedFace* opened(size_t font, Weight weight) {
    Font& at = fonts[font];
    if (!at.tried[slot(weight)]) {
      at.tried[slot(weight)] = true;
      auto result = open_font(at.name, weight, language, folder);
      if (result.ok())
        at.opened[slot(weight)] = std::move(result).value();
      else
        missing.push_back(result.fault());
    }
    return at.opened[slot(weight)].get();
  }

  [[nodiscard]] bool set_solid(size_t font) const { return fonts[font].name == kCjk; }

  bool has(size_t font, char32_t c, Weight weight) {
    const OpenedFace* face = opened(font, weight);
    return face != nullptr && face->has(c);
  }

  // Fonts to try for `c` after the language's own.
  static std::vector<std::string> further_fonts(char32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
    if (cjk_punctuation(c))
      return {kCjk};
    if (script == USCRIPT_COMMON || script == USCRIPT_INHERITED)
      return {"NotoSansSymbols", "NotoSansSymbols2", "NotoSansMath", kCjk};
    return {font_for_script(uscript_getShortName(script))};
  }

  size_t font_for(char32_t c, Weight weight) {
    auto& known = font_of_character[slot(weight)];
    if (const auto found = known.find(c); found != known.end())
      return found->second;
    size_t chosen = 0;
    const size_t own = own_fonts;
    while (chosen < own && !has(chosen, c, weight))
      ++chosen;
    if (chosen == own) {
      chosen = 0;  // shown as a box by the first font when none has it
      for (const std::string& name : further_fonts(c)) {
        const size_t further = font_index(name);
        if (has(further, c, weight)) {
          chosen = further;
          break;
        }
      }
    }
    known.emplace(c, chosen);
    return chosen;
  }

  size_t own_fonts = 0;  // how many of `fonts` are the language's own

  // Splits `text` where direction, face or script change.
  std::vector<Run> runs_of(const icu::UnicodeString& text, Weight weight) {
    std::vector<Run> runs;
    const bool simple = !language.right_to_left() && !has_right_to_left(text);
    if (simple) {
      split(text, 0, text.length(), false, weight, runs);
      return runs;
    }
    UErrorCode status = U_ZERO_ERROR;
    UBiDi* bidi = ubidi_openSized(text.length(), 0, &status);
    ubidi_setPara(bidi, text.getBuffer(), text.length(),
                  language.right_to_left() ? UBIDI_RTL : UBIDI_LTR, nullptr, &status);
    for (int32_t at = 0; U_SUCCESS(status) && at < text.length();) {
      int32_t end = text.length();
      UBiDiLevel level = 0;
      ubidi_getLogicalRun(bidi, at, &end, &level);
      split(text, at, end, level % 2 == 1, weight, runs);
      at = end;
    }
    ubidi_close(bidi);
    return runs;
  }

  static bool has_right_to_left(const icu::UnicodeString& text) {
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
      const UCharDirection direction = u_charDirection(text.char32At(i));
      if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC ||
          direction == U_ARABIC_NUMBER || direction == U_RIGHT_TO_LEFT_OVERRIDE ||
          direction == U_RIGHT_TO_LEFT_EMBEDDING || direction == U_RIGHT_TO_LEFT_ISOLATE)
        return true;
    }
    return false;
  }

  void split(const icu::UnicodeString& text, int start, int end, bool right_to_left, Weight weight,
             std::vector<Run>& runs) {
    const size_t first = runs.size();
    for (int32_t at = start; at < end;) {
      const UChar32 c = text.char32At(at);
      const int32_t next = text.moveIndex32(at, 1);
      UErrorCode status = U_ZERO_ERROR;
      UScriptCode script = uscript_getScript(c, &status);
      const bool neutral = script == USCRIPT_COMMON || script == USCRIPT_INHERITED;
      const bool any = runs.size() > first;
      const size_t face = any && follows_its_base(c) ? runs.back().face
                                                     : font_for(static_cast<char32_t>(c), weight);
      if (any && runs.back().face == face &&
          (neutral || runs.back().script == script || runs.back().script == USCRIPT_COMMON)) {
        if (!neutral)
          runs.back().script = script;
        runs.back().end = next;
      } else {
        runs.push_back({at, next, face, neutral ? USCRIPT_COMMON : script, right_to_left});
      }
      at = next;
    }
  }

  // Advance of a run in em.
  double shape(const icu::UnicodeString& text, const Run& run, Weight weight) {
    const OpenedFace* face = opened(run.face, weight);
    if (face == nullptr)  // the fault is in `missing`; half an em keeps the layout going
      return 0.5 * (run.end - run.start);
    hb_buffer_t* into = buffer.get();
    hb_buffer_reset(into);
    hb_buffer_add_utf16(into, reinterpret_cast<const uint16_t*>(text.getBuffer()), text.length(),
                        static_cast<unsigned>(run.start), run.end - run.start);
    hb_buffer_set_direction(into, run.right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(into, hb_script_from_string(uscript_getShortName(run.script), -1));
    hb_buffer_set_language(into, hb_language);
    // Japanese is set solid; the kerning of the CJK faces is made for proportional kana.
    static constexpr hb_feature_t solid = {HB_TAG('k', 'e', 'r', 'n'), 0, 0, HB_FEATURE_GLOBAL_END};
    hb_shape(face->font(), into, &solid, set_solid(run.face) ? 1 : 0);
    unsigned count = 0;
    const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(into, &count);
    double advance = 0;
    for (unsigned i = 0; i < count; ++i)
      advance += positions[i].x_advance;
    return advance / face->units_per_em();
  }

  double width_in_em(std::string_view text, Weight weight) {
    auto& known = widths[slot(weight)];
    std::string key(text);
    if (const auto found = known.find(key); found != known.end())
      return found->second;
    const icu::UnicodeString units = to_icu(text);
    double width = 0;
    for (const Run& run : runs_of(units, weight))
      width += shape(units, run, weight);
    known.emplace(std::move(key), width);
    return width;
  }
};

FaceSet::FaceSet(std::unique_ptr<State> state) : state_(std::move(state)) {}
FaceSet::FaceSet(FaceSet&&) noexcept = default;
FaceSet& FaceSet::operator=(FaceSet&&) noexcept = default;
FaceSet::~FaceSet() = default;

Result<FaceSet> FaceSet::open(const Language& language, const std::string& folder) {
  auto state = std::make_unique<State>();
  state->language = language;
  state->folder = folder;
  state->hb_language = hb_language_from_string(language.tag().c_str(), -1);
  if (language.east_asian())
    state->font_index(kCjk);
  state->font_index("NotoSans");
  state->font_index(font_for_script(language.script()));
  state->own_fonts = state->fonts.size();
  for (size_t i = 0; i < state->own_fonts; ++i)
    for (const Weight weight : {Weight::regular, Weight::bold})
      if (state->opened(i, weight) == nullptr)
        return state->missing.front();
  return FaceSet(std::move(state));
}

const Language& FaceSet::language() const {
  return state_->language;
}

double FaceSet::measure(std::string_view text, double size, Weight weight) {
  return text.empty() ? 0 : size * state_->width_in_em(text, weight);
}

std::vector<std::string> FaceSet::break_lines(std::string_view text, double max_width, double size,
                                              Weight weight) {
  return fill_lines(text, max_width, state_->language,
                    [&](std::string_view line) { return measure(line, size, weight); });
}

void FaceSet::use(std::string_view text, Weight weight) {
  const icu::UnicodeString units = to_icu(text);
  for (const Run& run : state_->runs_of(units, weight)) {
    std::set<char32_t>& used = state_->fonts[run.face].used[slot(weight)];
    for (int32_t at = run.start; at < run.end; at = units.moveIndex32(at, 1)) {
      const UChar32 c = units.char32At(at);
      if (u_charType(c) != U_CONTROL_CHAR)
        used.insert(static_cast<char32_t>(c));
    }
  }
}

std::string FaceSet::css_family() const {
  std::string families = "'Topline Sans'";
  for (size_t i = 0; i < state_->own_fonts; ++i)
    families += ",'" + family_with_spaces(state_->fonts[i].name) + "'";
  if (!state_->language.east_asian())
    families += ",'Noto Sans CJK JP'";
  return families + ",sans-serif";
}

const std::vector<Diagnostic>& FaceSet::missing() const {
  return state_->missing;
}

std::vector<FaceSet::Used> FaceSet::used() const {
  std::vector<Used> all;
  for (size_t i = 0; i < state_->fonts.size(); ++i)
    for (const Weight weight : {Weight::regular, Weight::bold}) {
      const State::Font& font = state_->fonts[i];
      const OpenedFace* face = font.opened[slot(weight)].get();
      if (face != nullptr && !font.used[slot(weight)].empty())
        all.push_back(
            {face->path(), face->index(), weight, state_->set_solid(i), font.used[slot(weight)]});
    }
  return all;
}

}  // namespace topline
