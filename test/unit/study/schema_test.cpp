// The JSON Schemas that editors check the YAML files with: they accept every study of the
// project, and refuse what is wrong in its structure.
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#include <yaml-cpp/yaml.h>

namespace topline {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path source = TOPLINE_SOURCE_DIR;
constexpr std::array names = {"study", "questionnaire", "processing", "tables", "targets"};

// A plain scalar as YAML 1.2's core schema reads it; a quoted one is a text.
json scalar(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  if (node.Tag() == "!")
    return text;
  if (text == "true" || text == "false")
    return text == "true";
  int64_t whole = 0;
  double number = 0;
  const char* end = text.data() + text.size();
  if (std::from_chars(text.data(), end, whole).ptr == end && !text.empty())
    return whole;
  if (std::from_chars(text.data(), end, number).ptr == end && !text.empty())
    return number;
  return text;
}

json as_json(const YAML::Node& node) {
  if (node.IsScalar())
    return scalar(node);
  if (node.IsSequence()) {
    json list = json::array();
    for (const YAML::Node& item : node)
      list.push_back(as_json(item));
    return list;
  }
  if (!node.IsMap())
    return nullptr;
  json map = json::object();
  for (const auto& entry : node)
    map[entry.first.Scalar()] = as_json(entry.second);
  return map;
}

class Schema {
 public:
  explicit Schema(const std::string& name) {
    std::ifstream file(source / "schema" / (name + ".schema.json"));
    json_ = json::parse(file);
    const valijson::adapters::NlohmannJsonAdapter adapter(json_);
    valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(adapter, schema_);
  }

  // "" when the file is right, else the first fault.
  std::string fault(const std::string& yaml_path) {
    const json document = as_json(YAML::LoadFile(yaml_path));
    const valijson::adapters::NlohmannJsonAdapter adapter(document);
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(schema_, adapter, &results))
      return {};
    valijson::ValidationResults::Error error;
    results.popError(error);
    std::string where;
    for (const std::string& step : error.context)
      where += step;
    return where + ": " + error.description;
  }

 private:
  json json_;
  valijson::Schema schema_;
};

std::vector<fs::path> studies_below(const fs::path& folder) {
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (fs::exists(entry.path() / "study.yaml"))
      all.push_back(entry.path());
  }
  return all;
}

TEST(Schema, AcceptsEveryStudyOfTheProject) {
  std::vector<fs::path> studies = studies_below(source / "examples");
  for (const fs::path& base : studies_below(source / "test/suite/_base"))
    studies.push_back(base);
  ASSERT_GE(studies.size(), 2U);
  for (const char* name : names) {
    Schema schema(name);
    for (const fs::path& study : studies) {
      const fs::path file = study / (std::string(name) + ".yaml");
      if (fs::exists(file)) {
        EXPECT_EQ(schema.fault(file.string()), "") << file;
      }
    }
  }
}

// Wrong inputs of the suite whose fault is one of structure.
TEST(Schema, RefusesWhatIsWrongInItsStructure) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases = {
      {"study",
       {"study-unknown-key", "study-language-underscore", "study-dates", "study-title-is-list",
        "study-confidence-fraction", "study-numbers", "study-sample-kind", "study-data-outside",
        "study-language-twice", "yaml-is-a-list"}},
      {"questionnaire",
       {"question-unknown-kind", "option-without-code", "option-word-of-formulas",
        "option-unknown-key", "name-japanese", "name-right-to-left", "required-yes",
        "yaml-is-a-word"}},
      {"processing", {"derive-two-ways", "rule-without-reason", "rule-drop-and-keep"}},
  };
  for (const auto& [name, folders] : cases) {
    Schema schema(name);
    for (const std::string& folder : folders) {
      const fs::path file = source / "test/suite/faults" / folder / (name + ".yaml");
      ASSERT_TRUE(fs::exists(file)) << file;
      EXPECT_NE(schema.fault(file.string()), "") << file;
    }
  }
}

// Each entry tells an editor's user what it is for.
TEST(Schema, EveryEntryIsDescribed) {
  for (const char* name : names) {
    std::ifstream file(source / "schema" / (std::string(name) + ".schema.json"));
    const json schema = json::parse(file);
    EXPECT_EQ(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    std::vector<const json*> open = {&schema};
    while (!open.empty()) {
      const json& here = *open.back();
      open.pop_back();
      if (here.is_object() && here.contains("properties")) {
        for (const auto& [key, value] : here["properties"].items()) {
          EXPECT_TRUE(value.contains("description") && value["description"] != "")
              << name << ": " << key;
        }
      }
      for (const json& inner : here) {
        if (inner.is_structured())
          open.push_back(&inner);
      }
    }
  }
}

}  // namespace
}  // namespace topline
