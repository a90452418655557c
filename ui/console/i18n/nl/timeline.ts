import type { TimelineWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";

const { list } = createFormat(nlLocale);

export const timeline: TimelineWords = {
  "why.unknown-architecture": "onbekende architectuur",
  "why.no-file": "geen bestand voor deze architectuur",
  "why.too-long": "het antwoord past niet in zijn bericht",
  "why.not-approved": "niet goedgekeurd",
  "why.refused": "geweigerd",
  "why.own-disk": "zij start van de eigen schijf",

  "why.other-network": "het adres is van een ander netwerk",
  "why.reserved": "voor deze machine is een ander adres gereserveerd",
  "why.not-free": "het adres is niet vrij",
  "why.not-given": "het adres wordt hier niet uitgegeven",
  "why.conflict": (p) => `een andere computer (${p.user}) gebruikt ${p.address}`,
  "why.declined": (p) => `zij zegt dat een andere computer ${p.address} gebruikt`,
  "why.none-free": (p) => `in ${p.subnet} is er geen vrij`,
  "why.relay": "de relay is in geen netwerk dat hier bekend is",

  "why.password": "verkeerd wachtwoord",
  "why.passwords": "te veel verkeerde wachtwoorden",
  "why.memory": "te weinig geheugen",

  "why.missing": "zo'n bestand is er niet",
  "why.forbidden": "dit bestand wordt niet aangeboden",
  "why.read-only": "hier kan niets worden geschreven",
  "why.no-transfer": "hier loopt geen overdracht",
  "why.binary": "alleen binaire overdracht (modus octet)",
  "why.replaced": "er werd om een ander bestand gevraagd",
  "why.stopping": "de server wordt gestopt",
  "why.gone": "op de poort van de machine luistert niemand meer",
  "why.broke": "de verbinding brak af",
  "why.status": (p) => `HTTP-status ${p.status}`,
  "how.both": (p) => `${p.how} (${p.reason})`,
  "how.aborted": "afgebroken",
  "how.no-answer": "geen antwoord",
  "how.gone": "weg",
  "how.replaced": "vervangen",
  "how.failed": "mislukt",
  "how.stopped": "gestopt",

  "told.packet": (p) => `er is een weksignaal gestuurd vanaf ${p.address}`,
  "told.turn": "zij is aan de beurt in een uitrol",
  "told.order": (p) => `zij heeft haar opdracht van ${p.name}, poging ${p.number}`,
  "told.contested": "een andere computer vraagt om haar opdrachten",
  "told.contested-key": "een andere computer die zich voor deze uitgeeft, vraagt om haar opdrachten",
  "told.restore-begun": "een terugzetting is begonnen",
  "told.restore-done": "een terugzetting is goed afgelopen",
  "told.restore-failed": "een terugzetting is mislukt",
  "told.stopped": "zij doet niets vanzelf: de machine zegt waarom",

  "told.card": (p) => `zij heeft nog een netwerkkaart: ${p.mac}`,
  "told.card-gone": (p) => `haar netwerkkaart ${p.mac} zit nu in een andere machine`,
  "told.card-came": (p) => `de netwerkkaart ${p.mac} kwam van een andere machine`,
  "told.twin-card": (p) => `${p.mac} is een andere machine met dezelfde UUID`,
  "told.twin": "een andere machine heeft dezelfde UUID: netwerkkaarten en serienummers houden ze uit elkaar",
  "told.merged": (p) => `wat als twee machines was genoteerd, is er één: ${list(p.macs)} kwam erbij`,
  "told.other-dhcp": (p) => `een andere DHCP-server geeft hier adressen: ${p.server}`,
  "told.interface-lost": (p) => `op ${p.interface} (${p.address}) wordt niets meer aangeboden: ${p.reason}`,
  "lost.gone": "de netwerkkaart is weg",
  "lost.renewed": "de netwerkkaart is verwijderd en teruggeplaatst",
  "lost.taken": "een andere netwerkkaart heeft nu haar adres",
  "lost.address": "ze heeft haar adres verloren",
};
