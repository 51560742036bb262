#include "fieldwork/sqlite_store.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

namespace topline {

namespace {

constexpr int layout = 1;  // of the tables; PRAGMA user_version

const char* const tables = R"(
CREATE TABLE instrument (
  version INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  questionnaire TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE survey_case (
  number INTEGER PRIMARY KEY,
  key BLOB NOT NULL UNIQUE,
  source TEXT NOT NULL,
  started INTEGER NOT NULL
) STRICT;
CREATE TABLE entry (
  case_number INTEGER NOT NULL REFERENCES survey_case (number),
  position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  instrument INTEGER NOT NULL REFERENCES instrument (version),
  body TEXT NOT NULL,
  PRIMARY KEY (case_number, position)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;
)";

// What to do about a fault of SQLite's.
std::string hint_for(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return "the disk is full; nothing was lost that was acknowledged";
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return "the file or its folder may not be written";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "the file is damaged, or is no store; keep it, and go on from a backup";
    case SQLITE_CANTOPEN:
      return "is its folder there, and may it be read?";
    case SQLITE_BUSY:
      return "another process holds the file";
    default:
      return {};
  }
}

struct CloseStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};

// The lock that one writer holds; the system lets go of it when the process ends, however it ends.
class WriterLock {
 public:
  WriterLock() = default;
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;
  ~WriterLock() {
    if (descriptor_ >= 0)
      ::close(descriptor_);
  }

  Result<Done> take(const std::string& path) {
    const std::string file = path + ".lock";
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_ < 0)
      return fault_in(file, "cannot be opened", hint_for(SQLITE_CANTOPEN));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0)
      return fault_in(path, "is in use: another process writes to it", "stop that one first");
    return Done{};
  }

 private:
  int descriptor_ = -1;
};

class SqliteStore final : public ResponseStore {
 public:
  explicit SqliteStore(std::string path) : path_(std::move(path)) {}

