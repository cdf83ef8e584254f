# Vitrine: `make gallery` builds everything and the demo gallery; `make test` runs the tests.

# Debian packages that Vitrine needs, and the file by which each is recognized.
LIBRARIES := libdnnl-dev libopenblas-openmp-dev libpng-dev libjpeg-dev zlib1g-dev libhdf5-dev libcmark-dev libssl-dev libsqlite3-dev libgomp1 wordnet-base
# What the tests need on top: a real browser for the pages.
TEST_TOOLS := chromium nodejs python3-pip
# axe-core examines pages for accessibility: a package of PyPI has the script of the original in it.
AXE := .build/axe.min.js
AXE_PACKAGE := axe-playwright-python==0.1.8
AXE_HASH := 84494fec757e4710dc751c8d7a636e457f4532f08f85c86dc9070133fbff53bc

# -enable-testing in every build, so that the tests run the very binary that is shipped, and nothing is built twice.
SWIFT_FLAGS := -c release -Xswiftc -enable-testing
VITRINE := .build/release/vitrine
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PYTHON ?=

FUZZ_ROUNDS ?= 5000

.PHONY: gallery full build test bench fuzz screenshots format lint libraries test-tools clean

gallery: build ## the demo gallery, at most ten minutes of computing on two cores
	$(VITRINE) run content/exhibition.yaml
	$(VITRINE) study plan content/exhibition.yaml || { rm -r content/studies/pilot && $(VITRINE) study plan content/exhibition.yaml; }
	[ -e content/studies/pilot/answers.sqlite ] || $(VITRINE) study simulate content/studies/pilot --seed 2
	$(VITRINE) study analyze content/studies/pilot > /dev/null
	$(VITRINE) build content/exhibition.yaml
	@echo "Open site/index.html"

full: build ## every class, method, network and seed of the demo; takes hours
	$(VITRINE) build content/full.yaml

build: libraries
	swift build $(SWIFT_FLAGS) --product vitrine

test: libraries test-tools $(AXE)
	swift build $(SWIFT_FLAGS) --build-tests
	swift test $(SWIFT_FLAGS) --skip-build

bench: libraries ## beside Hugo if it is installed, and PyTorch with `make bench PYTHON=path/to/python`
	swift build $(SWIFT_FLAGS) --product vitrine
	swift build $(SWIFT_FLAGS) --product Benchmarks
	.build/release/Benchmarks --gallery --rounds 5
	.build/release/Benchmarks $(if $(PYTHON),--python $(PYTHON))

# A build of its own, of the readers alone: the sanitizer changes every object.
fuzz: libraries ## damaged checkpoints by the thousand, under AddressSanitizer
	swift build -c release --sanitize=address -Xswiftc -DFUZZ --scratch-path .build/asan --product Fuzz
	ASAN_OPTIONS=allocator_may_return_null=1:detect_leaks=1 .build/asan/release/Fuzz Tests/Fixtures/checkpoints $(FUZZ_ROUNDS)

screenshots: test-tools ## the README's pictures, of the built demo gallery
	node tools/screenshots.mjs site content

format:
	swift format --in-place --recursive Package.swift Sources Tests Benchmarks Fuzz

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks Fuzz

libraries:
	@$(call install,$(LIBRARIES))

test-tools:
	@$(call install,$(TEST_TOOLS))

$(AXE): test-tools
	@mkdir -p .build/axe
	@[ -e $@ ] || python3 -m pip download --quiet --no-deps --dest .build/axe $(AXE_PACKAGE)
	@[ -e $@ ] || { cd .build/axe && python3 -m zipfile -e *.whl . && cp */axe.min.js ../axe.min.js; }
	@echo "$(AXE_HASH)  $@" | sha256sum --check --quiet

clean:
	rm -rf .build

# Installs the Debian packages of a list that are missing; silent when there are none.
define install
missing=$$(for package in $(1); do dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q '^install ok installed' || echo $$package; done); \
if [ -n "$$missing" ]; then \
  echo "Installing" $$missing; \
  $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing; \
fi
endef
