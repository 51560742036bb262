// The log of a fieldwork: who answered what when. Entries are added and never changed, so that an
// answer that was given differently before is still there.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace topline {

enum class EntryKind { start, page, outcome, flag };

struct LogEntry {
  int64_t at = 0;  // milliseconds since 1970-01-01 UTC
  EntryKind kind = EntryKind::page;
  int instrument = 0;  // the version of the questionnaire that it answers, as instrument() gave it
  std::string body;    // JSON
};

struct NewCase {
  std::string key;  // bytes by which the case is found again; no two cases have one
  std::string source;
  int64_t started = 0;  // milliseconds since 1970-01-01 UTC
};

struct StoredCase {
  int64_t number = 0;  // from 1, in the order in which cases began
  NewCase begun;
  std::vector<LogEntry> entries;  // in the order in which they were added
};

// One connection to the store; not to be used by two threads at once. Everything between begin()
// and commit() is on disk when commit() returns, or none of it is there.
class ResponseStore {
 public:
  ResponseStore() = default;
  ResponseStore(const ResponseStore&) = delete;
  ResponseStore& operator=(const ResponseStore&) = delete;
  virtual ~ResponseStore() = default;

  virtual Result<Done> begin() = 0;
  virtual Result<Done> commit() = 0;
  virtual void roll_back() = 0;  // also after a fault of any call since begin()

  // The number of the case. Within a transaction, as the others that add.
  virtual Result<int64_t> add_case(const NewCase& begun) = 0;
  virtual Result<Done> add_entry(int64_t case_number, const LogEntry& entry) = 0;
  // The version, from 1, of the questionnaire of that text: the one that it has, or a new one.
  virtual Result<int> instrument(std::string_view text, int64_t at) = 0;

  virtual Result<std::optional<StoredCase>> find_case(std::string_view key) = 0;
  // All cases by their number, as they are at one moment.
  virtual Result<Done> each_case(const std::function<void(const StoredCase&)>& visit) = 0;
  // The questionnaire of that version; nothing when there is none.
  virtual Result<std::optional<std::string>> instrument_text(int version) = 0;
};

}  // namespace topline
