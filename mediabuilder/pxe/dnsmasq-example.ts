import { BIOS_LOADER } from "./pxe-set.ts";
import type { ServerUrl } from "./server-url.ts";

/** dnsmasq.conf: serves the set beside a DHCP server that is there already; to be adapted, with explanations. */
export const dnsmasqExample = (
  url: ServerUrl | undefined,
): string => `# Serves this folder to computers that start from the network, beside the DHCP server of your network (proxy DHCP):
#   dnsmasq --no-daemon --conf-file=dnsmasq.conf
# Over HTTP it has to be at ${url ? `http://${url.host}${url.path}/` : "http://THIS-SERVER/ (port 80); any web server does"}
# Adapt the two lines with your network and this folder.
port=0
dhcp-range=192.0.2.0,proxy
enable-tftp
tftp-root=/srv/lifeboat

pxe-service=x86PC,"Lifeboat",${BIOS_LOADER}
pxe-service=BC_EFI,"Lifeboat",bootx64.efi
pxe-service=x86-64_EFI,"Lifeboat",bootx64.efi
# iPXE that is there already: load boot.ipxe over HTTP instead.
`;
