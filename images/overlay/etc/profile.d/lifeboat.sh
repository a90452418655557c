# The proxy of the network settings, for shells.
[ ! -r /run/lifeboat/network/proxy.sh ] || . /run/lifeboat/network/proxy.sh
