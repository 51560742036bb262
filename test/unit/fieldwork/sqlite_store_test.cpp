#include "fieldwork/sqlite_store.hpp"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace topline {
namespace {

using ::testing::HasSubstr;

class SqliteStoreTest : public testing::Test {
 protected:
  SqliteStoreTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "topline-store-XXXXXX");
    folder = mkdtemp(pattern.data());
    path = folder + "/fieldwork.sqlite";
  }
  ~SqliteStoreTest() override { std::filesystem::remove_all(folder); }

  std::unique_ptr<ResponseStore> open(StoreUse use = StoreUse::write) const {
    SqliteOptions options;
    options.use = use;
    Result<std::unique_ptr<ResponseStore>> store = open_sqlite_store(path, options);
    EXPECT_TRUE(store) << store.fault().message;
    return store ? std::move(*store) : nullptr;
  }

  // A case with one page, committed.
  static bool add(ResponseStore& store, const std::string& key, const std::string& body) {
    if (!store.begin() || !store.instrument("- page: one", 1))
      return false;
    const Result<int64_t> number = store.add_case({key, "open", 1000});
    return number && store.add_entry(*number, {1001, EntryKind::page, 1, body}) && store.commit();
  }

  static std::vector<StoredCase> all(ResponseStore& store) {
    std::vector<StoredCase> cases;
    EXPECT_TRUE(store.each_case([&](const StoredCase& one) { cases.push_back(one); }));
    return cases;
  }

  std::string folder, path;
};

TEST_F(SqliteStoreTest, KeepsWhatWasCommitted) {
  const std::string key("\0\xff\x01", 3);
  {
    const std::unique_ptr<ResponseStore> store = open();
    EXPECT_TRUE(all(*store).empty());
    ASSERT_TRUE(add(*store, key, R"({"Q1":"1"})"));
    ASSERT_TRUE(store->begin());
    ASSERT_TRUE(store->add_entry(1, {1002, EntryKind::outcome, 1, "はい"}));
    ASSERT_TRUE(store->commit());
    ASSERT_TRUE(add(*store, "second", "{}"));
  }
  const std::unique_ptr<ResponseStore> store = open();
  const std::vector<StoredCase> cases = all(*store);
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_EQ(cases[0].number, 1);
  EXPECT_EQ(cases[0].begun.key, key);
  EXPECT_EQ(cases[0].begun.source, "open");
  EXPECT_EQ(cases[0].begun.started, 1000);
  ASSERT_EQ(cases[0].entries.size(), 2U);
  EXPECT_EQ(cases[0].entries[0].body, R"({"Q1":"1"})");
  EXPECT_EQ(cases[0].entries[1].kind, EntryKind::outcome);
  EXPECT_EQ(cases[0].entries[1].at, 1002);
  EXPECT_EQ(cases[0].entries[1].body, "はい");
  EXPECT_EQ((*store->find_case("second"))->number, 2);
  EXPECT_EQ((*store->find_case(key))->entries.size(), 2U);
  EXPECT_FALSE(*store->find_case("third"));
}

TEST_F(SqliteStoreTest, ForgetsWhatWasRolledBack) {
  const std::unique_ptr<ResponseStore> store = open();
  ASSERT_TRUE(add(*store, "first", "{}"));
  ASSERT_TRUE(store->begin());
  ASSERT_TRUE(store->add_case({"second", "", 1}));
  store->roll_back();
  EXPECT_EQ(all(*store).size(), 1U);
  EXPECT_TRUE(add(*store, "second", "{}"));
}

TEST_F(SqliteStoreTest, ACaseBeginsOnce) {
  const std::unique_ptr<ResponseStore> store = open();
  ASSERT_TRUE(add(*store, "first", "{}"));
  EXPECT_FALSE(add(*store, "first", "{}"));
  store->roll_back();
  EXPECT_EQ(all(*store).size(), 1U);
}

TEST_F(SqliteStoreTest, NumbersTheVersionsOfTheQuestionnaire) {
  const std::unique_ptr<ResponseStore> store = open();
  ASSERT_TRUE(store->begin());
  EXPECT_EQ(*store->instrument("a", 1), 1);
  EXPECT_EQ(*store->instrument("b", 2), 2);
  EXPECT_EQ(*store->instrument("a", 3), 1);
  ASSERT_TRUE(store->commit());
  EXPECT_EQ(**store->instrument_text(2), "b");
  EXPECT_FALSE(*store->instrument_text(3));
}

TEST_F(SqliteStoreTest, IsReadWhileItIsWritten) {
  const std::unique_ptr<ResponseStore> writer = open();
  ASSERT_TRUE(add(*writer, "first", "{}"));
  const std::unique_ptr<ResponseStore> reader = open(StoreUse::read);
  ASSERT_TRUE(writer->begin());
  ASSERT_TRUE(writer->add_case({"second", "", 1}));
  EXPECT_EQ(all(*reader).size(), 1U);
  ASSERT_TRUE(writer->commit());
  EXPECT_EQ(all(*reader).size(), 2U);
  EXPECT_FALSE(reader->add_case({"third", "", 1}));
}

TEST_F(SqliteStoreTest, HasOneWriter) {
  const std::unique_ptr<ResponseStore> writer = open();
  const Result<std::unique_ptr<ResponseStore>> second = open_sqlite_store(path);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.fault().message, HasSubstr("another process"));
}

TEST_F(SqliteStoreTest, TellsWhatIsWrongWithTheFile) {
  std::ofstream(path) << std::string(10'000, 'x');
  const Result<std::unique_ptr<ResponseStore>> damaged = open_sqlite_store(path);
  ASSERT_FALSE(damaged);
  EXPECT_THAT(damaged.fault().hint, HasSubstr("backup"));
  const Result<std::unique_ptr<ResponseStore>> nowhere = open_sqlite_store(folder + "/no/store");
  ASSERT_FALSE(nowhere);
  EXPECT_THAT(nowhere.fault().hint, HasSubstr("folder"));
  EXPECT_FALSE(open_sqlite_store(folder + "/none", {StoreUse::read, {}, true}));
}

// A process is killed while it writes; what it had acknowledged must be there, each once.
TEST_F(SqliteStoreTest, KeepsWhatWasAcknowledgedWhenItsProcessIsKilled) {
  size_t acknowledged = 0;
  for (int cycle = 0; cycle < 20; ++cycle) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      Result<std::unique_ptr<ResponseStore>> store = open_sqlite_store(path);
      for (size_t i = acknowledged; store; ++i) {
        const std::string key = std::to_string(cycle) + ":" + std::to_string(i);
        if (!add(**store, key, key) || write(ends[1], "+", 1) != 1)
          break;
      }
      _exit(1);
    }
    close(ends[1]);
    char plus = 0;
    for (int i = 0; i < 5 + cycle; ++i) {
      ASSERT_EQ(read(ends[0], &plus, 1), 1);
      ++acknowledged;
    }
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    while (read(ends[0], &plus, 1) == 1)
      ++acknowledged;
    close(ends[0]);
    const std::unique_ptr<ResponseStore> store = open(StoreUse::read);
    const std::vector<StoredCase> cases = all(*store);
    // The one that was being written may be there without its acknowledgement having come.
    ASSERT_GE(cases.size(), acknowledged);
    ASSERT_LE(cases.size(), acknowledged + 1);
    for (const StoredCase& one : cases)
      ASSERT_EQ(one.entries.size(), 1U);
    acknowledged = cases.size();
  }
}

}  // namespace
}  // namespace topline
