#!/bin/sh
# Installs wrangler and workerd for the tests into the folder given, unless they are there already.
set -eu

target=$1
cd "$(dirname "$0")"
if cmp -s package-lock.json "$target/installed.json"; then
  exit 0
fi
if ! command -v npm > /dev/null; then
  echo "npm is missing: install Node.js with npm 8 or later, or leave these tests out with -DskipTests" >&2
  exit 1
fi
mkdir -p "$target"
cp package.json package-lock.json "$target"
cd "$target"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > /dev/null
cp package-lock.json installed.json
