/** Spanish of a payment plan. */
import type { PlanWords } from '../en/plan';

/** What a missed instalment too many brings. */
const THEN = 'el plan termina y se vuelve a exigir todo lo pendiente, como si no hubiera plan.';

export const plan: PlanWords = {
  title: 'Plan de pagos',
  state: {
    proposed: 'Espera su respuesta',
    running: 'Acordado',
    broken: 'Terminado: faltó una cuota',
    finished: 'Todo pagado',
  },
  proposed: (total) => `La administración le ofrece pagar ${total} en cuotas.`,
  running: (paid, total) => `Se han pagado ${paid} de ${total}.`,
  broken: (open) =>
    `El plan ha terminado. Quedan ${open} pendientes, que se deben como antes del plan. Por favor, páguelos o hable con la ` +
    'administración.',
  finished: (total) => `Los ${total} están pagados por completo. Gracias.`,
  instalments: 'Cuotas',
  instalment: {
    paid: 'Pagada',
    processing: 'En proceso',
    partial: 'Pagada en parte',
    due: 'Vencida',
    next: 'Próxima',
    later: 'Más adelante',
    missed: 'No pagada',
    over: 'Terminada con el plan',
  },
  underWay: (amount) => `${amount} en proceso`,
  left: (amount) => `faltan ${amount}`,
  feesPaused:
    'No se añade ningún recargo por mora por los días en que corre el plan. Si termina antes, los recargos vuelven a contar ' +
    'desde entonces.',
  feesRun: 'Los recargos por mora siguen según su contrato.',
  missed: (days) =>
    days === 0
      ? 'Una cuota que no se paga en su fecha cuenta como no pagada.'
      : `Una cuota que no se paga en el plazo de ${days === 1 ? 'un día' : `${days} días`} desde su fecha cuenta como no pagada.`,
  ends: (allowed) =>
    allowed === 0
      ? `Si falta una cuota, ${THEN}`
      : `${allowed === 1 ? 'Puede faltar una cuota' : `Pueden faltar ${allowed} cuotas`}. Con otra más, ${THEN}`,
  rent: 'La renta que venza mientras tanto se paga aparte del plan.',
  accept: 'Aceptar este plan',
  decline: 'Rechazar',
  signature: 'Se acepta con firma: consulte el correo con el documento.',
  confirm: 'Al aceptar se compromete a pagar cada cuota a más tardar en su fecha.',
};
