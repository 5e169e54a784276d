/** What the page says after a resident has asked to pay, or for autopay, in Spanish. */
import type { PayOutcomes } from '../en/pay-outcomes';

export const PAY_OUTCOMES: PayOutcomes = {
  payOpen: 'Su página en {by} está lista. No se paga nada antes de que usted pague allí.',
  payNothing: 'Ahora no se debe nada: no hay nada que pagar.',
  payProcessing: 'Ya hay un pago en camino que cubre lo que se debe.',
  payUnderWay: 'Se acaba de hacer un pago. Aparecerá aquí en unos minutos; vuelva a mirar antes de pagar más.',
  payNotice: 'Debido al aviso no se aceptan pagos en esta página. Hable con la administración.',
  payNoPlatform: 'Esta página no puede recibir pagos. Pague como se indica abajo o pregunte a la administración.',
  payDown: 'No se pudo abrir la página de pago y no se ha pagado nada. Inténtelo de nuevo en unos minutos.',
  payFailed: '{by} no ha querido abrir la página y no se ha pagado nada. Pregunte a la administración.',
  payTooLate: 'Esta solicitud ya no vale: hay otra más nueva o se pagó algo entretanto. Abra de nuevo esta página.',
  payAmountUnread: 'No se entiende este importe. Escríbalo así: 250.00.',
  payTooLittle: 'Lo mínimo que se puede pagar aquí es {least}.',
  payTooMuch: 'Es más de lo que se debe ahora, descontado lo que está en camino: {whole}.',
  payWholeOnly: 'Aquí solo se puede pagar el saldo completo: {whole}.',
  payChargeGone: 'Este cargo ya no está pendiente. Vuelva a mirar la página.',
  payOtherOpen: 'Ya está abierta una página para pagar {amount}. Pague allí o inténtelo de nuevo en media hora.',
  autopayOpen: 'Su página en {by} está lista. El pago automático empieza cuando usted lo acepte allí.',
  autopaySaveCard:
    'Su página de {by} está lista. Pague allí y elija guardar su tarjeta: el pago automático comienza con ella en un día.',
  autopayAlready: 'El pago automático ya está activado. Termínelo primero para configurarlo de nuevo.',
  autopayNotOffered: 'Ahí no se puede configurar el pago automático. Pregunte a la administración.',
  autopayIsOff: 'El pago automático está desactivado. Desde ahora paga usted mismo.',
  autopayOffUnderWay: 'El pago automático está desactivado. Un pago que ya estaba en camino todavía se hará.',
  autopayOffLater: 'No se pudo contactar con la plataforma. Seguimos intentándolo; también puede terminarlo allí.',
};
