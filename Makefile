# Everything a developer runs. `make` alone lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VERSION := $(shell sed -n 's:^  <version>\(.*\)</version>.*:\1:p' pom.xml)
SOURCES := pom.xml $(shell find src/main -type f)
BINARY := target/heddle-$(VERSION)-runner
JAR := target/quarkus-app/quarkus-run.jar
IMAGE_TAR := target/heddle-image.tar
# Empty where nothing can build a native image; looked for only when a target needs it.
BUILDER = $(eval BUILDER := $(shell local/native builder))$(BUILDER)
export JAVA_HOME := $(or $(shell local/jdk 2>/dev/null),$(JAVA_HOME))

.PHONY: help demo demo-stop test journeys bench native image generate format local-up local-down clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

demo: ## try Heddle: a local Kubernetes, the operator, a three-node Weaviate, a vector search (CONTEXT=, IMAGE=)
	@local/demo start

demo-stop: ## remove what `make demo` made (CONTEXT= as given to it)
	@local/demo stop

test: ## all tests, on a real local Kubernetes (KEEP=1 leaves it up)
	@local/test

journeys: ## the long journeys, on a real local Kubernetes (a quarter of an hour)
	@local/test whole

bench: ## the benchmarks
	@bench/run

native: $(BINARY) ## the operator's native binary
image: ## the operator's image, native where that can be built, else on a JVM
	@$(if $(BUILDER),,echo "image: nothing here can build a native image (no GRAALVM_HOME, no native-image on the PATH, no docker or podman), so this is the JVM image")
	@$(MAKE) --no-print-directory $(if $(BUILDER),native-image,jvm-image)

generate: ## write the generated files of the chart: CRDs and RBAC rules
	local/mvn -B -ntp -q package -DskipTests
	local/generate

format: ## format the Java sources
	local/mvn -B -ntp -q spotless:apply

local-up: ## start the local Kubernetes
	@local/cluster install up
	@local/cluster up

local-down: ## stop it and leave nothing behind
	@local/cluster down

clean: ## remove what was built
	rm -rf target

.PHONY: native-image jvm-image
native-image: target/image/native.tar
	@ln -f $< $(IMAGE_TAR)
jvm-image: target/image/jvm.tar
	@ln -f $< $(IMAGE_TAR)
target/image/native.tar: $(BINARY) local/image-operator local/image.py
	@local/image-operator native $@
target/image/jvm.tar: $(JAR) local/image-operator local/image.py
	@local/image-operator jvm $@
$(BINARY): $(SOURCES)
	@local/native build
$(JAR): $(SOURCES)
	@local/mvn -B -ntp -q package -DskipTests
	@touch $@
