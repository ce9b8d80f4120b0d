#!/bin/sh
# The client's part of the Maven build: types, tests and size, with the machine's Node.js.
# $1: "true" if a machine without it fails the build. node_modules is only filled again when package-lock.json has changed.
set -eu
cd "$(dirname "$0")/.."

without_node() {
	if [ "${1:-false}" = true ]; then
		echo "ERROR: $2, and kalam.client.required is true. Install Node.js 20 or newer with npm." >&2
		exit 1
	fi
	echo "WARNING: $2: the tests of kalam-client were NOT run. Install Node.js 20 or newer with npm to run them." >&2
	exit 0
}

command -v node > /dev/null 2>&1 || without_node "$1" "There is no Node.js"
command -v npm > /dev/null 2>&1 || without_node "$1" "There is no npm"
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || without_node "$1" "Node.js $(node -v) is too old"

if ! cmp -s package-lock.json node_modules/.kalam-lock; then
	npm ci --no-audit --no-fund || without_node "$1" "npm ci has failed"
	cp package-lock.json node_modules/.kalam-lock
fi
node build/check.js
node --test --test-reporter=dot src/test/js/*.test.js
node build/size.js
