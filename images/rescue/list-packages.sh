#!/bin/sh
# list-packages.sh ROOT FOLDER: what is installed in ROOT, into FOLDER/packages.txt, and what Debian's archive says of it (the .deb
# files' SHA-256), into FOLDER/archive.txt. apt's lists must still be there. Read by mediabuilder/manifest/debian-packages.ts.
set -eu
root=$1 folder=$2
chroot "$root" dpkg-query -W \
  -f '${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\t${Maintainer}\t${Homepage}\n' > "$folder/packages.txt"
# Names without an architecture are those of packages for all; a package from a .deb file is not in the archive.
chroot "$root" dpkg-query -W -f '${Package}:${Architecture}=${Version}\n' | sed 's/:all=/=/' |
  while read -r package; do
    chroot "$root" apt-cache show "$package" 2>/dev/null | grep -E '^(Package|Version|Architecture|SHA256):|^$' || true
  done > "$folder/archive.txt"
