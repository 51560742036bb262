# The ways into Topline. Each target installs first what it needs (tools/install-deps), so that a
# Debian 12 with git and make is enough. The builds themselves are CMake's: see CMakePresets.json.
PREFIX ?= /usr/local
EXAMPLE := examples/genai-2023

# One job per core, but no more than the memory carries (1.5 GB for the hungriest compilation).
JOBS := $(shell awk -v cores="$$(nproc)" '/^MemAvailable/ \
  {jobs = int($$2 / 1572864); print jobs < 1 ? 1 : jobs < cores ? jobs : cores}' /proc/meminfo)

build = cmake --preset $(1) && cmake --build build/$(1) -j $(JOBS) $(2)
test = ctest --test-dir build/$(1) -j $(JOBS) --output-on-failure --no-tests=error

.PHONY: demo test release debug asan clang bench lint format install clean deps-build deps-lint deps-bench

# The example's report, in every language.
demo: deps-build
	@$(call build,release,--target topline)
	build/release/src/cli/topline report $(EXAMPLE)
	@printf '\nThe report lies in:\n' && find $(CURDIR)/$(EXAMPLE)/build -name 'report*' -type f | sort

# All tests, optimized. Assertions are on in `make debug` and `make asan`.
test: release

release debug: deps-build
	$(call build,$@)
	$(call test,$@)

# All tests under AddressSanitizer and UndefinedBehaviorSanitizer.
asan: deps-build
	$(call build,$@)
	$(call test,$@)

# All tests, built by clang.
clang: deps-lint
	$(call build,$@)
	$(call test,$@)

# Runs each bench/<name>/run, which is given the folder of the build.
bench: deps-bench
	$(call build,$@)
	@set -e; for run in bench/*/run; do echo "== $$run"; $$run build/bench; done

lint: deps-lint
	@tools/lint $(JOBS)

format: deps-lint
	git ls-files -co --exclude-standard '*.cpp' '*.hpp' | xargs clang-format-14 -i

install: deps-build
	@$(call build,release,--target topline)
	cmake --install build/release --prefix $(PREFIX)

clean:
	rm -rf build $(EXAMPLE)/build

deps-build:
	@tools/install-deps build

deps-lint:
	@tools/install-deps build lint

deps-bench:
	@tools/install-deps --bench
