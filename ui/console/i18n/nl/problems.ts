import type { problems as en } from "#ui/console/i18n/en/problems.ts";

export const problems: typeof en = {
  "error.safe": "Er is niets gewijzigd.",
  "error.SERVER_UNREACHABLE": "De server antwoordt niet.",
  "next.SERVER_UNREACHABLE": "Controleer het netwerk en of de server draait. Probeer het dan opnieuw.",
  "error.CONSOLE_NOT_LOGGED_IN": "De aanmelding is afgelopen.",
  "next.CONSOLE_NOT_LOGGED_IN": "Meld u opnieuw aan.",
  "error.CONSOLE_LOGIN_FAILED": "De naam en het wachtwoord horen niet bij elkaar",
  "next.CONSOLE_LOGIN_FAILED": "Probeer het opnieuw. Een beheerder kan een nieuw wachtwoord instellen.",
  "error.CONSOLE_TOO_MANY_TRIES": (p) => `Te veel verkeerde pogingen: de volgende telt over ${p.seconds} s.`,
  "next.CONSOLE_TOO_MANY_TRIES":
    "Wacht zo lang. Was u het niet, dan probeert iemand anders het: het controlelogboek zegt van waar.",
  "error.CONSOLE_ROLE_TOO_LOW": (p) => `Uw rol staat dat niet toe: daarvoor is de rol ${p.needs} nodig.`,
  "next.CONSOLE_ROLE_TOO_LOW": "Vraag het een beheerder.",
  "error.CONSOLE_SET_UP_REFUSED":
    "De eerste beheerder kan niet worden gemaakt: dit is niet de code van de server, of er zijn al gebruikers.",
  "next.CONSOLE_SET_UP_REFUSED": "Lees de code nog eens, aan het eind van wat de server afdrukt.",
  "error.CONSOLE_USER_EXISTS": (p) => `Er is al een gebruiker ${p.name}.`,
  "next.CONSOLE_USER_EXISTS": "Neem een andere naam.",
  "error.CONSOLE_LAST_ADMIN": (p) => `${p.name} is de enige beheerder: zonder kan niemand nog iets wijzigen.`,
  "next.CONSOLE_LAST_ADMIN": "Maak eerst een andere beheerder.",
  "error.PXE_MACHINE_NAME_TAKEN": (p) => `De naam ${p.name} is van een andere machine (${p.owner}).`,
  "next.PXE_MACHINE_NAME_TAKEN": "Neem een andere naam.",
  "error.PXE_MACHINE_UNKNOWN": (p) => `De machine ${p.machine} is niet bekend.`,
  "next.PXE_MACHINE_UNKNOWN": "Misschien is zij intussen vergeten. Zij komt terug als zij weer vraagt.",
  "error.PXE_DEPLOYMENT_NAME_TAKEN": (p) => `Er is al een uitrol ${p.name}.`,
  "next.PXE_DEPLOYMENT_NAME_TAKEN": "Neem een andere naam, of vergeet die.",
  "error.PXE_DEPLOYMENT_UNKNOWN": (p) => `Er is geen uitrol ${p.name}.`,
  "next.PXE_DEPLOYMENT_UNKNOWN": "Iemand heeft het vergeten, of het adres is verkeerd.",
  "error.PXE_CODE_WRONG": (p) => `Geen computer die als ${p.machine} wacht, toont de code ${p.code}.`,
  "next.PXE_CODE_WRONG": "Lees hem nog eens op het scherm van de machine zelf: na elke start is het een andere.",
};
