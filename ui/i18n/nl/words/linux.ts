import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(nlLocale);

const card = (isWireless: boolean): string => (isWireless ? "draadloze netwerkkaart" : "netwerkkaart");
const madeBy = (maker: string): string =>
  `${maker === "" ? "Waarmee zij wordt gemaakt, is hier niet bekend" : `Zij wordt gemaakt door ${maker}, dat hier niet bekend is`}: als de schijf van de nieuwe computer er een van nodig heeft, start dit systeem niet`;

export const linuxWords: SentencesOf<"linux"> = {
  "linux.is": (p) => `${p.old} is ${p.name}`,
  "linux.not-there": (p) => `${p.device} is er niet meer`,
  "linux.in-file": (p) => `${p.path}: ${p.problem}`,
  "linux.other-disk": "het was op een andere schijf dan het systeem",
  "linux.whole-disk": "het noemt een schijf als geheel",
  "linux.no-partition": (p) => `deze schijf heeft geen volume in een partitie ${p.number}`,
  "linux.partition-holds": (p) => `partitie ${p.number} bevat ${p.filesystem}`,
  "linux.no-uuid": "het heeft geen UUID",
  "linux.filesystem-no-uuid": "het bestandssysteem heeft geen UUID",
  "linux.unmounted": (p) => `${p.folder} (${p.device}): ${p.why}`,
  "linux.elsewhere": "het staat op geen volume van deze schijf dat kan worden geopend",
  "linux.link-to-root": "een verwijzing leidt naar de root",
  "linux.no-filesystem": (p) => `geen stuurprogramma voor ${p.filesystem}`,
  "linux.fstab": (p) =>
    `Koppelen op UUID, niet op de namen die apparaten op de oude computer hadden: ${p.list.join(", ")}`,
  "linux.fstab-missing": "Er is geen /etc/fstab: dit systeem koppelt volgens de typen van zijn partities",
  "linux.fstab-unknown": (p) =>
    `/etc/fstab koppelt ${p.device} op ${p.folder}, en wat dat hier betekent, is niet bekend: ${p.why}`,
  "linux.fstab-unknown-swap": (p) =>
    `/etc/fstab gebruikt ${p.device} als wisselgeheugen, en wat dat hier betekent, is niet bekend: ${p.why}`,
  "linux.fstab-options": (p) => `/etc/fstab noemt ${p.device} in de opties van ${p.folder}`,
  "linux.fstab-elsewhere": (p) =>
    `/etc/fstab koppelt ${p.device} op ${p.folder}, en dat staat niet op deze schijf: daar blijft de start steken, tenzij de regel de optie nofail krijgt`,
  "linux.fstab-elsewhere-swap": (p) =>
    `/etc/fstab gebruikt ${p.device} als wisselgeheugen, en dat staat niet op deze schijf: elke start wacht erop`,
  "linux.crypttab": (p) => `Versleutelde volumes openen, waar hun schijf ook is aangesloten: ${p.list.join(", ")}`,
  "linux.crypttab-unknown": (p) =>
    `/etc/crypttab opent ${p.device} als ${p.name}${p.isScratch ? ", dat bij elke start wordt overschreven" : ""}, en wat dat hier betekent, is niet bekend: ${p.why}`,
  "linux.key-unknown": (p) =>
    `De sleutel van ${p.name} in /etc/crypttab staat op ${p.device}, en wat dat hier betekent, is niet bekend: ${p.why}`,
  "linux.opened-early": (p) => `${p.name} wordt geopend voordat de root er is`,
  "linux.resume": (p) => `Ontwaken uit wisselgeheugen dat er is: ${p.list.join(", ")}`,
  "linux.raid": "Leden van RAID op alle schijven zoeken, niet op de namen die ze op de oude computer hadden",
  "linux.raid-members": "RAID met leden op andere schijven start zonder de leden die er niet zijn",
  "linux.lvm-devices": "LVM op alle schijven laten kijken: zijn lijst noemt de schijven van de oude computer",
  "linux.lvm-filter": "LVM op alle schijven laten kijken: het filter noemt die van de oude computer",
  "linux.multipath": (p) =>
    `${p.path} noemt schijven van de oude computer (${p.count}); multipath slaat ze over als ze er niet zijn`,
  "linux.multipath-bound": (p) =>
    `${p.path} is aan bepaalde schijven gebonden: kijk het na als dit systeem hier multipath moet gebruiken`,
  "linux.arguments": (p) => `Het systeem op UUID starten: ${p.list.join(", ")}`,
  "linux.arguments-room": (p) => `${p.path} heeft geen ruimte voor namen die blijven`,
  "linux.argument-gone": (p) => `${p.argument} staat op geen volume van deze schijf`,
  "linux.argument-why": (p) => `${p.argument}: ${p.why}`,
  "linux.argument-no-uuid": (p) => `${p.argument} heeft geen UUID`,
  "linux.argument-resume": (p) => `${p.argument} gaat weg, want zulk wisselgeheugen is er niet`,
  "linux.grub-uuid": "GRUB de root bij zijn UUID laten noemen, ook als zijn configuratie later wordt gemaakt",
  "linux.esp-unmounted": (p) =>
    `De EFI-systeempartitie ${p.number} is nergens in dit systeem gekoppeld, en de inhoud is niet op namen van apparaten nagekeken`,
  "linux.card-named": (p) =>
    `De kaart ${p.mac}${p.name === "" ? "" : ` (${p.name})`} ${p.called} noemen, zoals die van de oude computer heette, zodat de netwerkinstellingen gelden`,
  "linux.card-only": (p) =>
    `De enige ${card(p.isWireless)} ${p.called} noemen, zoals die van de oude computer heette, zodat de netwerkinstellingen gelden; zijn er hier meer kaarten, dan krijgt de eerste die wordt gevonden ze`,
  "linux.card-instead": (p) => `Voor de kaart ${p.mac} maken, in plaats van ${p.old}`,
  "linux.card-new": (p) => `Voor de kaart ${p.mac} maken, in plaats van die van de oude computer`,
  "linux.card-any": (p) => `Voor de kaart maken die er is, welk adres zij ook heeft; het was ${p.old}`,
  "linux.card-match": (p) => `Voor de kaart maken die er is, welk adres zij ook heeft: ${p.list.join(", ")}`,
  "linux.cards": "Voor de kaarten van deze computer maken, in plaats van die van de oude",
  "linux.cards-listed": (p) => `Voor de kaarten van deze computer maken: ${p.list.join(", ")}`,
  "linux.card-whichever": (p) => `${p.old} is de kaart die ${p.name} heet`,
  "linux.cards-named":
    "De kaarten van deze computer noemen zoals die van de oude heetten, en de kaarten vergeten die er niet zijn",
  "linux.card-unknown": (p) =>
    `Er zijn netwerkinstellingen voor de ${card(p.isWireless)} ${p.card}, en welke kaart haar plaats inneemt, moet worden gezegd: ${p.choice}`,
  "linux.here-unknown": "welke kaarten deze computer heeft, is niet bekend",
  "linux.here-none": "deze computer heeft er geen",
  "linux.here": (p) => `deze computer heeft ${p.cards}`,
  "linux.udev-rules": (p) =>
    `${p.path} heeft regels voor apparaten van de oude computer, op serienummer of plaats; hier doen ze niets`,
  "linux.barred": (p) =>
    `${p.path} verhindert dat het systeem ${p.list.join(", ")} laadt: van een schijf die dat nodig heeft, start het niet`,
  "linux.graphics": (p) =>
    `${p.path} is voor het beeld van de oude computer: blijft het scherm donker, haal het bestand dan weg`,
  "linux.unified": (p) =>
    `${p.path} is een kernel met zijn initramfs erin: wat het maakt (mkinitcpio, dracut --uefi, ukify), moet het opnieuw maken, anders start het met de stuurprogramma’s van de oude computer`,
  "linux.and-more": (p) => `${p.list.join(", ")} en nog ${p.others}`,
  "linux.no-kernel":
    "Er is geen kernel met modules gevonden, dus over de stuurprogramma’s bij de start is niets te zeggen",
  "linux.part-missing": (p) =>
    `De initramfs kan niet opnieuw worden gemaakt, want een deel van het systeem is er niet: ${p.what}`,
  "linux.start-file": (p) =>
    `De initramfs van kernel ${p.version} opnieuw maken, met stuurprogramma’s voor alle hardware`,
  "linux.start-file-lacks": (p) =>
    `De initramfs van kernel ${p.version} opnieuw maken, met stuurprogramma’s voor alle hardware; er ontbreekt ${p.drivers}`,
  "linux.start-files": (p) => p.list.join(". "),
  "linux.start-unread": (p) => `De initramfs van kernel ${p.version} kon niet worden gelezen. ${madeBy(p.maker)}`,
  "linux.start-lacks": (p) =>
    `In de initramfs van kernel ${p.version} ontbreken deze stuurprogramma’s: ${p.drivers}. ${madeBy(p.maker)}`,
  "linux.start-missing": (p) =>
    `De initramfs van kernel ${p.version} is er niet, en in de kernel zelf ontbreken deze stuurprogramma’s: ${p.drivers}. ${madeBy(p.maker)}`,
  "linux.boot-full": (p) =>
    `/boot heeft maar ${bytes(p.free)} vrij, en een initramfs voor alle hardware kan ${bytes(p.size)} innemen: past er een niet, dan blijft de oude`,
  "linux.modules-most":
    "De stuurprogramma’s van alle gangbare hardware in de initramfs opnemen, niet alleen die van de oude computer",
  "linux.hook":
    "De stuurprogramma’s van alle soorten schijven in de initramfs opnemen, ook als zij later opnieuw wordt gemaakt",
  "linux.dracut":
    "De initramfs voor alle hardware laten maken, niet alleen die van de oude computer, ook als zij later opnieuw wordt gemaakt",
  "linux.containers":
    "De initramfs opent alle LVM, LUKS en RAID die zij vindt (rd.auto=1), omdat de root in zoiets staat",
  "linux.autodetect": "De hook `autodetect` weglaten, zodat de initramfs de stuurprogramma’s van alle hardware bevat",
  "linux.preset": "De gewone initramfs ook voor alle hardware maken",
  "linux.no-block":
    "/etc/mkinitcpio.conf heeft de hook `block` niet, dus de initramfs bevat geen stuurprogramma’s van schijven behalve die in MODULES",
  "linux.relabel":
    "SELinux alle bestanden opnieuw laten labelen: de eerste start duurt enkele minuten langer en eindigt in een tweede",
};
