import type { clone as en } from "#ui/i18n/en/clone.ts";

export const clone: typeof en = {
  "section.clone": "Cloner",
  "home.clone": "Cloner un disque",
  "home.clone-text": "Copier un disque sur un autre, plus grand ou plus petit.",
  "step.source": "Source",
  "clone.source-title": "Quel disque voulez-vous cloner ?",
  "clone.app.running": (p) => `Clonage, ${p.percent}`,
  "clone.app.ended": "Le clonage est terminé",
  "clone.target.title": "Sur quel disque voulez-vous cloner ?",
  "clone.target.lead": (p) => `${p.name} fait ${p.size}. Tout ce qui est sur le disque choisi sera remplacé.`,
  "clone.target.empty": "Branchez le disque sur lequel vous voulez cloner, puis choisissez « Chercher à nouveau ».",
  "clone.layout.what": "Ce qui est cloné",
  "clone.layout.table-same": "Comme sur la source",
  "clone.layout.new-ids": "Garder les identifiants de la source",
  "clone.layout.new-ids-detail":
    "Rarement utile : sans cela, la copie reçoit ses propres identifiants et ses systèmes y sont adaptés. Avec cela, un ordinateur confond les deux disques tant qu’ils y sont ensemble.",
  "clone.review.start-erase": (p) => `Effacer et cloner sur ${p.name}`,
  "clone.review.start": (p) => `Cloner sur ${p.name}`,
  "clone.progress.title": (p) => `Clonage de ${p.image} sur ${p.target}`,
  "clone.progress.bar": "Avancement de tout le clonage",
  "clone.progress.image-away": "En attente : la source a été retirée ou ne répond pas",
  "clone.progress.cancel-title": "Arrêter le clonage ?",
  "clone.progress.cancel-text":
    "La cible ne démarrera pas, et ce qui s’y trouvait est perdu. La source est inchangée : vous pouvez recommencer le clonage à tout moment.",
  "clone.result.succeeded": "Le clonage est achevé",
  "clone.result.failed": "Le clonage a échoué",
  "clone.result.cancelled": "Le clonage a été arrêté",
  "clone.result.cancelled-safe":
    "La cible ne démarrera pas : sa table de partitions n’a pas été écrite. La source est inchangée.",
  "clone.result.cancelled-next": "Recommencez le clonage, ou choisissez un autre disque.",
  "clone.result.verified-yes": "Tout a été relu et est égal à la source",
  "clone.result.other-image": "Choisir un autre disque",
  "clone.result.another": "Cloner un autre",
};
