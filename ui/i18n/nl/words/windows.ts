import type { SentencesOf } from "#ui/i18n/tell.ts";

export const windowsWords: SentencesOf<"windows"> = {
  "windows.asleep": (p) => `${p.state}: er wordt niets in veranderd`,
  "windows.asleep-boot": (p) => `${p.state}: de opstartconfiguratie blijft zoals zij is`,
  "windows.asleep-undo": (p) => `${p.state}: er wordt niets teruggedraaid`,
  "windows.next-asleep":
    "Start Windows nog een keer waar het draaide, en sluit het volledig af (shutdown /s /t 0). Of kies om een sluimerende sessie weg te gooien: wat daarin open en niet opgeslagen was, gaat dan verloren, bestanden op de schijf niet.",
  "windows.session-discarded": (p) => `${p.state}: die sessie wordt verwijderd`,
  "windows.session-removed": "De sluimerende sessie verwijderen, die bij geen andere hardware past",
  "windows.hives-recovered": (p) =>
    `Windows had zijn register niet tot het einde geschreven (${p.list.join(", ")}): het wordt uit zijn logboeken heel gemaakt`,
  "windows.bitlocker":
    "Een volume is met BitLocker versleuteld: op een andere computer opent de TPM het niet, en Windows vraagt bij de start om de herstelsleutel",
  "windows.setup": (p) =>
    `Een installatie van Windows is niet klaar en gaat bij de start verder (${p.command}); zij wordt gelaten zoals zij is`,
  "windows.server-disks":
    "Een Windows-server houdt andere schijven soms offline als hun controller is veranderd: Schijfbeheer brengt ze online",
  "windows.activation":
    "Windows, Office en andere programma’s vragen op andere hardware misschien om opnieuw te worden geactiveerd: geen programma kan dat veranderen",
  "windows.page-file": (p) =>
    `Het wisselbestand ${p.file} staat op een volume dat niet op deze schijf is: Windows start zonder`,
  "windows.crash": "Een fout bij de start blijft op het scherm staan",
  "windows.hive": (p) =>
    `Waarden van het register veranderen: ${p.count} (${p.hive}${p.isWhole ? "" : ", uit zijn logboeken heel gemaakt"})`,
  "windows.hive-log": (p) => `Een logboek van het registerbestand ${p.hive} leegmaken`,
  "windows.mounted": (p) => `${p.name} is de partitie waar zij nu is`,
  "windows.mounted-gone": (p) => `${p.name} noemt een partitie die er niet meer is`,
  "windows.letter": (p) => `Het volume van Windows blijft ${p.letter}`,
  "windows.storage": (p) => `${p.driver} (${p.drives}) wordt geladen als Windows start`,
  "windows.sata": "SATA-controllers (AHCI)",
  "windows.ide": "IDE-controllers",
  "windows.raid": "andere RAID-controllers",
  "windows.cards": "geheugenkaarten (eMMC)",
  "windows.two": (p) => `${p.first} en ${p.second}`,
  "windows.filter": (p) =>
    `Het filter ${p.list.join(", ")} van ${p.devices} wordt weggehaald: het stuurprogramma is er niet`,
  "windows.disks": "schijven",
  "windows.controllers": "schijfcontrollers",
  "windows.ide-controllers": "IDE- en SATA-controllers",
  "windows.volumes": "volumes",
  "windows.tools": (p) => `${p.driver}, van ${p.maker}, wordt niet meer geladen`,
  "windows.old-xen": "Xen (oude stuurprogramma’s van Red Hat)",
  "windows.controller": (p) =>
    `Windows heeft geen stuurprogramma voor de schijfcontroller ${p.id}: geef de map met het stuurprogramma van de maker`,
  "windows.driver-loaded": (p) => `Het stuurprogramma ${p.driver} van ${p.inf} wordt geladen als Windows start`,
  "windows.driven": (p) => `${p.id} wordt aangestuurd door ${p.driver}`,
  "windows.bound": (p) => `Kenmerken van apparaten (${p.count}) horen bij ${p.driver} van ${p.inf}`,
  "windows.driver-file": (p) => `Een stuurprogramma neerzetten (${p.architecture})`,
  "windows.file-replaced": (p) =>
    `${p.path} was er met een andere inhoud, en wordt vervangen door dat van de map; het oude wordt bewaard`,
  "windows.staged": "Een stuurprogramma neerzetten waar Windows het vandaan installeert",
  "windows.script": "De stuurprogramma’s in \\Lifeboat\\Drivers installeren als Windows start, en zichzelf verwijderen",
  "windows.first-start": "Windows installeert de stuurprogramma’s in \\Lifeboat\\Drivers bij zijn eerste start",
  "windows.device-path": "Windows zoekt ook in \\Lifeboat\\Drivers naar stuurprogramma’s",
  "windows.drivers-unfit": (p) =>
    `Geen van de stuurprogramma’s in de mappen is voor ${p.isMachine ? "deze computer" : "deze Windows"} (${p.count} voor deze Windows, ${p.others} voor andere)`,
  "windows.folder-large": (p) =>
    `${p.path}: niet alles is bekeken: er staan te veel bestanden in voor een map met stuurprogramma’s`,
  "windows.inf-large": (p) => `${p.path}: te groot voor de beschrijving van een stuurprogramma`,
  "windows.not-installed": (p) =>
    `${p.inf} wordt later niet geïnstalleerd: ${p.list.join(", ")} ontbreekt of is te groot`,
  "windows.no-own-driver": (p) => `${p.inf}, ${p.section}: er wordt geen eigen stuurprogramma neergezet: ${p.why}`,
  "windows.goes-on": (p) => `het gaat verder met ${p.list.join(", ")} van Windows`,
  "windows.has-none": "het heeft er geen",
  "windows.not-put-in": (p) => `${p.inf}: ${p.driver} wordt niet neergezet: ${p.why}`,
  "windows.no-driver": (p) => `het is geen stuurprogramma (type ${p.type})`,
  "windows.own-driver": "Windows heeft een eigen stuurprogramma met die naam",
  "windows.bad-names": "de namen erin zijn er geen",
  "windows.no-device": "het noemt geen apparaat",
  "windows.other-package": "Windows heeft een ander pakket met die naam, en dat blijft",
  "windows.file-missing": (p) => `het bestand ${p.file} staat niet in de map`,
  "windows.no-program": (p) => `${p.file} is geen programma voor Windows`,
  "windows.wrong-architecture": (p) => `${p.file} is voor ${p.architecture}, en deze Windows is ${p.own}`,
  "windows.unsigned": (p) => `${p.file} bevat geen handtekening, en zonder start 64-bits Windows er niet mee`,
  "windows.manager": "Het opstartbeheer van Windows neerzetten waar het hoort",
  "windows.boot-file": "Een startbestand kopiëren dat Windows zelf bevat",
  "windows.no-boot-files": (p) => `Deze Windows kan niet met BIOS gaan starten: ${p.path} is er niet`,
  "windows.no-loader": (p) => `Windows heeft geen lader voor deze firmware: ${p.path} is er niet`,
  "windows.needs-csm":
    "Deze Windows is ouder dan 8: met UEFI heeft het firmware nodig waarvan de compatibiliteitsmodule (CSM) aan staat en Secure Boot uit",
  "windows.other-firmware": "Wat Windows met de andere soort firmware start, staat ernaast en blijft",
  "windows.store": "Het opstartbeheer van Windows vertellen waar alles is",
  "windows.store-new": "De opstartconfiguratie van Windows opnieuw maken",
  "windows.store-log": "Een logboek van de opstartconfiguratie leegmaken",
  "windows.store-missing": "Er was geen opstartconfiguratie: er wordt een nieuwe gemaakt",
  "windows.store-damaged": (p) => `${p.problem}: er wordt een nieuwe gemaakt, de oude wordt bewaard`,
  "windows.entry-elsewhere": (p) =>
    `De opstartconfiguratie noemt een partitie die niet op deze schijf is (${p.what}: ${p.partition}); dat blijft zoals het is`,
  "windows.gpt-partition": (p) => `partitie ${p.partition} van schijf ${p.disk}`,
  "windows.mbr-partition": (p) => `partitie vanaf byte ${p.start} van schijf ${p.disk}`,
  "windows.list-programs": "Alle veranderingen opschrijven, om ze te kunnen terugdraaien",
  "windows.list-people": "Alle veranderingen opschrijven, voor mensen",
  "windows.list-regedit": (p) => `Opschrijven hoe de waarden van ${p.hive} waren, voor Regedit`,
  "windows.undo-file": "Een bestand terugbrengen zoals het was",
  "windows.undo-new": "Een bestand verwijderen dat er niet was",
  "windows.undo-log": "Een logboek leegmaken van wat sindsdien is veranderd",
  "windows.undo-alone":
    "Opstartcode vóór partities, de actieve partitie en vermeldingen van de firmware blijven zoals ze zijn: met de oude bestanden starten ze wat ze startten",
  "windows.undo-linux":
    "Wat in een Linux op deze schijf is veranderd, blijft; de oude bestanden staan in /var/lib/lifeboat",
  "windows.undo-lost": (p) => `Niet bewaard, en weg: ${p.list.join(", ")}`,
};
