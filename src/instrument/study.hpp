// study.yaml: who asks whom, when, how, and where the responses lie.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "instrument/answer.hpp"
#include "instrument/design_entry.hpp"

namespace topline {

enum class SampleKind { opt_in, probability };

struct NamedText {
  std::string name;
  std::string text;
  Place place;
};

// The model under which an opt-in sample's intervals hold, as its authors declare it.
struct SampleModel {
  std::string text;
  std::string as;  // "simple random"
};

struct Sample {
  SampleKind kind = SampleKind::opt_in;
  std::string frame;
  std::vector<NamedText> sources;
  std::optional<int> invited;
  std::optional<SampleModel> model;
  std::optional<DesignEntry> design;  // none: every respondent by itself, with equal chances

  // Whether a share may carry an interval: a probability design, or a declared model.
  [[nodiscard]] bool gives_intervals() const {
    return kind == SampleKind::probability || model.has_value();
  }
};

// How the responses lie in their file.
struct ResponseFile {
  std::string file;  // empty: there are none yet
  std::string columns;
  std::string id;
  int header_rows = 1;
  int title_rows = 0;
  std::string encoding;  // its name as written; empty: find out
  Place encoding_place;
  char delimiter = 0;                                        // 0: find out
  std::vector<std::pair<std::string, AnswerState>> missing;  // cell text -> reason
  Place place;
  Place file_place;
  Place columns_place;
  Place id_place;
};

struct Study {
  std::string name;
  std::string title;
  std::string subtitle;
  std::string language = "en";
  std::vector<std::string> languages;  // every edition, the original first
  std::string publisher;
  std::vector<std::string> sponsors;
  std::vector<std::string> authors;
  std::string contact;
  std::string population;
  std::string fieldwork_from;  // 2023-09-04 or 2023-09
  std::string fieldwork_to;
  std::string mode;
  Sample sample;
  double confidence = 95;  // percent
  int decimals = 0;
  int suppress_below = 30;  // bases below are not shown
  int mark_below = 100;     // bases below are marked
  std::string quality;
  std::string limitations;
  std::string processing;
  std::string licence;
  std::string citation;
  bool invented = false;
  ResponseFile data;
  Place place;
  // Where entries stand, by their path: "title", "sample", "sample.frame", "languages.ja".
  std::map<std::string, Place> places;

  // Of the entry, or of the whole file where it is missing.
  [[nodiscard]] Place place_of(const std::string& path) const {
    const auto found = places.find(path);
    return found == places.end() ? place : found->second;
  }
};

// Faults go to `faults`; what could be read is returned even so.
Study load_study(const std::string& text, const std::string& file, Diagnostics& faults);

}  // namespace topline
