/** Spanish of paying and autopay. */
import type { PayWords } from '../en/pay';

export const pay: PayWords = {
  title: 'Pagar ahora',
  whole: (amount) => `Pagar ${amount}`,
  by: (platform) =>
    `Pasará a una página de ${platform}. Los datos de tarjeta o de banco se piden allí y nunca nos llegan.`,
  goOn: (amount, platform) => `Continuar para pagar ${amount} con ${platform}`,
  openPage: 'Ha empezado un pago que no está terminado.',
  otherwise: 'Pagar un cargo o una parte',
  charge: 'Qué cargo',
  payCharge: 'Pagar este cargo',
  part: 'Importe',
  partHint: (least, most) => `Entre ${least} y ${most}.`,
  payPart: 'Pagar este importe',
  onlyWhole: {
    lease: 'Según su contrato, aquí solo se puede pagar el saldo completo.',
    notice: 'Mientras corre el aviso, aquí solo se puede pagar el saldo completo.',
  },
  not: {
    'nothing owed': 'No hay nada que pagar.',
    processing: 'Su pago está en camino; ahora no tiene que pagar nada más.',
    notice: 'Debido al aviso, en esta página no se aceptan pagos. Por favor, hable con la administración.',
    'no platform': 'En esta página no se pueden hacer pagos.',
    down: 'En este momento no se pueden hacer pagos. Por favor, inténtelo más tarde.',
  },
  howTitle: 'Cómo pagar',
  howElse: 'Otras formas de pagar',
  howNone: 'Por favor, pague como indica su contrato o pregunte a la administración.',
  autopayTitle: 'Pago automático',
  autopayOn: (platform) => `La renta se paga automáticamente con ${platform}.`,
  autopayNext: (day) => `El próximo pago es el ${day}.`,
  autopayOff: 'La renta se puede pagar automáticamente cuando vence.',
  autopayStart: (platform) => `Activar con ${platform}`,
  autopayStartHint: (platform) =>
    `Lo acepta en una página de ${platform} y puede terminarlo aquí o allí en cualquier momento.`,
  autopayPayHint: (platform: string, amount: string) =>
    `Paga ${amount} en una página de ${platform} y elige allí guardar su tarjeta. ` +
    'A partir del próximo alquiler se cargará el día del vencimiento. Puede terminarlo aquí en cualquier momento.',
  autopayStop: 'Terminar el pago automático',
  autopayStopHint: 'Los pagos que ya están en camino se completan. A partir de entonces paga usted por su cuenta.',
  autopayNotHere: 'Para terminarlo, hable con la administración.',
  autopayWaiting: (platform) => `El pago automático con ${platform} todavía no está activado.`,
  autopayGoOn: (platform) => `Continuar en ${platform}`,
};
