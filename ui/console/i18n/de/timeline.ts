import type { TimelineWords } from "#pxe/console/contract.ts";
import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";

const { list } = createFormat(deLocale);

export const timeline: TimelineWords = {
  "why.unknown-architecture": "unbekannte Architektur",
  "why.no-file": "keine Datei für diese Architektur",
  "why.too-long": "die Antwort passt nicht in ihre Nachricht",
  "why.not-approved": "nicht zugelassen",
  "why.refused": "abgelehnt",
  "why.own-disk": "er startet vom eigenen Datenträger",

  "why.other-network": "die Adresse ist aus einem anderen Netz",
  "why.reserved": "für diesen Computer ist eine andere Adresse reserviert",
  "why.not-free": "die Adresse ist nicht frei",
  "why.not-given": "die Adresse wird hier nicht vergeben",
  "why.conflict": (p) => `ein anderer Computer (${p.user}) benutzt ${p.address}`,
  "why.declined": (p) => `er sagt, dass ein anderer Computer ${p.address} benutzt`,
  "why.none-free": (p) => `in ${p.subnet} ist keine frei`,
  "why.relay": "das Relay ist in keinem Netz, das hier bekannt ist",

  "why.password": "falsches Kennwort",
  "why.passwords": "zu viele falsche Kennwörter",
  "why.memory": "zu wenig Arbeitsspeicher",

  "why.missing": "es gibt keine solche Datei",
  "why.forbidden": "diese Datei wird nicht ausgegeben",
  "why.read-only": "hierhin kann nicht geschrieben werden",
  "why.no-transfer": "hier läuft keine Übertragung",
  "why.binary": "nur binär wird übertragen (Modus octet)",
  "why.replaced": "es wurde nach einer anderen Datei gefragt",
  "why.stopping": "der Server wird beendet",
  "why.gone": "am Port des Computers hört niemand mehr zu",
  "why.broke": "die Verbindung brach ab",
  "why.status": (p) => `HTTP-Status ${p.status}`,
  "how.both": (p) => `${p.how} (${p.reason})`,
  "how.aborted": "abgebrochen",
  "how.no-answer": "keine Antwort",
  "how.gone": "weg",
  "how.replaced": "ersetzt",
  "how.failed": "fehlgeschlagen",
  "how.stopped": "angehalten",

  "told.packet": (p) => `ein Weckpaket wurde von ${p.address} gesendet`,
  "told.turn": "er ist in einer Verteilung an der Reihe",
  "told.order": (p) => `er hat seinen Auftrag von ${p.name}, zum ${p.number}. Mal`,
  "told.contested": "ein anderer Computer fragt nach seinen Aufträgen",
  "told.contested-key": "ein anderer Computer, der sich für diesen ausgibt, fragt nach seinen Aufträgen",
  "told.restore-begun": "eine Wiederherstellung hat begonnen",
  "told.restore-done": "eine Wiederherstellung ist gut zu Ende gegangen",
  "told.restore-failed": "eine Wiederherstellung ist fehlgeschlagen",
  "told.stopped": "er tut nichts von selbst: Der Computer sagt, warum",

  "told.card": (p) => `er hat noch eine Netzwerkkarte: ${p.mac}`,
  "told.card-gone": (p) => `seine Netzwerkkarte ${p.mac} steckt jetzt in einem anderen Computer`,
  "told.card-came": (p) => `die Netzwerkkarte ${p.mac} kam von einem anderen Computer`,
  "told.twin-card": (p) => `${p.mac} ist ein anderer Computer mit derselben UUID`,
  "told.twin": "ein anderer Computer hat dieselbe UUID: Netzwerkkarten und Seriennummern halten sie auseinander",
  "told.merged": (p) => `was als zwei Computer verzeichnet war, ist einer: ${list(p.macs)} kam dazu`,
  "told.other-dhcp": (p) => `ein anderer DHCP-Server vergibt hier Adressen: ${p.server}`,
  "told.interface-lost": (p) => `an ${p.interface} (${p.address}) wird nichts mehr angeboten: ${p.reason}`,
  "lost.gone": "die Netzwerkkarte ist weg",
  "lost.renewed": "die Netzwerkkarte wurde entfernt und wieder eingesetzt",
  "lost.taken": "eine andere Netzwerkkarte hat jetzt ihre Adresse",
  "lost.address": "sie hat ihre Adresse verloren",
};
