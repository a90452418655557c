# The other side of the network, in the guest itself: a network namespace "lan" with servers for what a rescue system asks for. It is
# reached over two cards that are one bond (pa, pb), as the plain network 10.77.0.0/24 and as VLAN 42 (10.42.0.0/24), and by radio.
# Wants user, password, share, ssid and radio_password in its environment.
set -e
ip netns add lan
for port in pa pb; do
  ip link add "$port" type veth peer name "$port-lan" netns lan
  ip link set "$port" up
done
in_lan() { ip netns exec lan "$@"; }
in_lan ip link set lo up
in_lan ip link add br0 type bridge
for port in pa pb; do
  in_lan ip link set "$port-lan" master br0
  in_lan ip link set "$port-lan" up
done
in_lan ip link set br0 up
in_lan ip address add 10.77.0.1/24 dev br0
in_lan ip -6 address add fd77::1/64 dev br0 nodad
in_lan ip link add link br0 name br0.42 type vlan id 42
in_lan ip link set br0.42 up
in_lan ip address add 10.42.0.1/24 dev br0.42

# One user for all, with the password's hash for SSH; what overlayfs holds cannot be exported.
mkdir -p /srv/files
mount -t tmpfs -o mode=777 files /srv/files
mkdir -m 777 /srv/files/images "/srv/files/Bilder & Töne; 'x' \"y\""
printf '%s:x:2001:2001::/srv/files:/bin/sh\n' "$user" >> /etc/passwd
printf '%s:%s:19000:0:99999:7:::\n' "$user" "$(printf '%s' "$password" | openssl passwd -6 -stdin)" >> /etc/shadow
echo /bin/sh >> /etc/shells

mkdir -p /run/samba /var/lib/samba/private /var/cache/samba /var/log/samba
cat > /tmp/smb.conf <<END
[global]
  server role = standalone server
  interfaces = lo br0 br0.42
  unix charset = UTF-8
  map to guest = never
  disable spoolss = yes
  load printers = no
[$share]
  path = /srv/files/images
  read only = no
END
printf '%s\n%s\n' "$password" "$password" | smbpasswd -c /tmp/smb.conf -s -a "$user"
in_lan smbd -s /tmp/smb.conf -D

modprobe nfsd
mkdir -p /var/lib/nfs/v4recovery /var/lib/nfs/sm /run/rpcbind
touch /var/lib/nfs/etab /var/lib/nfs/rmtab
echo '/srv/files *(rw,sync,no_subtree_check,no_root_squash,fsid=0,crossmnt)' > /etc/exports
# The kernel's server belongs to the network that its file system was mounted in.
in_lan sh -e -c 'mount -t nfsd nfsd /proc/fs/nfsd; rpcbind -w; rpc.mountd; exportfs -ra; rpc.nfsd -V 3 -V 4 2'

dropbearkey -t ed25519 -f /tmp/host_key > /tmp/host_key.txt
in_lan dropbear -E -r /tmp/host_key -p 22 -P /tmp/dropbear.pid 2> /tmp/dropbear.log

modprobe mac80211_hwsim radios=2
phy=$(iw dev | sed -n 's/^phy#/phy/p' | tail -n 1)
iw phy "$phy" set netns name lan
radio=$(in_lan iw dev | awk '$1 == "Interface" { print $2; exit }')
cat > /tmp/hostapd.conf <<END
interface=$radio
driver=nl80211
hw_mode=g
channel=1
ssid2="$ssid"
utf8_ssid=1
wpa=2
wpa_key_mgmt=WPA-PSK
rsn_pairwise=CCMP
wpa_passphrase=$radio_password
END
in_lan ip address add 10.78.0.1/24 dev "$radio"
in_lan hostapd -B -f /tmp/hostapd.log /tmp/hostapd.conf
in_lan dnsmasq --conf-file=/dev/null --port=0 --pid-file=/tmp/dnsmasq.pid --bind-dynamic --interface="$radio" \
  --dhcp-range=10.78.0.50,10.78.0.60,1h --dhcp-leasefile=/tmp/leases
