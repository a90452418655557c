import type { SentencesOf } from "#ui/i18n/tell.ts";

export const identityWords: SentencesOf<"identity"> = {
  "identity.name": (p) =>
    `Llamar al equipo ${p.name}${p.old === "" ? "" : `, que era ${p.old}`}${p.isToo ? ": aquí también" : ""}`,
  "identity.no-name": (p) =>
    `«${p.name}» no es nombre para un equipo: letras, cifras y guiones, 63 como mucho, sin dominio`,
  "identity.machine-id": "Dejar que el sistema se dé un nuevo machine-id en el próximo arranque",
  "identity.dbus-link": "Hacer que D-Bus use el machine-id del sistema, no la copia que había guardado del antiguo",
  "identity.dbus": "Dejar que D-Bus dé al equipo un identificador nuevo en el próximo arranque",
  "identity.entry-token": "Conservar el nombre por el que el menú de arranque conoce los núcleos de este sistema",
  "identity.ssh-key":
    "Quitar una clave de servidor SSH del equipo del que este es copia; a sus clientes se les avisará de otras nuevas",
  "identity.ssh-now": "Hacer claves de servidor SSH para este equipo",
  "identity.ssh-once":
    "Hacer que se creen claves de servidor SSH en el próximo arranque, una vez: esta distribución no lo hace por sí sola",
  "identity.ssh-kept":
    "Las claves de servidor SSH siguen siendo las del equipo antiguo: no hay un ssh-keygen que haga otras",
  "identity.dropbear":
    "Las claves del servidor SSH en el initramfs (dropbear) se quedan: sin ellas nadie podría desbloquear el disco a distancia",
  "identity.leases":
    "Olvidar quién era el equipo antiguo para los servidores DHCP, o ambos recibirían la misma dirección",
  "identity.dhcp-by-hand": (p) =>
    `${p.path} da a este sistema a mano una identidad para DHCP: la misma en ambos equipos, si no se cambia`,
  "identity.iscsi": "Dejar que el sistema se dé un nombre nuevo para iSCSI en el próximo arranque",
  "identity.iscsi-told": (p) =>
    `Al almacenamiento que deja entrar a ${p.name} por iSCSI hay que decirle el nombre nuevo`,
  "identity.nvme": (p) => `${p.path} se queda: es el nombre de este sistema para NVMe por red`,
  "identity.seed": "Quitar la semilla de números aleatorios que también tiene el equipo antiguo",
  "identity.credentials": (p) =>
    `${p.path} se queda: lo que los servicios han cifrado con él ya no se podría leer (systemd-creds(1))`,
  "identity.cloud-init": "Hacer que cloud-init tome este equipo por uno nuevo",
  "identity.cloud-init-again":
    "cloud-init configura este equipo otra vez en el próximo arranque, con lo que diga su nube o su propia configuración: usuarios, claves, red",
  "identity.cloud-init-name": "Impedir que cloud-init dé otro nombre al equipo",
  "identity.address": (p) =>
    `${p.path} da al equipo la dirección ${p.list.join(", ")}: cámbiela antes de que ambos estén en una misma red`,
  "identity.mac": (p) =>
    `${p.path} da a la tarjeta una dirección propia (MAC): dos equipos con ella no deben estar en una misma red`,
  "identity.wireguard": (p) => `${p.path} tiene la clave privada de un túnel: solo un equipo a la vez puede usarla`,
  "identity.computer": (p) => `El equipo se llama ${p.name}`,
  "identity.guid": "Los programas conocen el equipo por un GUID nuevo",
  "identity.wsus": "Los servidores de actualizaciones (WSUS) lo toman por un equipo nuevo",
  "identity.dhcpv6": "DHCPv6 lo toma por un equipo nuevo",
  "identity.domain": (p) =>
    `El equipo pertenece a ${p.domain}: su cuenta allí es la del equipo del que se copió; sáquelo del dominio, únalo de nuevo y no tenga nunca ambos en marcha antes`,
  "identity.sid":
    "El SID del equipo se queda como está: figura en todas las listas de acceso y en las cuentas, y dos equipos con un mismo SID no se estorban fuera de un dominio",
  "identity.fixed": (p) =>
    `El equipo tiene direcciones fijas (${p.list.join(", ")}): junto al equipo del que se copió, uno de los dos tiene que cambiarlas`,
  "identity.tailscale":
    "Tailscale toma ambos equipos por uno: ejecute `tailscale logout` y `tailscale up` en uno de ellos",
  "identity.zerotier": "ZeroTier toma ambos equipos por uno: quite identity.secret e identity.public en uno de ellos",
  "identity.netbird": "NetBird toma ambos equipos por uno: registre uno de ellos de nuevo",
  "identity.snapd": "snapd está registrado en la tienda como el equipo antiguo",
  "identity.landscape": "Landscape toma ambos equipos por uno: ejecute `landscape-config` en uno de ellos",
  "identity.ubuntu-pro":
    "Ubuntu Pro cuenta ambos equipos como uno: ejecute `pro detach` y `pro attach` en uno de ellos",
  "identity.red-hat":
    "La suscripción de Red Hat es la del equipo antiguo: ejecute `subscription-manager clean` y registre uno de ellos de nuevo",
  "identity.suse":
    "El registro de SUSE es el del equipo antiguo: ejecute `SUSEConnect --cleanup` y registre uno de ellos de nuevo",
  "identity.kerberos":
    "La cuenta del equipo en Kerberos o Active Directory es la del antiguo: una de nuevo uno de ellos al dominio",
  "identity.samba": "Samba tiene la cuenta del equipo en un dominio: una de nuevo uno de ellos",
  "identity.salt": "Salt toma ambos equipos por uno: quite las claves del minion y su identificador en uno de ellos",
  "identity.puppet": "Puppet conoce el equipo por su certificado antiguo",
  "identity.kubernetes": "Es un nodo de un clúster de Kubernetes: restablezca uno de ellos y únalo de nuevo",
  "identity.docker-swarm": "Es un nodo de un swarm de Docker: haga que uno de ellos salga y se una de nuevo",
  "identity.hostid": "/etc/hostid se queda, pues ZFS conoce por él sus pools",
  "identity.snakeoil":
    "Hay servicios que usan un certificado propio del equipo antiguo: `make-ssl-cert generate-default-snakeoil --force-overwrite` hace otro",
};
