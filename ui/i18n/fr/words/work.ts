import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, duration, number, rate } = createFormat(frLocale);

/** Of what goes on by itself, and what has come of it. */
export const goesWords: SentencesOf<"goes"> = {
  "goes.copy": "sauvegarde",
  "goes.export": "exportation",
  "goes.close": "achèvement de l’image",
  "goes.save": "mise de côté des anciennes tables et des superblocs",
  "goes.clear": "effacement de la cible",
  "goes.undo": "réécriture de ce qui était gardé",
  "goes.write": "écriture",
  "goes.boot-areas": "écriture des zones d’amorçage",
  "goes.edit": "changement des partitions",
  "goes.fit": "adaptation des systèmes de fichiers à leur nouvelle taille",
  "goes.table": "écriture de la table de partitions",
  "goes.mend": "préparation des systèmes au démarrage",
  "goes.prepare": "création des partitions",
  "goes.switch": "passage au nouveau système",
  "goes.verify": "vérification",
  "goes.read-back": "relecture",
  "goes.waits": (p) => `en attente depuis ${duration(p.lasts)}`,
  "goes.pass": (p) => `${p.number} sur ${p.count} : ${p.doing}, ${bytes(p.doneSize)} sur ${bytes(p.wholeSize)}`,
  "goes.in-all": (p) => `en tout ${p.percent} %`,
  "goes.only": (p) => `${p.percent} % : ${p.doing}, ${bytes(p.doneSize)} sur ${bytes(p.wholeSize)}`,
  "goes.at-rate": (p) => `${p.line}, ${rate(p.size)}`,
  "goes.time-left": (p) => `${p.line}, encore ${duration(p.lasts)}`,
  "goes.too-tight": (p) => `${p.line}, il manque ${bytes(p.size)} de place`,
  "goes.waiting": (p) => `En attente : ${p.problem}`,
  "goes.waiting-next":
    "Le travail reprend de lui-même dès que c’est réparé. Si l’attente dure trop, il s’arrête, et `lifeboat resume` le reprend.",
  "goes.on": "Le travail reprend.",
  "goes.tight": (p) =>
    `L’image aura encore besoin d’environ ${bytes(p.wholeSize)}, et il reste ${bytes(p.size)} là où elle est écrite : faites de la place, sinon il faudra attendre.`,
  "goes.on-battery": (p) =>
    `cet ordinateur fonctionne sur batterie (${p.percent} %${p.minutes === 0 ? "" : `, environ ${p.minutes} min`}) : branchez l’alimentation`,
  "goes.battery-low": (p) =>
    `la batterie est presque vide (${p.percent} %${p.minutes === 0 ? "" : `, environ ${p.minutes} min`}) : branchez l’alimentation maintenant`,
};

export const cameWords: SentencesOf<"came"> = {
  "came.restored": (p) => `« ${p.image} » restaurée sur ${p.disk} : ${bytes(p.size)} en ${duration(p.lasts)}`,
  "came.cloned": (p) => `« ${p.image} » cloné sur ${p.disk} : ${bytes(p.size)} en ${duration(p.lasts)}`,
  "came.unchanged": (p) =>
    `${bytes(p.size)} (${number(p.number)} morceaux sur ${number(p.count)}) étaient déjà justes.`,
  "came.undo": (p) => `Ce qui s’y trouvait avant : lifeboat undo ${p.file}`,
  "came.equals-image": "La cible a été relue et est égale à l’image.",
  "came.equals-source": "La cible a été relue et est identique à la source.",
  "came.unread": "La cible n’a pas été relue.",
  "came.captured": (p) => `${bytes(p.doneSize)} sur ${bytes(p.wholeSize)} sauvegardés en ${duration(p.lasts)}`,
  "came.image": (p) => `Image ${p.path} : ${bytes(p.size)}`,
  "came.intact": "L’image a été relue et elle est intacte.",
  "came.image-unread": "L’image n’a pas été relue.",
};
