/** Spanish of a payment plan. */
import type { PlanWords } from '../en/plan';

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
  broken:
    'El plan ha terminado, por lo que vence ahora todo lo pendiente. Por favor, páguelo o hable con la administración.',
  finished: (total) => `Los ${total} están pagados por completo. Gracias.`,
  instalments: 'Cuotas',
  instalment: {
    paid: 'Pagada',
    partial: 'Pagada en parte',
    next: 'Próxima',
    later: 'Más adelante',
    missed: 'No pagada',
  },
  feesPaused: 'Mientras cumpla el plan no se añade ningún recargo por mora.',
  feesRun: 'Los recargos por mora siguen según su contrato.',
  grace: (days) =>
    days === 0
      ? 'Si una cuota no se paga en su fecha, el plan termina.'
      : `Si una cuota no se paga en el plazo de ${days === 1 ? 'un día' : `${days} días`} desde su fecha, el plan termina.`,
  rent: 'La renta que venza mientras tanto se paga aparte del plan.',
  accept: 'Aceptar este plan',
  decline: 'Rechazar',
  signature: 'Se acepta con firma: consulte el correo con el documento.',
  confirm: 'Al aceptar se compromete a pagar cada cuota a más tardar en su fecha.',
};
