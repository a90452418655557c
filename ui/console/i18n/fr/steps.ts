import type { StepWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import { plural } from "#ui/i18n/fr/plural.ts";

const { bytes, duration, number } = createFormat(frLocale);

const named = ({ found, more }: { found: readonly string[]; more: number }): string =>
  found.length === 0 ? "" : ` (${found.join(", ")}${more > 0 ? ` et ${number(more)} de plus` : ""})`;

export const steps: StepWords = {
  "step.card": (p) => `${p.interface} : ${p.text}`,
  "step.http": (p) =>
    `${p.client} HTTP ${p.method} ${p.file} : ${p.status}, ${bytes(p.bytes)} en ${duration(p.seconds)}`,
  "step.http-broken": (p) => `${p.client} HTTP ${p.method} ${p.file} : ${p.status}, interrompu après ${bytes(p.bytes)}`,
  "step.lost": (p) => `${p.code} : ${p.text}`,
  "step.back": (p) => `${p.interface} est de retour : le service est à nouveau offert à ${p.address}`,
  "step.menu": (p) => `${p.client} a le menu ${p.title}`,
  "step.menu-chosen": (p) => `${p.client} démarre ${p.title}`,
  "step.menu-refused": (p) => `${p.client} ne démarre pas ${p.title} : ${p.reason}`,
  "step.offered": (p) => `${p.address} est proposée à ${p.mac}`,
  "step.bound": (p) => `${p.mac} a ${p.address}`,
  "step.renewed": (p) => `${p.mac} garde ${p.address}`,
  "step.released": (p) => `${p.mac} rend ${p.address}`,
  "step.declined": (p) => `${p.mac} ne prend pas ${p.address} : un autre ordinateur l’utilise. Elle repose dix minutes`,
  "step.conflict": (p) =>
    `${p.address} n’a pas été proposée à ${p.mac} : un autre ordinateur l’utilise (${p.user}). Elle repose dix minutes`,
  "step.address-refused": (p) => `${p.mac} ne peut pas utiliser ${p.address} : ${p.reason}`,
  "step.none-free": (p) => `${p.mac} ne reçoit pas d’adresse : aucune n’est libre dans ${p.subnet}`,
  "step.relay": (p) => `${p.mac} ne reçoit pas d’adresse : le relais ${p.relay} n’est dans aucun réseau connu ici`,
  "step.other-server": (p) =>
    `Un autre serveur DHCP donne des adresses ici : ${p.server}. L’un des deux doit partir, sinon les ordinateurs reçoivent des adresses de deux sortes`,
  "step.other-server-taken": (p) =>
    `Un autre serveur DHCP donne des adresses ici : ${p.server} (${p.mac} a pris son offre). L’un des deux doit partir, sinon les ordinateurs reçoivent des adresses de deux sortes`,
  "step.not-saved": (p) => `Les baux ne peuvent pas être enregistrés, donc aucune adresse n’est donnée : ${p.reason}`,
  "step.answered": (p) => `${p.mac} (${p.kind}) doit charger ${p.file}`,
  "step.passed-over": (p) => `${p.mac} (${p.kind}) ne reçoit pas de réponse : ${p.reason}`,
  "kind.http": (p) => `${p.kind}, démarrage HTTP`,
  "kind.unknown": (p) => `architecture no ${p.code}`,
  "step.tftp-begins": (p) => `${p.client} TFTP ${p.file} : commence`,
  "step.tftp-refused": (p) => `${p.client} TFTP ${p.file} : ${p.reason}`,
  "step.tftp": (p) => `${p.client} TFTP ${p.file} : ${bytes(p.bytes)} en ${duration(p.seconds)}`,
  "step.tftp-resent": (p) =>
    `${p.client} TFTP ${p.file} : ${bytes(p.bytes)} en ${duration(p.seconds)}, blocs renvoyés : ${number(p.blocks)}`,
  "step.tftp-ended": (p) =>
    `${p.client} TFTP ${p.file} : ${p.outcome} après ${bytes(p.bytes)} sur ${bytes(p.size)}${p.reason === "" ? "" : ` (${p.reason})`}`,
  "notice.cleaned": (p) =>
    [
      `${p.name} : ${plural(p.count, { one: "# point supprimé", many: "# de points supprimés", other: "# points supprimés" })}${named(p)}, ${bytes(p.freed)} libérés${p.later > 0 ? `, ${bytes(p.later)} de plus une prochaine fois` : ""}`,
      ...p.warnings,
    ].join(" ; "),
};
