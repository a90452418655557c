import type { TimelineWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";

const { list } = createFormat(ptLocale);

export const timeline: TimelineWords = {
  "why.unknown-architecture": "arquitetura desconhecida",
  "why.no-file": "nenhum arquivo para esta arquitetura",
  "why.too-long": "a resposta não cabe na mensagem",
  "why.not-approved": "não aprovado",
  "why.refused": "recusado",
  "why.own-disk": "inicia pelo próprio disco",

  "why.other-network": "o endereço é de outra rede",
  "why.reserved": "outro endereço está reservado para este computador",
  "why.not-free": "o endereço não está livre",
  "why.not-given": "o endereço não é dado aqui",
  "why.conflict": (p) => `outro computador (${p.user}) usa ${p.address}`,
  "why.declined": (p) => `diz que outro computador usa ${p.address}`,
  "why.none-free": (p) => `nenhum está livre em ${p.subnet}`,
  "why.relay": "o relay não está em nenhuma rede conhecida aqui",

  "why.password": "senha errada",
  "why.passwords": "senhas erradas demais",
  "why.memory": "memória insuficiente",

  "why.missing": "não há tal arquivo",
  "why.forbidden": "este arquivo não é servido",
  "why.read-only": "nada pode ser escrito aqui",
  "why.no-transfer": "nenhuma transferência ocorre aqui",
  "why.binary": "só se servem transferências binárias (modo octet)",
  "why.replaced": "outro arquivo foi pedido",
  "why.stopping": "o servidor está sendo parado",
  "why.gone": "ninguém mais escuta na porta do computador",
  "why.broke": "a conexão se rompeu",
  "why.status": (p) => `status HTTP ${p.status}`,
  "how.both": (p) => `${p.how} (${p.reason})`,
  "how.aborted": "interrompido",
  "how.no-answer": "sem resposta",
  "how.gone": "sumiu",
  "how.replaced": "substituído",
  "how.failed": "falhou",
  "how.stopped": "parado",

  "told.packet": (p) => `um sinal de acordar foi enviado de ${p.address}`,
  "told.turn": "é a vez dele numa implantação",
  "told.order": (p) => `tem a ordem de ${p.name}, vez n.º ${p.number}`,
  "told.contested": "outro computador pede as ordens dele",
  "told.contested-key": "outro computador que diz ser este pede as ordens dele",
  "told.restore-begun": "uma restauração começou",
  "told.restore-done": "uma restauração terminou bem",
  "told.restore-failed": "uma restauração falhou",
  "told.stopped": "não faz nada por si: o computador diz por quê",

  "told.card": (p) => `tem mais uma placa de rede: ${p.mac}`,
  "told.card-gone": (p) => `a placa de rede ${p.mac} está agora em outro computador`,
  "told.card-came": (p) => `a placa de rede ${p.mac} veio de outro computador`,
  "told.twin-card": (p) => `${p.mac} é outro computador com o mesmo UUID`,
  "told.twin": "outro computador tem o mesmo UUID: placas de rede e números de série os distinguem",
  "told.merged": (p) => `o que estava anotado como dois computadores é um: ${list(p.macs)} se juntou`,
  "told.other-dhcp": (p) => `outro servidor DHCP dá endereços aqui: ${p.server}`,
  "told.interface-lost": (p) => `em ${p.interface} (${p.address}) nada mais é oferecido: ${p.reason}`,
  "lost.gone": "a placa de rede sumiu",
  "lost.renewed": "a placa de rede foi retirada e recolocada",
  "lost.taken": "outra placa de rede tem agora o seu endereço",
  "lost.address": "ela perdeu o seu endereço",
};
