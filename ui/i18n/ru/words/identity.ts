import type { SentencesOf } from "#ui/i18n/tell.ts";

export const identityWords: SentencesOf<"identity"> = {
  "identity.name": (p) =>
    `Назвать компьютер ${p.name}${p.old === "" ? "" : ` (был ${p.old})`}${p.isToo ? ": и здесь" : ""}`,
  "identity.no-name": (p) => `«${p.name}» – не имя компьютера: буквы, цифры и дефисы, не больше 63, без домена`,
  "identity.machine-id": "Дать системе при следующем запуске присвоить себе новый machine-id",
  "identity.dbus-link": "Перевести D-Bus на machine-id системы вместо сохранённой копии старого",
  "identity.dbus": "Дать D-Bus при следующем запуске присвоить компьютеру новый идентификатор",
  "identity.entry-token": "Сохранить имя, по которому меню загрузки знает ядра этой системы",
  "identity.ssh-key":
    "Удалить ключ узла SSH того компьютера, копией которого является этот; его клиентам покажут новые",
  "identity.ssh-now": "Создать ключи узла SSH для этого компьютера",
  "identity.ssh-once": "Один раз создать ключи узла SSH при следующем запуске: сам этот дистрибутив так не делает",
  "identity.ssh-kept": "Ключи узла SSH остаются от старого компьютера: нет ssh-keygen, который создал бы другие",
  "identity.dropbear":
    "Ключи сервера SSH в initramfs (dropbear) остаются: без них никто не смог бы разблокировать диск удалённо",
  "identity.leases": "Забыть, кем старый компьютер был для серверов DHCP, иначе оба получат один адрес",
  "identity.dhcp-by-hand": (p) =>
    `В ${p.path} вручную задан идентификатор системы для DHCP: если его не изменить, он будет один на обоих компьютерах`,
  "identity.iscsi": "Дать системе при следующем запуске присвоить себе новое имя для iSCSI",
  "identity.iscsi-told": (p) => `Хранилищу, которое пускает ${p.name} по iSCSI, нужно сообщить новое имя`,
  "identity.nvme": (p) => `${p.path} остаётся: это имя системы для NVMe по сети`,
  "identity.seed": "Удалить начальное значение случайных чисел, которое есть и у старого компьютера",
  "identity.credentials": (p) =>
    `${p.path} остаётся: иначе зашифрованное им службами нельзя было бы прочитать (systemd-creds(1))`,
  "identity.cloud-init": "Дать cloud-init считать этот компьютер новым",
  "identity.cloud-init-again":
    "cloud-init при следующем запуске настроит этот компьютер заново, как указано в облаке или в его собственной конфигурации: пользователи, ключи, сеть",
  "identity.cloud-init-name": "Не дать cloud-init назвать компьютер иначе",
  "identity.address": (p) =>
    `${p.path} даёт компьютеру адрес ${p.list.join(", ")}: измените его, прежде чем оба окажутся в одной сети`,
  "identity.mac": (p) =>
    `${p.path} даёт карте собственный адрес (MAC): два компьютера с ним не должны быть в одной сети`,
  "identity.wireguard": (p) =>
    `В ${p.path} закрытый ключ туннеля: использовать его может только один компьютер одновременно`,
  "identity.tailscale":
    "Tailscale принимает оба компьютера за один: выполните `tailscale logout` и `tailscale up` на одном из них",
  "identity.zerotier":
    "ZeroTier принимает оба компьютера за один: удалите identity.secret и identity.public на одном из них",
  "identity.netbird": "NetBird принимает оба компьютера за один: зарегистрируйте один из них заново",
  "identity.snapd": "snapd зарегистрирован в магазине как старый компьютер",
  "identity.landscape": "Landscape принимает оба компьютера за один: выполните `landscape-config` на одном из них",
  "identity.ubuntu-pro":
    "Ubuntu Pro считает оба компьютера за один: выполните `pro detach` и `pro attach` на одном из них",
  "identity.red-hat":
    "Подписка Red Hat принадлежит старому компьютеру: выполните `subscription-manager clean` и зарегистрируйте один из них заново",
  "identity.suse":
    "Регистрация SUSE принадлежит старому компьютеру: выполните `SUSEConnect --cleanup` и зарегистрируйте один из них заново",
  "identity.kerberos":
    "Учётная запись компьютера в Kerberos или Active Directory осталась от старого: заново введите один из них в домен",
  "identity.samba": "У Samba есть учётная запись компьютера в домене: заново введите один из них в домен",
  "identity.salt": "Salt принимает оба компьютера за один: удалите ключи миньона и его идентификатор на одном из них",
  "identity.puppet": "Puppet знает компьютер по старому сертификату",
  "identity.kubernetes": "Это узел кластера Kubernetes: сбросьте один из них и введите заново",
  "identity.docker-swarm": "Это узел Docker Swarm: выведите один из них и введите заново",
  "identity.hostid": "/etc/hostid остаётся, так как ZFS узнаёт по нему свои пулы",
  "identity.snakeoil":
    "Службы используют самодельный сертификат старого компьютера: другой создаст `make-ssl-cert generate-default-snakeoil --force-overwrite`",
};
