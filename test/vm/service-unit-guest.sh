# On a Debian with systemd, Lifeboat in /opt/lifeboat, as root: installs the server by the commands of docs/server.md (install-commands),
# and says on the serial port what came of it. Each step waits for what it names.
cd /opt/lifeboat || exit
export SYSTEMD_PAGER=cat
say() { echo "UNIT $*"; }
# Who waits in vain for two minutes shows what the server says.
until_true() {
  tries=0
  until eval "$1"; do
    sleep 1
    tries=$((tries + 1))
    [ $((tries % 120)) -ne 0 ] || journalctl -u lifeboat -o cat | tail -15
  done
}
property() { systemctl show --property "$1" --value lifeboat; }
# The line of the console is the last that a server prints when it is ready.
is_up() { [ "$(property ActiveState)" = active ] && journalctl -o cat -u lifeboat "_PID=$(property MainPID)" | grep -q "The console is at"; }

mkdir -p /srv/lifeboat
head -c 300000 /dev/urandom > /srv/lifeboat/bios.0
cat > /usr/local/bin/write-settings <<END
#!/bin/sh
cp /opt/lifeboat/server.yaml "\$1"
chgrp lifeboat "\$1"
chmod 640 "\$1"
END
chmod +x /usr/local/bin/write-settings
export EDITOR=write-settings

# The interface has no address yet.
set -e
. ./install-commands
set +e
until_true '[ "$(property NRestarts)" -ge 2 ]'
say "restarts $(property NRestarts)"
ip address add 10.0.2.15/24 dev eth0
ip link set lo up
ip link set eth0 up
until_true is_up
say "code $(journalctl -u lifeboat -o cat | sed -n "s/.* with the code //p" | tail -1)"

pid=$(property MainPID)
say "user $(ps -o user= -p "$pid"), capabilities $(sed -n 's/^CapEff:\t//p' "/proc/$pid/status")"
say "sockets $(ss -Hlnup | grep -oE ':(67|69|4011) ' | sort -u | tr -d '\n')"
atftp --get --remote-file bios.0 --local-file /root/got 10.0.2.15 && cmp /root/got /srv/lifeboat/bios.0 && say "tftp same"
echo "correct horse 7" > /root/password
LIFEBOAT_STATE=/var/lib/lifeboat ./lifeboat serve user add vera --role viewer --config /etc/lifeboat/server.yaml --password-file /root/password
say "user-add $?"
say "hash $(sha256sum < /srv/lifeboat/bios.0 | cut -d ' ' -f 1)"
say "ask 1"
read -r _ # until the host has asked

before=$(property NRestarts)
kill -9 "$pid"
until_true '[ "$(property NRestarts)" -gt "$before" ] && is_up && [ "$(property MainPID)" != "$pid" ]'
say "ask 2"
read -r _

systemctl stop lifeboat
say "stopped $(property Result) $(property ExecMainStatus)"
say "denied $(journalctl -u lifeboat -o cat | grep -cE 'EPERM|EACCES|EROFS')"
journalctl -u lifeboat -o cat | tail -40
say end
systemctl poweroff
