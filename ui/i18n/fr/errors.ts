import type { ErrorTexts } from "#ui/i18n/en/errors.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import { plural } from "#ui/i18n/fr/plural.ts";

const NOTHING_WRITTEN = "Rien n’a été écrit.";
const { bytes } = createFormat(frLocale);

export const errors: ErrorTexts = {
  SERVER_UNREACHABLE: {
    text: () => "Le programme de secours ne répond pas.",
    safe: "Une restauration en cours continue sans cette page.",
    next: "Attendez quelques secondes et réessayez. Si cela persiste, redémarrez l’ordinateur.",
  },
  JOB_LOST: {
    text: () => "Le programme de secours a été relancé, et la restauration en cours s’est terminée avec lui.",
    safe: "L’image est inchangée. La cible n’a pas de table de partitions : aucun ordinateur n’en démarrera.",
    next: "Choisissez à nouveau l’image et la cible : la restauration reprend alors du début.",
  },
  PAGE_FAILED: {
    safe: "Une restauration en cours continue : cette page ne fait que la montrer.",
    next: "Rechargez la page. Si elle échoue encore, consultez le journal et signalez l’erreur.",
  },
  IMAGE_UNLOCK_FAILED: {
    text: () => "Cela n’ouvre pas cette image",
    next: "Vérifiez les majuscules et minuscules et la disposition du clavier : « Afficher » permet de voir ce qui a été tapé. Un autre mot de passe de l’image ou sa clé de récupération l’ouvre aussi.",
  },
  IMAGE_LOCKED: {
    text: () => "L’image est chiffrée et son mot de passe n’a pas encore été donné.",
    next: "Choisissez l’image et tapez son mot de passe.",
  },
  TARGET_TOO_SMALL: {
    text: ({ have, need }) => `Il a ${bytes(Number(have))}, mais l’image en demande ${bytes(Number(need))}.`,
  },
  TARGET_HOLDS_IMAGE: { text: () => "Il contient l’image elle-même." },
  TARGET_IS_BOOT_MEDIUM: { text: () => "Ce système de secours a été démarré depuis lui." },
  TARGET_READ_ONLY: { text: () => "Il est en lecture seule." },
  WRITE_FAILED: { next: "Vérifiez le câble et l’état du disque, puis choisissez « Réessayer »." },
  CHUNK_DAMAGED: {
    text: ({ file, region, offset, problem }) =>
      `${file} : une partie de ${region}, à l’octet ${offset} du fichier, est endommagée : ${problem}`,
    next: "Choisissez une autre copie de l’image.",
  },
  RESTORE_SALVAGED: { text: ({ file }) => `${file} est endommagé. Tout ce qui y est intact a été restauré.` },
  TARGET_VERIFY_FAILED: {
    text: ({ device, damaged, region, offset }) =>
      plural(Number(damaged), {
        one: `${device} : # partie est relue autrement qu’elle n’a été écrite, dans ${region} à l’octet ${offset}`,
        many: `${device} : # de parties sont relues autrement qu’elles n’ont été écrites, la première dans ${region} à l’octet ${offset}`,
        other: `${device} : # parties sont relues autrement qu’elles n’ont été écrites, la première dans ${region} à l’octet ${offset}`,
      }),
  },
  TOOL_FAILED: {
    text: ({ tool, status }) =>
      `Une partie du système de secours n’a pas fonctionné : ${tool} s’est terminé avec l’état ${status}.`,
    safe: "Ce qui était demandé n’a pas été achevé.",
    next: "Réessayez. En cas de nouvel échec, débranchez les clés et les disques inutiles et cherchez à nouveau. Le journal contient les détails pour qui peut aider.",
  },
  INTERNAL: {
    text: ({ problem }) => `Une partie du système de secours n’a pas fonctionné : ${problem}`,
    next: "Réessayez. En cas de nouvel échec, débranchez les clés et les disques inutiles et cherchez à nouveau. C’est une erreur de Lifeboat : le journal contient ce qu’il faut pour la signaler.",
  },
  IMAGE_DAMAGED: { next: "Choisissez une autre copie de l’image." },
  IMAGE_VERIFY_FAILED: { next: "Choisissez une autre copie de l’image." },
  CANCELLED: { next: "Recommencez la restauration ou choisissez une autre image." },
  PLAN_STALE: { text: () => "Les disques ou l’image ont changé depuis que le plan a été fait." },
  TARGET_IS_SOURCE: { text: () => "C’est la source." },
  TARGET_IN_USE: {
    text: ({ by }) => `Il est utilisé : ${by}`,
    safe: NOTHING_WRITTEN,
    next: "Attendez la fin de ce qui l’utilise, ou démontez-le. Choisissez-le ensuite de nouveau.",
  },
  SOURCE_IN_USE: {
    text: ({ source, by }) => `On écrit sur ${source} : ${by}`,
    safe: NOTHING_WRITTEN,
    next: "L’image d’un disque qui change ne serait pas cohérente. Arrêtez ce qui y écrit, puis réessayez.",
  },
  JOB_BUSY: {
    text: ({ device }) => `Une autre tâche écrit sur ${device}.`,
    safe: NOTHING_WRITTEN,
    next: "Attendez la fin de cette tâche, ou arrêtez-la.",
  },
  FILE_EXISTS: {
    text: ({ file }) => `${file} existe déjà.`,
    safe: NOTHING_WRITTEN,
    next: "Choisissez un autre nom : ce qui existe n’est jamais écrasé.",
  },
  LAYOUT_INVALID: {
    text: ({ problem }) => `Cette disposition est impossible : ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Changez ce qui est nommé, ou choisissez une autre disposition.",
  },
  LAYOUT_TOO_SMALL: {
    text: ({ have, need }) => `Il a ${bytes(Number(have))}, mais les partitions ont besoin de ${bytes(Number(need))}.`,
    safe: NOTHING_WRITTEN,
    next: "Choisissez un disque plus grand, laissez les partitions rétrécir ou laissez-en certaines de côté.",
  },
  TABLE_DAMAGED: {
    text: ({ device, table, problem }) => `${device} : la table de partitions (${table}) est endommagée : ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Réparez la table avec un outil prévu pour cela, ou sauvegardez le disque avec « Chaque secteur, utilisé ou non ».",
  },
  EDIT_INVALID: {
    text: ({ problem }) => `Ce n’est pas possible : ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Retirez-la de la liste, ou changez-la.",
  },
  SPACE_EXHAUSTED: {
    text: ({ file }) => `Il n’y a plus de place pour ${file}.`,
    safe: "Il n’y a pas encore d’image ; ce qui a été enregistré jusqu’ici est gardé. Le disque est inchangé.",
    next: "Faites de la place, ou choisissez un autre endroit. Puis recommencez.",
  },
  WINDOWS_HIBERNATED: {
    text: () => "Le Windows qui s’y trouve a été mis en veille prolongée, et non arrêté.",
    safe: NOTHING_WRITTEN,
    next: "Démarrez Windows encore une fois et arrêtez-le complètement. Ou acceptez d’abandonner la session en veille : ce qui était ouvert et non enregistré est alors perdu, les fichiers non.",
  },
  MOVE_UNFINISHED: {
    text: ({ number, device }) => `Une modification de la partition ${number} de ${device} a été interrompue.`,
    safe: "Toute la partition est sur le disque, mais pas encore tout à sa place.",
    next: "Ouvrez « Partitions » et terminez-la. Ne changez rien d’autre sur ce disque avant.",
  },
  SECRET_MISSING: {
    text: ({ what }) => `Nécessaire, et pas encore connu : ${what}`,
    safe: "Rien n’a été envoyé à personne.",
    next: "Saisissez-le sous « Mots de passe manquants ».",
  },
  SHARE_NO_ANSWER: {
    text: ({ server, port }) => `${server} ne répond pas sur le port ${port}.`,
    safe: "Rien n’a été connecté.",
    next: "Vérifiez que le serveur est allumé, que cet ordinateur a une adresse dans le réseau et qu’aucun pare-feu ne les sépare.",
  },
  SHARE_NAME_UNKNOWN: {
    text: ({ server }) => `Aucune adresse n’est connue pour ${server}.`,
    safe: "Rien n’a été connecté.",
    next: "Vérifiez le nom, ou saisissez à sa place l’adresse du serveur.",
  },
  SHARE_DENIED: {
    text: ({ server, user }) => `${server} refuse l’utilisateur ${user}.`,
    safe: "Rien n’a été connecté.",
    next: "Vérifiez l’utilisateur, le mot de passe et le domaine : majuscules, minuscules et disposition du clavier.",
  },
  SHARE_READ_ONLY: {
    text: ({ server }) => `Rien ne peut être écrit sur ${server}.`,
    safe: "Ses images peuvent être lues et restaurées.",
    next: "Donnez à l’utilisateur le droit d’y écrire, ou marquez le partage comme en lecture seule.",
  },
  BUCKET_NOT_FOUND: {
    text: ({ bucket, endpoint }) => `${endpoint} n’a pas de bucket ${bucket}.`,
    safe: "Rien n’a été connecté.",
    next: "Vérifiez les noms du bucket et du serveur, ou créez-y le bucket.",
  },
  BUCKET_DENIED: {
    text: ({ bucket, endpoint }) => `${endpoint} ne laisse pas cette clé d’accès entrer dans le bucket ${bucket}.`,
    safe: "Rien n’a été connecté.",
    next: "Vérifiez la clé d’accès et la clé secrète : majuscules, minuscules et disposition du clavier. La clé a besoin des droits de lister, lire, écrire et supprimer.",
  },
  BUCKET_CLOCK_WRONG: {
    text: ({ endpoint }) => `${endpoint} refuse cet ordinateur parce que son horloge est fausse.`,
    safe: "Rien n’a été connecté.",
    next: "Réglez l’heure sur cette page, puis connectez de nouveau.",
  },
  BUCKET_UNREACHABLE: {
    text: ({ endpoint }) => `${endpoint} ne répond pas.`,
    safe: "Rien n’a été connecté.",
    next: "Vérifiez l’adresse, que cet ordinateur a une adresse dans le réseau et que le serveur est allumé.",
  },
  BUCKET_FAILED: {
    text: ({ bucket, endpoint, reason }) => `${endpoint}, bucket ${bucket} : ${reason}`,
    safe: "Rien n’a été connecté.",
    next: "Vérifiez la région. Le journal du serveur lui-même en dit peut-être plus.",
  },
  SHARE_HOST_KEY_UNKNOWN: {
    text: ({ server, fingerprint }) => `${server} montre une clé que personne n’a encore confirmée : ${fingerprint}`,
    safe: "Aucun mot de passe ne lui a été envoyé.",
    next: "Comparez-la à celle que montre le serveur lui-même, puis acceptez-la.",
  },
  VOLUME_NOT_SHOWN: {
    text: ({ volume, reason }) => `Les fichiers de ${volume} ne peuvent pas être montrés : ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Ouvrez un autre volume de l’image. Pour avoir celui-ci tel quel, restaurez-le sur un disque.",
  },
  PROOF_NO_MEMORY: {
    text: ({ wanted, own, available }) =>
      `Il y a trop peu de mémoire pour le démarrer : il faut ${wanted} Mio et ${own} Mio pour la machine virtuelle, ${available} Mio sont libres.`,
    safe: "Le disque est inchangé.",
    next: "Essayez sur un ordinateur qui a plus de mémoire.",
  },
  ORDER_REFUSED: {
    text: ({ server, reason }) => `Un ordre de ${server} n’est pas suivi : ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Quelqu’un dans ce réseau l’a peut-être changé. Si la clé du serveur est nouvelle, créez de nouveau le jeu de démarrage ; sinon, cherchez un autre serveur dans ce réseau.",
  },
  SECTOR_SIZE_UNFIT: {
    text: ({ partition, sectorSize, target, reason }) =>
      `${partition} ne va pas sur les secteurs de ${sectorSize} octets de ${target} : ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Choisissez un disque avec des secteurs de la taille qu’avait la source, ou laissez cette partition de côté.",
  },
  RESIZE_UNDONE: {
    text: ({ number, device, reason }) => `La partition ${number} de ${device} garde sa taille : ${reason}`,
    safe: "La partition, ce qu’elle contient et la table de partitions sont comme avant.",
    next: "Faites ce que demande la raison. Un système de fichiers endommagé est d’abord réparé avec ses propres outils.",
  },
};
