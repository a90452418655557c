#!/bin/sh
# Last step of mmdebstrap (--customize-hook), called with the root: what dpkg does not do.
set -eu
root=$1

# The browser's user. It owns nothing and is in no group: the seat daemon hands it the screen and the keyboard.
chroot "$root" useradd --uid 1000 --user-group --home-dir /run/kiosk/home --shell /usr/sbin/nologin kiosk
# Accounts that packages of layers would make. Here, because a layer that changes the list would hide what another one added.
chroot "$root" useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin messagebus
chroot "$root" groupadd --system rdma
# No password is valid, root's neither.
chroot "$root" passwd --quiet --lock root
"${0%/*}/list-packages.sh" "$root" "$root"
