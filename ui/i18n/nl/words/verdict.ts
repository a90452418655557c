import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number } = createFormat(nlLocale);

const ANSWERS = {
  ...{ "will-boot": "start", "will-boot-after": "start na veranderingen" },
  ...{ "will-not-boot": "start niet", unknown: "onbekend" },
} as const;
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

export const verdictWords: SentencesOf<"verdict" | "next"> = {
  "verdict.bcd-elsewhere":
    "De lijst van wat het opstartbeheer van Windows start (Boot\\BCD), is niet op dit volume gevonden; misschien staat die op het volume dat als actief is gemarkeerd",
  "verdict.grub-half": "De eerste sector van GRUB is er, maar niet het deel dat hij laadt",
  "verdict.no-active": "Geen partitie is als actief gemarkeerd, dus een BIOS vindt niets om te starten",
  "verdict.boot-code-unknown":
    "Wat een BIOS van deze schijf start, kent Lifeboat niet: of het met dit systeem verdergaat, is niet te zeggen",
  "verdict.boot-code-other": (p) =>
    `Wat een BIOS van deze schijf start, is van ${p.name}: of het met dit systeem verdergaat, is niet te zeggen`,
  "verdict.boot-code-old-table":
    "De partitietabel wordt van een andere soort, en de opstartcode ervoor is voor de oude",
  "verdict.boot-code-old-ids":
    "Een GRUB in een opstartgebied voor BIOS kan de oude kenmerken hebben ingebouwd, en er worden nieuwe gegeven",
  "verdict.uefi-only":
    "Het is voor UEFI gemaakt: op de schijf staat niets dat een BIOS, waarmee deze computer is gestart, kan uitvoeren",
  "verdict.bios-sectors": (p) => `Een BIOS start niet van een schijf met sectoren van ${number(p.sectorSize)} bytes`,
  "verdict.bios-nvme":
    "Veel computers starten alleen met UEFI van NVMe; of het BIOS van deze het kan, is niet te zeggen",
  "verdict.sectors-unfit": (p) =>
    `Partitie ${p.number} kan niet op de sectoren van ${number(p.sectorSize)} bytes staan die ${p.disk} heeft: ${p.why}`,
  "verdict.sectors-converted": (p) =>
    `De schijf heeft sectoren van ${number(p.sectorSize)} bytes, het image van ${number(p.oldSectorSize)}: de partities worden opnieuw ingedeeld`,
  "verdict.mbr-reach": (p) =>
    `Een MBR-partitietabel reikt tot ${bytes(p.most)}; ${p.disk} heeft ${bytes(p.size)}, en wat daarachter ligt, blijft ongebruikt`,
  "verdict.bitlocker":
    "Windows is met BitLocker versleuteld: op een andere computer, en als firmware of startbestanden veranderen, vraagt het één keer om de herstelsleutel",
  "verdict.luks-tpm":
    "Het wordt geopend met een sleutel in de TPM van de oude computer: op een andere vraagt het om een wachtwoord of herstelsleutel",
  "verdict.firmware-unseen":
    "Deze computer is niet met UEFI gestart, en van een BIOS is niets te zien: moederborden en sommige virtuele machines starten een systeem op hun eigen manier",
  "verdict.no-uefi":
    "De firmware van deze computer is een BIOS dat UEFI niet kent, en het systeem zou voor UEFI worden klaargemaakt",
  "verdict.made-for-bios":
    "Deze computer is nu met UEFI gestart; het systeem zou voor BIOS (ook legacy of CSM) worden klaargemaakt",
  "verdict.made-for-uefi":
    "Deze computer is nu met BIOS (ook legacy of CSM) gestart; het systeem zou voor UEFI worden klaargemaakt",
  "verdict.grub-some-slots": (p) =>
    `${p.grub} opent de LUKS van partitie ${p.number} alleen met het wachtwoord van ${p.count === 1 ? "sleutelplaats" : "sleutelplaatsen"} ${p.slots}: de andere gebruiken Argon2, dat het niet kent`,
  "verdict.grub-no-argon2": (p) =>
    `Het start niet, omdat ${p.grub} de LUKS van partitie ${p.number} niet kan openen, waarin zijn eigen bestanden staan: alle sleutels gebruiken Argon2, dat GRUB pas vanaf 2.14 kent. Op het juiste wachtwoord zegt het “Invalid passphrase”`,
  "verdict.grub-argon2-memory": (p) =>
    `${p.grub} moet de LUKS van partitie ${p.number} openen, waarvan de sleutels Argon2 met 1 GiB geheugen of meer gebruiken: veel computers hebben daarvoor geen vrij stuk, en dan zegt het “Invalid passphrase”`,
  "verdict.root-name": (p) => `Het opstartmenu noemt de root ${p.name}`,
  "verdict.mount-name": (p) => `Het koppelt ${p.folder} als ${p.name}`,
  "verdict.name-old-disk": (p) => `${p.what}: dat noemt de oude schijf of haar oude plaats`,
  "verdict.root-missing": (p) => `${p.what}: dat staat op geen volume van deze schijf dat bekeken kon worden`,
  "verdict.root-elsewhere": (p) =>
    `${p.what}: dat staat op geen volume van deze schijf dat bekeken kon worden. Het start alleen als dat wordt gevonden`,
  "verdict.volume-elsewhere": (p) =>
    `${p.what}: dat staat op geen volume van deze schijf dat bekeken kon worden. Het start niet zoals gewoonlijk, tenzij dat op een andere schijf van de computer staat`,
  "verdict.name-old-table": (p) => `${p.what}, en met de nieuwe soort partitietabel krijgen partities andere kenmerken`,
  "verdict.name-other-here": (p) => `${p.what}; hier heet die schijf ${p.disk}`,
  "verdict.name-unsure": (p) => `${p.what}: dat kan een andere schijf van deze computer zijn`,
  "verdict.network-names": (p) =>
    `De netwerkinstellingen zijn voor ${p.old}; deze computer heeft ${p.names}: tot dat is veranderd, start het zonder netwerk`,
  "verdict.network-driver": (p) =>
    `De kernel heeft geen stuurprogramma voor de netwerkkaart ${p.name}${p.id === "" ? "" : ` (${p.id})`}`,
  "verdict.no-kernel": "Welke kernel wordt gestart, was niet te achterhalen",
  "verdict.disk-unplaced": (p) =>
    `Aan welke controller ${p.disk} komt te hangen, is niet bekend, en dus ook niet welk stuurprogramma nodig is`,
  "verdict.kernels-differ": (p) =>
    `Welke van de kernels start, is niet te zeggen, en ze verschillen: ${p.kernels.join("; ")}`,
  "verdict.kernel": (p) => `${p.version}: ${ANSWERS[p.answer]}`,
  "verdict.initramfs-missing": (p) => `Het menu laadt ${p.file} met kernel ${p.version}, en dat is er niet`,
  "verdict.modules-missing": (p) =>
    `Waarvoor kernel ${p.version} stuurprogramma’s heeft, is niet te zeggen: de lijst van zijn modules is er niet`,
  "verdict.driver-built-in": (p) =>
    `Kernel ${p.version} heeft het stuurprogramma ${p.driver} ingebouwd; of dat nieuw genoeg is voor ${p.device}, is niet te zeggen`,
  "verdict.initramfs-unread": (p) =>
    `Of het stuurprogramma ${p.driver} voor ${p.device} er bij de start is, is niet te zeggen: ${p.why}`,
  "verdict.initramfs-no-tool": (p) =>
    `Het stuurprogramma ${p.driver} voor ${p.device} is er bij de start niet, en het systeem heeft geen programma dat het daar neerzet`,
  "verdict.driver-late": (p) =>
    `Het stuurprogramma ${p.driver} voor ${p.device} zit in het systeem, maar niet in wat bij de start wordt geladen (initramfs)`,
  "verdict.driver-untold": (p) =>
    `Of kernel ${p.version} een stuurprogramma voor ${p.device} heeft, is niet te zeggen${p.driver === "" ? "" : `; hier is het ${p.driver}`}`,
  "verdict.driver-missing": (p) =>
    `Kernel ${p.version} heeft geen stuurprogramma voor ${p.device}${p.driver === "" ? "" : ` (hier is het ${p.driver})`}: hij zou zijn schijf niet vinden`,
  "verdict.any-of": (p) => p.list.join(" of "),
  "verdict.scsi-disks": "SCSI- en SATA-schijven",
  "verdict.other-device": (p) => `het apparaat ${p.address} (${p.bus})`,
  "verdict.raid-member":
    "De root staat op een Linux-RAID van meer schijven: het start als er genoeg van in de computer zitten",
  "verdict.root-tools": (p) =>
    `De root staat in ${p.container}, en wat met kernel ${p.version} wordt geladen, lijkt de programma’s daarvoor niet te hebben`,
  "verdict.memory": (p) =>
    `De computer heeft ${bytes(p.have)} geheugen; onder ${bytes(p.least)} start het misschien niet`,
  "verdict.processor-unknown": "Voor welke soort processor het is, is niet te zeggen",
  "verdict.processor": (p) =>
    `Het is een systeem voor processors van de soort ${p.wanted}; deze computer heeft er een van ${p.own}`,
  "verdict.processor-uefi": "Het is een systeem van 32 bits, dat firmware van 64 bits niet met UEFI start",
  "verdict.processor-level": (p) =>
    `Het heeft een processor van niveau x86-64-v${p.level} nodig; ${p.name} heeft ${p.own === 0 ? "een onbekend niveau" : `v${p.own}`}`,
  "verdict.loader": (p) => `de opstartlader ${p.path}`,
  "verdict.kernel-program": (p) => `de kernel ${p.version}`,
  "verdict.secure-made-unsigned":
    "Secure Boot staat aan, en een opstartlader die voor dit systeem wordt gemaakt, zou niet ondertekend zijn",
  "verdict.secure-forbidden": (p) =>
    `Secure Boot staat aan, en deze computer verbiedt uitdrukkelijk ${p.program}: te oud`,
  "verdict.secure-revoked": (p) => `Secure Boot staat aan, en deze computer verbiedt ${p.program}: te oud`,
  "verdict.secure-unsigned": (p) => `Secure Boot staat aan, en ${p.program} is niet ondertekend of sindsdien veranderd`,
  "verdict.secure-unsure": (p) =>
    `Secure Boot staat aan, en wie deze computer vertrouwt, was niet te lezen; ${p.program} is ondertekend door ${p.signer || "iemand"}`,
  "verdict.secure-untrusted": (p) =>
    `Secure Boot staat aan, en ${p.program} is ondertekend door ${p.signer || "iemand"}, die deze computer niet vertrouwt`,
  "verdict.secure-untrusted-shim": (p) =>
    `Secure Boot staat aan, en ${p.program} is ondertekend door ${p.signer || "iemand"}, die noch shim noch deze computer vertrouwt`,
  "verdict.secure-grub-alone":
    "Secure Boot staat aan, en GRUB wordt zonder shim gestart: of het de kernel start, is niet te zeggen",
  "verdict.secure-old": (p) => `Secure Boot staat aan, en ${p.program} is ouder dan deze computer toestaat (${p.line})`,
  "verdict.loader-foreign": (p) =>
    `Het heeft een UEFI-opstartlader voor ${p.kinds}; de firmware van deze computer voert programma’s voor ${p.own} uit`,
  "verdict.no-esp":
    "Voor dit systeem is er geen EFI-systeempartitie die UEFI, waarmee deze computer start, kan gebruiken",
  "verdict.no-loader": "Voor dit systeem is er geen opstartlader die UEFI, waarmee deze computer start, kan gebruiken",
  "verdict.no-room": (p) => `${p.why}, en achter de laatste partitie is er geen ruimte voor (${bytes(p.least)})`,
  "verdict.no-parts": (p) => `${p.why}, en het systeem heeft niet waar er een van wordt gemaakt`,
  "verdict.bcd-missing":
    "Het opstartbeheer van Windows is er, maar niet de lijst van wat het start (EFI/Microsoft/Boot/BCD)",
  "verdict.grub-settings":
    "GRUB staat op de EFI-systeempartitie, maar niet de instellingen (grub.cfg) die het daar zoekt: misschien blijft het bij zijn invoer staan",
  "verdict.no-entry": (p) =>
    `De firmware van deze computer moet worden verteld van ${p.path}: waar zij zelf zoekt, is niets voor dit systeem`,
  "verdict.windows-mbr": "Met UEFI start Windows van een schijf met GPT; deze heeft een MBR",
  "verdict.windows-new-table":
    "De partitietabel wordt van een andere soort, en de opstartlijst van Windows (BCD) noemt partities daarnaar",
  "verdict.windows-new-ids":
    "Schijf en partities krijgen nieuwe kenmerken; de opstartlijst van Windows (BCD) kent ze bij de oude",
  "verdict.windows-7": (p) =>
    `${p.name} blijft staan bij “Windows wordt gestart” als UEFI geen BIOS-deel (CSM) voor het beeld heeft; of deze computer dat heeft, is niet te zeggen`,
  "verdict.hibernated-fixed":
    "Windows is in slaapstand (snel opstarten): er wordt niets in veranderd, dus het wordt niet klaargemaakt voor andere hardware",
  "verdict.hibernated":
    "Windows is in slaapstand (snel opstarten): op andere hardware kan het niet verder waar het was, en start opnieuw of vraagt ernaar",
  "verdict.registry-unread": (p) => `Welke stuurprogramma’s het heeft, is niet te zeggen: ${p.why}`,
  "verdict.disk-unknown": (p) => `Waaraan ${p.disk} hangt, kent Lifeboat niet`,
  "verdict.windows-usb": (p) => `Windows start alleen van ${p.device} als het daarvoor is gemaakt`,
  "verdict.service-off": (p) =>
    `Windows heeft het stuurprogramma ${p.driver} voor ${p.device}, maar het wordt niet vroeg genoeg gestart: zonder verandering stopt het met ${p.stop}`,
  "verdict.driver-found": (p) =>
    `Windows heeft geen stuurprogramma voor ${p.device}; in de opgegeven mappen is er een gevonden`,
  "verdict.driver-unsure": (p) =>
    `Windows heeft een stuurprogramma ${p.driver}; of dat voor ${p.device} is en op tijd wordt geladen, is niet te zeggen`,
  "verdict.windows-no-driver": (p) =>
    `${p.name} heeft geen stuurprogramma voor ${p.device} en zou zijn schijf niet vinden (${p.stop})`,
  "verdict.unseen": (p) => `Wat erin staat, kon niet worden bekeken: ${p.what}`,
  "verdict.no-system": "Er is geen geïnstalleerd Linux of Windows gevonden: er is niets dat kan starten",
  "next.either": (p) => capital(p.parts.join("; of ")),
  "next.repair": "Laat het herstellen",
  "next.make-bios": "laat het voor BIOS klaarmaken",
  "next.make-uefi": "laat het voor UEFI klaarmaken",
  "next.set-uefi": "zet de firmware op UEFI",
  "next.set-bios": "zet de firmware op BIOS (legacy, CSM), als zij dat kan",
  "next.uefi-or-512": "Start met UEFI, of kies een schijf met sectoren van 512 bytes",
  "next.uefi-if": "Start met UEFI, als de computer dat kan",
  "next.sectors": (p) => `Kies een schijf met sectoren van ${number(p.sectorSize)} bytes`,
  "next.to-gpt": "Kies in de indeling een GPT, als de computer met UEFI start",
  "next.recovery-key": "Houd de herstelsleutel bij de hand (48 cijfers; aka.ms/myrecoverykey) voordat u begint",
  "next.pass-phrase": "Houd er een van bij de hand voordat u begint",
  "next.no-uefi": "Laat het zoals het is, of kies BIOS",
  "next.set-bios-if": "Zet de firmware op BIOS (ook legacy of CSM), als zij dat kan",
  "next.set-uefi-if": "Zet de firmware op UEFI, als zij dat kan",
  "next.convert-slot":
    "Zet de sleutelplaats waarvan GRUB het wachtwoord moet aannemen om naar PBKDF2, of zet /boot op een eigen partitie die niet is versleuteld",
  "next.names": "Laat het op andere hardware starten: de namen worden UUID’s",
  "next.name-disk": "Kies een schijf van deze computer",
  "next.initramfs-put": "Laat het op andere hardware starten: dan is het er",
  "next.initramfs":
    "Laat het op andere hardware starten: het initramfs wordt opnieuw gemaakt met stuurprogramma’s voor alle hardware",
  "next.newer-kernel":
    "Installeer een nieuwere kernel in het systeem voordat er een image van wordt gemaakt, of neem een schijf aan een andere controller",
  "next.set-bios-has": "Zet de firmware op BIOS (legacy, CSM), als zij dat kan",
  "next.secure-off": "Zet Secure Boot uit in de firmware",
  "next.secure-allow": "Sta het certificaat toe in de firmware (heet vaak “3rd party UEFI CA”), of zet Secure Boot uit",
  "next.secure-enrol": "Zet Secure Boot uit in de firmware, of voeg die sleutel toe met mokutil",
  "next.secure-update": "Zet Secure Boot voor één start uit in de firmware en werk de opstartlader van het systeem bij",
  "next.larger-disk": "Kies een grotere schijf, of laat partities kleiner worden",
  "next.entry": "Laat de vermelding maken: een herstel doet dat",
  "next.gpt": "Kies in de indeling een GPT",
  "next.bcd": "Laat het op andere hardware starten: de namen worden verbeterd",
  "next.ids": "Laat het op andere hardware starten, of houd de kenmerken",
  "next.discard": "Laat de sluimerende sessie weggooien, of sluit Windows helemaal af en maak opnieuw een image",
  "next.shut-down": "Beter: sluit Windows helemaal af (shutdown /s /t 0) en maak opnieuw een image",
  "next.service": "Laat het op andere hardware starten: het stuurprogramma wordt ingeschakeld",
  "next.driver-use": "Laat het op andere hardware starten: dan wordt het gebruikt",
  "next.driver-give": (p) =>
    `Nodig is: ${p.pack} voor ${p.id}, bij het maken van het reddingsmedium meegegeven; ${p.other}`,
  "next.maker-driver": "het stuurprogramma van de fabrikant",
  "next.or-no-vmd": "of zet VMD uit in de firmware: de schijf is dan gewone NVMe",
  "next.or-ahci": "of zet SATA in de firmware op AHCI, als er geen RAID in gebruik is",
  "next.or-sata": "of sluit de schijf met SATA aan",
  "next.or-other-controller": "of neem een schijf aan een andere controller",
  "next.nvme-7": "Neem een SATA-schijf, of het NVMe-stuurprogramma van de fabrikant voor Windows 7",
};
