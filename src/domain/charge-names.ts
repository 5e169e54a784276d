/** What kinds of charges are called, in the languages of residents: the same on their page, in their mails and in their texts. */
import { baseLanguage } from './dates';

type Names = Readonly<Record<string, string>>;

const EN: Names = {
  rent: 'Rent',
  credit: 'Credit',
  deposit: 'Deposit',
  'late fee': 'Late fee',
  'returned payment fee': 'Returned payment fee',
  'reversed payment': 'Payment that went back',
  utilities: 'Utilities',
  water: 'Water',
  electricity: 'Electricity',
  gas: 'Gas',
  internet: 'Internet',
  parking: 'Parking',
  storage: 'Storage',
  pet: 'Pet',
  'pet rent': 'Pet rent',
  'renters insurance': 'Renters insurance',
  repair: 'Repair',
  'opening balance': 'Balance brought forward',
};

const ES: Names = {
  rent: 'Renta',
  credit: 'Abono',
  deposit: 'Depósito',
  'late fee': 'Recargo por mora',
  'returned payment fee': 'Cargo por pago devuelto',
  'reversed payment': 'Pago que se devolvió',
  utilities: 'Servicios',
  water: 'Agua',
  electricity: 'Electricidad',
  gas: 'Gas',
  internet: 'Internet',
  parking: 'Estacionamiento',
  storage: 'Trastero',
  pet: 'Mascota',
  'pet rent': 'Renta por mascota',
  'renters insurance': 'Seguro de inquilino',
  repair: 'Reparación',
  'opening balance': 'Saldo anterior',
};

const FR: Names = {
  rent: 'Loyer',
  credit: 'Avoir',
  deposit: 'Dépôt de garantie',
  'late fee': 'Frais de retard',
  'returned payment fee': 'Frais de rejet de paiement',
  'reversed payment': 'Paiement repris',
  utilities: 'Charges',
  water: 'Eau',
  electricity: 'Électricité',
  gas: 'Gaz',
  internet: 'Internet',
  parking: 'Stationnement',
  storage: 'Cave',
  pet: 'Animal',
  'pet rent': 'Supplément animal',
  'renters insurance': 'Assurance habitation',
  repair: 'Réparation',
  'opening balance': 'Solde reporté',
};

const DE: Names = {
  rent: 'Miete',
  credit: 'Gutschrift',
  deposit: 'Kaution',
  'late fee': 'Verzugsgebühr',
  'returned payment fee': 'Rücklastschriftgebühr',
  'reversed payment': 'Zurückgegangene Zahlung',
  utilities: 'Nebenkosten',
  water: 'Wasser',
  electricity: 'Strom',
  gas: 'Gas',
  internet: 'Internet',
  parking: 'Stellplatz',
  storage: 'Abstellraum',
  pet: 'Haustier',
  'pet rent': 'Haustierzuschlag',
  'renters insurance': 'Mieterversicherung',
  repair: 'Reparatur',
  'opening balance': 'Übernommener Stand',
};

export const CHARGE_NAMES = { en: EN, es: ES, fr: FR, de: DE };

/** A kind that a manager has made up is called as it was written. */
export function chargeName(type: string, language: string): string {
  const names = new Map(
    Object.entries(new Map<string, Names>(Object.entries(CHARGE_NAMES)).get(baseLanguage(language)) ?? EN),
  );
  return names.get(type) ?? type.charAt(0).toUpperCase() + type.slice(1);
}
