#!/bin/sh
# Installs packages on top of a finished root and leaves only what they added, for linux/layer.ts:
#   install-layer.sh ROOT UPPER WORK MOUNTPOINT DEBS PACKAGE...
# DEBS is a folder with .deb files, which packages name as /run/debs/FILE.
# Runs in a mount namespace of its own (unshare --mount), so a kill leaves no mounts behind.
set -eu
root=$1 upper=$2 work=$3 merged=$4 debs=$5
shift 5

mount -t overlay overlay -o "lowerdir=$root,upperdir=$upper,workdir=$work" "$merged"
mount -t proc proc "$merged/proc"
# /dev of the host, as mmdebstrap does: package scripts write to /dev/null and read /dev/urandom
mount --rbind /dev "$merged/dev"
mount -t tmpfs -o mode=755 run "$merged/run"
mkdir "$merged/run/debs"
mount --bind "$debs" "$merged/run/debs"

# Name resolution and apt settings of this machine are for the build only.
cp /etc/resolv.conf /etc/hosts "$merged/etc/"
printf '%s\n' "${APT_OPTIONS:-}" > "$merged/etc/apt/apt.conf.d/99build"
# No daemon may start in the build machine.
printf '#!/bin/sh\nexit 101\n' > "$merged/usr/sbin/policy-rc.d"
chmod +x "$merged/usr/sbin/policy-rc.d"

export DEBIAN_FRONTEND=noninteractive INITRD=No
chroot "$merged" apt-get -q update
chroot "$merged" apt-get -q install -y --no-install-recommends "$@"
"${0%/*}/list-packages.sh" "$merged" "$upper"
rm -f "$merged/etc/apt/apt.conf.d/99build" "$merged/usr/sbin/policy-rc.d" "$merged/etc/resolv.conf" "$merged/etc/hosts"

# What the overlay notes of the files below (handles, made of inode numbers of this machine) differs in each build, and means nothing
# where the layer is stacked again. Files that are gone and folders that hide others (trusted.overlay.opaque) stay marked.
umount -R "$merged"
for note in origin impure nlink uuid; do
  find "$upper" -exec setfattr -h -x "trusted.overlay.$note" {} + 2>/dev/null || true # most files have none
done
if getfattr -R -h -P -m '^trusted\.overlay\.(origin|impure|nlink|uuid)$' "$upper" 2>/dev/null | grep . >&2; then
  echo "the layer still has notes of this machine's overlay" >&2
  exit 1
fi
