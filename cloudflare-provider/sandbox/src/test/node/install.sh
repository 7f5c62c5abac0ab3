#!/bin/sh
# Installs wrangler, workerd and a Node for them into the folder given, unless they are there already. Where there is no
# npm, the folder says so in missing.txt, and the tests that need them are skipped with those words.
set -eu

target=$1
cd "$(dirname "$0")"
if cmp -s package-lock.json "$target/installed.json"; then
  exit 0
fi
mkdir -p "$target"
rm -f "$target/installed.json" "$target/missing.txt"
if ! command -v npm > /dev/null; then
  echo "npm is missing: install Node.js 20 or later with npm to have wrangler and workerd tested" | tee "$target/missing.txt" >&2
  exit 0
fi
cp package.json package-lock.json "$target"
cd "$target"
npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --no-update-notifier --loglevel=error > /dev/null
cp package-lock.json installed.json