  Result<Done> open(const SqliteOptions& options) {
    const bool writes = options.use == StoreUse::write;
    if (writes) {
      if (Result<Done> locked = lock_.take(path_); !locked)
        return locked;
    }
    sqlite3* opened = nullptr;
    const int flags = writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    const int code =
        sqlite3_open_v2(path_.c_str(), &opened, flags | SQLITE_OPEN_NOMUTEX,
                        options.file_layer.empty() ? nullptr : options.file_layer.c_str());
    database_.reset(opened);
    if (code != SQLITE_OK)
      return told(code);
    sqlite3_busy_timeout(opened, 5000);
    if (!writes) {
      sqlite3_db_config(opened, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
      return check_layout();
    }
    if (Result<Done> done =
            run(options.synchronize ? "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"
                                    : "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
        !done)
      return done;
    const Result<int64_t> found = number("PRAGMA user_version");
    if (!found)
      return found.fault();
    if (*found != 0)
      return check_layout();
    if (Result<Done> done = begin(); !done)
      return done;
    if (Result<Done> done = run(tables); !done) {
      roll_back();
      return done;
    }
    return commit();
  }

  Result<Done> begin() override { return run("BEGIN IMMEDIATE"); }
  Result<Done> commit() override { return run("COMMIT"); }
  void roll_back() override {
    // SQLite has rolled back by itself after some faults; there is nothing left to tell then.
    sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }

  Result<int64_t> add_case(const NewCase& begun) override {
    sqlite3_stmt* const insert =
        prepared(add_case_, "INSERT INTO survey_case (key, source, started) VALUES (?, ?, ?)");
    if (insert == nullptr)
      return told(sqlite3_errcode(database_.get()));
    bind_blob(insert, 1, begun.key);
    bind_text(insert, 2, begun.source);
    sqlite3_bind_int64(insert, 3, begun.started);
    if (Result<Done> done = step(insert); !done)
      return done.fault();
    return int64_t{sqlite3_last_insert_rowid(database_.get())};
  }

  Result<Done> add_entry(int64_t case_number, const LogEntry& entry) override {
    sqlite3_stmt* const insert = prepared(
        add_entry_,
        "INSERT INTO entry (case_number, position, at, kind, instrument, body) VALUES (?1, "
        "(SELECT coalesce(max(position), 0) + 1 FROM entry WHERE case_number = ?1), ?2, ?3, ?4, "
        "?5)");
    if (insert == nullptr)
      return told(sqlite3_errcode(database_.get()));
    sqlite3_bind_int64(insert, 1, case_number);
    sqlite3_bind_int64(insert, 2, entry.at);
    sqlite3_bind_int(insert, 3, static_cast<int>(entry.kind));
    sqlite3_bind_int(insert, 4, entry.instrument);
    bind_text(insert, 5, entry.body);
    return step(insert);
  }

  Result<int> instrument(std::string_view text, int64_t at) override {
    Statement find, insert;
    if (prepared(find, "SELECT version FROM instrument WHERE questionnaire = ?") == nullptr ||
        prepared(insert, "INSERT INTO instrument (at, questionnaire) VALUES (?, ?)") == nullptr)
      return told(sqlite3_errcode(database_.get()));
    bind_text(find.get(), 1, text);
    const int found = sqlite3_step(find.get());
    if (found == SQLITE_ROW)
      return sqlite3_column_int(find.get(), 0);
    if (found != SQLITE_DONE)
      return told(found);
    sqlite3_bind_int64(insert.get(), 1, at);
    bind_text(insert.get(), 2, text);
    if (Result<Done> done = step(insert.get()); !done)
      return done.fault();
    return static_cast<int>(sqlite3_last_insert_rowid(database_.get()));
  }

  Result<std::optional<StoredCase>> find_case(std::string_view key) override {
    sqlite3_stmt* const find =
        prepared(find_case_, std::string(case_columns) + "WHERE key = ? ORDER BY position");
    if (find == nullptr)
      return told(sqlite3_errcode(database_.get()));
    bind_blob(find, 1, key);
    std::optional<StoredCase> found;
    const Result<Done> done = read_cases(find, [&](const StoredCase& one) { found = one; });
    sqlite3_reset(find);
    sqlite3_clear_bindings(find);
    if (!done)
      return done.fault();
    return found;
  }

  Result<Done> each_case(const std::function<void(const StoredCase&)>& visit) override {
    Statement all;
    if (prepared(all, std::string(case_columns) + "ORDER BY number, position") == nullptr)
      return told(sqlite3_errcode(database_.get()));
    return read_cases(all.get(), visit);
  }

  Result<std::optional<std::string>> instrument_text(int version) override {
    Statement find;
    if (prepared(find, "SELECT questionnaire FROM instrument WHERE version = ?") == nullptr)
      return told(sqlite3_errcode(database_.get()));
    sqlite3_bind_int(find.get(), 1, version);
    const int code = sqlite3_step(find.get());
    if (code == SQLITE_DONE)
      return std::optional<std::string>();
    if (code != SQLITE_ROW)
      return told(code);
    return std::optional<std::string>(bytes(find.get(), 0));
  }

 private:
  using Statement = std::unique_ptr<sqlite3_stmt, CloseStatement>;

  static constexpr const char* case_columns =
      "SELECT number, key, source, started, at, kind, instrument, body FROM survey_case "
      "LEFT JOIN entry ON case_number = number ";

  [[nodiscard]] Diagnostic told(int code) const {
    return fault_in(path_,
                    std::string("the store cannot be used: ") +
                        (database_ ? sqlite3_errmsg(database_.get()) : sqlite3_errstr(code)),
                    hint_for(code));
  }

  Result<Done> run(const char* statements) {
    const int code = sqlite3_exec(database_.get(), statements, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
      return told(code);
    return Done{};
  }

  Result<int64_t> number(const std::string& query) {
    Statement statement;
    if (prepared(statement, query) == nullptr)
      return told(sqlite3_errcode(database_.get()));
    const int code = sqlite3_step(statement.get());
    if (code != SQLITE_ROW)
      return told(code);
    return int64_t{sqlite3_column_int64(statement.get(), 0)};
  }

  Result<Done> check_layout() {
    const Result<int64_t> found = number("PRAGMA user_version");
    if (!found)
      return found.fault();
    if (*found == layout)
      return Done{};
    return *found > layout
               ? fault_in(path_, "was written by a newer Topline", "use that one")
               : fault_in(path_, "is no store of responses", "name another file, or remove it");
  }

  // The statement, made on its first use and kept; null when it cannot be made.
  sqlite3_stmt* prepared(Statement& statement, const std::string& text) {
    if (!statement) {
      sqlite3_stmt* made = nullptr;
      sqlite3_prepare_v3(database_.get(), text.c_str(), static_cast<int>(text.size()),
                         SQLITE_PREPARE_PERSISTENT, &made, nullptr);
      statement.reset(made);
    }
    return statement.get();
  }

  // Runs a statement that gives no rows, and makes it ready for the next time.
  Result<Done> step(sqlite3_stmt* statement) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) {
      sqlite3_reset(statement);
      return Done{};
    }
    Diagnostic fault = told(code);
    sqlite3_reset(statement);
    return fault;
  }

  Result<Done> read_cases(sqlite3_stmt* rows, const std::function<void(const StoredCase&)>& visit) {
    StoredCase one;
    int code = SQLITE_DONE;
    while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
      if (const int64_t next = sqlite3_column_int64(rows, 0); next != one.number) {
        if (one.number != 0)
          visit(one);
        one = {next, {bytes(rows, 1), bytes(rows, 2), sqlite3_column_int64(rows, 3)}, {}};
      }
      if (sqlite3_column_type(rows, 4) != SQLITE_NULL)
        one.entries.push_back({sqlite3_column_int64(rows, 4),
                               static_cast<EntryKind>(sqlite3_column_int(rows, 5)),
                               sqlite3_column_int(rows, 6), bytes(rows, 7)});
    }
    if (code != SQLITE_DONE)
      return told(code);
    if (one.number != 0)
      visit(one);
    return Done{};
  }

  // The texts outlive the step that reads them.
  static void bind_text(sqlite3_stmt* statement, int position, std::string_view text) {
    sqlite3_bind_text64(statement, position, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  static void bind_blob(sqlite3_stmt* statement, int position, std::string_view blob) {
    sqlite3_bind_blob64(statement, position, blob.data(), blob.size(), SQLITE_STATIC);
  }
  static std::string bytes(sqlite3_stmt* statement, int column) {
    const void* const first = sqlite3_column_blob(statement, column);
    const auto count = static_cast<size_t>(sqlite3_column_bytes(statement, column));
    return first == nullptr ? std::string() : std::string(static_cast<const char*>(first), count);
  }

  const std::string path_;
  WriterLock lock_;  // before the database: let go of when that is closed
  std::unique_ptr<sqlite3, CloseDatabase> database_;
  Statement add_case_, add_entry_, find_case_;
};

}  // namespace

Result<std::unique_ptr<ResponseStore>> open_sqlite_store(const std::string& path,
                                                         const SqliteOptions& options) {
  auto store = std::make_unique<SqliteStore>(path);
  if (Result<Done> opened = store->open(options); !opened)
    return opened.fault();
  return std::unique_ptr<ResponseStore>(std::move(store));
}

}  // namespace topline
