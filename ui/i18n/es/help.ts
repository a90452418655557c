import type { help as en } from "#ui/i18n/en/help.ts";

export const help: typeof en = {
  "help.title": "Ayuda",
  "help.lead": "Qué hacer en cada caso y qué significan las palabras. Aquí no se cambia nada.",
  "help.how": "¿Cómo puedo …",
  "help.how-restore": "… recuperar un equipo desde una imagen?",
  "help.so-restore":
    "Elija «Restaurar»: primero la imagen, después el disco. Antes de escribir nada verá todo lo que se perderá y lo confirmará.",
  "help.how-smaller": "… pasar a un disco más pequeño o más grande?",
  "help.so-smaller":
    "Elija «Clonar», o «Restaurar» si tiene una imagen. En la página «Distribución» las particiones pueden reducirse o usar todo el disco.",
  "help.how-file": "… sacar archivos sueltos de una imagen?",
  "help.so-file":
    "Elija «Imágenes», abra la imagen y mire dentro. Los archivos y carpetas se pueden descargar o copiar a otro disco.",
  "help.how-start": "… reparar un equipo que no arranca?",
  "help.so-start":
    "Elija «Arranque». Muestra qué arranca el disco, qué falla y qué cambiaría una reparación. Los archivos modificados se conservan.",
  "help.how-power": "… seguir tras un corte de luz?",
  "help.so-power":
    "Inicie este sistema de nuevo. Una restauración empieza otra vez, y lo que ya está en el disco no se escribe dos veces. Un cambio de particiones se termina en la página «Particiones».",
  "help.how-look": "… saber que no se pierde nada por probar?",
  "help.so-look":
    "Las páginas solo miran hasta que se muestra un plan y usted lo inicia. Cada plan dice en qué disco escribe y qué se pierde allí.",
  "help.keys": "Teclado",
  "help.keys-text":
    "Tab y Mayús+Tab van de campo en campo, las flechas eligen dentro de uno, la barra espaciadora marca una casilla, Intro pulsa un botón. Escape cierra lo que está abierto. F1 muestra esta página.",
  "help.words": "Palabras",
  "help.word-image": "Imagen",
  "help.means-image":
    "Lo que había en un disco en un momento, en un archivo: particiones, archivos y lo que los arranca.",
  "help.word-capture": "Capturar",
  "help.means-capture": "Hacer una imagen de un disco. El disco solo se lee.",
  "help.word-repository": "Repositorio",
  "help.means-repository":
    "Una carpeta con imágenes de muchos equipos y fechas, donde lo igual se guarda una sola vez.",
  "help.word-clone": "Clonar",
  "help.means-clone": "Copiar un disco en otro, sin una imagen por medio.",
  "help.word-partition": "Partición",
  "help.means-partition": "Una parte de un disco con su propio sistema de archivos, como la unidad C: de Windows.",
  "help.word-table": "Tabla de particiones",
  "help.means-table": "La lista de particiones al principio de un disco: MBR en equipos antiguos, GPT en los nuevos.",
  "help.word-esp": "Partición del sistema EFI",
  "help.means-esp": "La pequeña partición desde la que arrancan los equipos nuevos.",
  "help.word-firmware": "BIOS, UEFI",
  "help.means-firmware": "El programa dentro del equipo que se ejecuta primero y arranca el sistema desde un disco.",
  "help.word-secure-boot": "Secure Boot",
  "help.means-secure-boot": "UEFI solo arranca lo que está firmado por alguien en quien confía.",
  "help.word-universal": "Otro hardware",
  "help.means-universal": "Un sistema de un equipo recibe los controladores y archivos de arranque que necesita otro.",
  "help.word-identity": "Identidad",
  "help.means-identity":
    "Por lo que los demás conocen un equipo: nombre, identificadores, claves. Una copia que funciona junto a su original necesita otra.",
  "help.word-verify": "Comprobar",
  "help.means-verify": "Leerlo todo de nuevo y compararlo con sus sumas de control.",
  "help.word-encryption": "Contraseña y clave de recuperación",
  "help.means-encryption":
    "Una imagen cifrada se abre con una contraseña, o con la clave de recuperación que se mostró al crearla. Sin una de ellas nadie puede leerla.",
  "help.word-pairing": "Código de emparejamiento",
  "help.means-pairing":
    "El código de esta pantalla con el que puede conectarse un navegador de otro equipo u otro sistema de rescate.",
  "help.word-undo": "Archivo para deshacer",
  "help.means-undo":
    "Lo que había en los lugares donde una restauración escribe primero. Con él se pueden encontrar las particiones anteriores.",
  "help.back": "Volver a donde estaba",
};
