#!/bin/sh
# Last step of mmdebstrap (--customize-hook), called with the root: what dpkg does not do.
set -eu
root=$1

# The browser's user. It owns nothing and is in no group: the seat daemon hands it the screen and the keyboard.
chroot "$root" useradd --uid 1000 --user-group --home-dir /run/kiosk/home --shell /usr/sbin/nologin kiosk
# No password is valid, root's neither.
chroot "$root" passwd --quiet --lock root
# What is in the image, by version
chroot "$root" dpkg-query -W > "$root/packages.txt"
