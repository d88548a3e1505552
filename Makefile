# SPDX-License-Identifier: Apache-2.0
# A thin front door; the work is in tools/.
.PHONY: build check quick bench fuzz format docs install clean
build:
	@tools/setup
	@tools/build build
check:
	@./check
quick:
	@./check --quick
bench: build
	@bench/run
# SECONDS=600 make fuzz: ten minutes for each target
fuzz:
	@tools/setup
	@tools/fuzz $${SECONDS:-600}
format:
	@tools/format --write
docs: build
	@tools/docs --write
install: build
	@meson install -C build
clean:
	@rm -rf build build-*
