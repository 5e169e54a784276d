/** The demo's people: forty-eight leases in three buildings, and how each household pays. */

/**
 * How a household pays in the demo's six weeks. The names say what is to be seen on the last day.
 * Anything that ends with `autopay` is charged by the add-on itself; the rest are payments that people make.
 */
export type Habit =
  | 'card autopay'
  | 'bank autopay'
  | 'card'
  | 'bank'
  | 'by customer'
  | 'by mail'
  | 'two halves'
  | 'three ahead'
  | 'late, then pays'
  | 'late twice'
  | 'never'
  | 'fails'
  | 'returned'
  | 'disputed'
  | 'half'
  | 'processing'
  | 'overpays, refunded'
  | 'skips the last';

export interface Unit {
  readonly id: string;
  readonly unit: string;
  readonly residents: string;
  /** Decimal, for one period. */
  readonly rent: string;
  readonly habit: Habit;
  readonly more?: Readonly<Record<string, string>>;
}

export interface Building {
  readonly name: string;
  readonly address: string;
  readonly zone: string;
  readonly currency: string;
  readonly jurisdiction: string;
  readonly phone: string;
  readonly fees: Readonly<Record<string, string>>;
  readonly manager: string;
  readonly units: readonly Unit[];
}

const u = (id: string, unit: string, residents: string, rent: string, habit: Habit, more?: Unit['more']): Unit => ({
  id,
  unit,
  residents,
  rent,
  habit,
  ...(more === undefined ? {} : { more }),
});

const weekly = (day: string): Unit['more'] => ({ Frequency: 'weekly', 'Due day': day });

const CARROLL: readonly Unit[] = [
  u('BK-1A', '1A', 'Maya Okafor', '2850.00', 'card autopay'),
  u('BK-1B', '1B', 'Daniel Reyes, Sofia Reyes', '3100.00', 'two halves', { Language: 'es' }),
  u('BK-1C', '1C', 'Priya Raman', '2675.00', 'bank'),
  u('BK-1D', '1D', 'Thomas Whitfield', '2400.00', 'late, then pays'),
  u('BK-2A', '2A', 'Aisha Diallo', '2925.00', 'card autopay', { Language: 'fr' }),
  u('BK-2B', '2B', 'Wei Chen, Lin Chen', '3250.00', 'bank autopay'),
  u('BK-2C', '2C', 'Jonah Feldman', '2700.00', 'never'),
  u('BK-2D', '2D', 'Rosa Delgado', '2450.00', 'card', { Language: 'es' }),
  u('BK-3A', '3A', 'Kwame Mensah', '2950.00', 'three ahead'),
  u('BK-3B', '3B', 'Hannah Lindqvist', '3150.00', 'bank'),
  u('BK-3C', '3C', 'Omar Haddad, Leila Haddad', '3300.00', 'by customer'),
  u('BK-3D', '3D', 'Grace Kim', '2475.00', 'fails'),
  u('BK-4A', '4A', 'Mateo Alvarez', '2975.00', 'half', { 'Due day': '8' }),
  u('BK-4B', '4B', 'Ingrid Solberg', '3175.00', 'skips the last', { 'Due day': '7' }),
  u('BK-4C', '4C', 'Elijah Brooks', '2725.00', 'never', {
    'Hold until': '2026-11-30',
    Notes: 'Back from hospital in December',
  }),
  u('BK-4D', '4D', 'Fatima Zahra Benali', '2500.00', 'processing', { Language: 'fr' }),
  u('BK-PH', 'Penthouse', 'Caroline Astor, Julian Moss', '6200.00', 'by mail'),
  u('BK-G1', 'Garden', 'Samuel Ortega', '2300.00', 'card', { Start: '2026-10-12', Proration: 'actual days' }),
  u('BK-S1', 'Store', 'Carroll Street Bakery', '9600.00', 'card', { Frequency: 'quarterly', Start: '2025-10-01' }),
  u('BK-S2', 'Studio', 'Noor Siddiqui', '1950.00', 'returned'),
];

const MESQUITE: readonly Unit[] = [
  u('AU-101', '101', 'Luis Hernandez', '1450.00', 'bank autopay', { Language: 'es' }),
  u('AU-102', '102', 'Brianna Cole', '1525.00', 'card'),
  u('AU-103', '103', 'Tran Minh Duc', '1475.00', 'bank'),
  u('AU-104', '104', 'Jesse Whitehorse', '1400.00', 'late twice'),
  u('AU-105', '105', 'Amelia Novak', '1550.00', 'card autopay'),
  u('AU-106', '106', 'Marcus Bell', '380.00', 'card', weekly('Monday')),
  u('AU-107', '107', 'Guadalupe Rios', '365.00', 'skips the last', { ...weekly('Monday'), Language: 'es' }),
  u('AU-108', '108', 'Anton Petrov', '1600.00', 'disputed'),
  u('AU-201', '201', 'Chloe Dubois', '760.00', 'bank', {
    Frequency: 'fortnightly',
    'Due day': 'Friday',
    Start: '2026-01-02',
  }),
  u('AU-202', '202', 'Isaiah Grant', '745.00', 'card', {
    Frequency: 'fortnightly',
    'Due day': 'Friday',
    Start: '2026-01-09',
  }),
  u('AU-203', '203', 'Yuki Tanaka', '1575.00', 'overpays, refunded'),
  u('AU-204', '204', 'Ruth Adeyemi', '1500.00', 'by customer'),
  u('AU-205', '205', 'Peter Vogel, Anna Vogel', '1650.00', 'card', { Language: 'de' }),
  u('AU-206', '206', 'Zoe Papadakis', '1425.00', 'card', { Start: '2026-10-16', Proration: '30-day' }),
  u('AU-207', '207', 'Deshawn Harris', '1485.00', 'never'),
  u('AU-208', '208', 'Nadia Volkova', '1540.00', 'card autopay'),
];

const ALBION: readonly Unit[] = [
  u('LN-1', 'Flat 1', 'Oliver Pemberton', '1850.00', 'card autopay'),
  u('LN-2', 'Flat 2', 'Saoirse Gallagher', '1780.00', 'card'),
  u('LN-3', 'Flat 3', 'Arjun Patel, Meera Patel', '2100.00', 'two halves'),
  u('LN-4', 'Flat 4', 'Chidi Nwosu', '1690.00', 'late, then pays'),
  u('LN-5', 'Flat 5', 'Emma Schneider', '1725.00', 'by mail', { Language: 'de' }),
  u('LN-6', 'Flat 6', 'Rhys Llewellyn', '435.00', 'card', weekly('Thursday')),
  u('LN-7', 'Flat 7', 'Camille Laurent', '1760.00', 'card', {
    Language: 'fr',
    Start: '2026-10-21',
    Proration: '365-day',
  }),
  u('LN-8', 'Flat 8', 'Mohammed Rahman', '1820.00', 'by customer'),
  u('LN-9', 'Flat 9', 'Isla Campbell', '1710.00', 'skips the last', { 'Due day': '9' }),
  u('LN-10', 'Flat 10', 'Tomasz Kowalski', '1740.00', 'three ahead'),
  u('LN-11', 'Workshop', 'King’s Cross Cycles', '18500.00', 'card', { Frequency: 'yearly', Start: '2025-11-01' }),
  u('LN-12', 'Flat 12', 'Beatriz Nunes', '1795.00', 'never', { Notes: 'Rent agreed by phone' }),
];

export const BUILDINGS: readonly Building[] = [
  {
    name: 'Carroll House',
    address: '214 Carroll Street, Brooklyn, NY 11231',
    zone: 'America/New_York',
    currency: 'USD',
    jurisdiction: 'US-NY',
    phone: '+1 718 555 01',
    fees: {
      'Grace days': '5',
      'Grace rule': 'N full days',
      'Late fee': 'lesser of 50.00 and 5% of rent',
      'Returned payment fee': '20.00',
      'Fee terms confirmed': 'Dana Ortiz, 2026-09-21',
    },
    manager: 'dana@example.com',
    units: CARROLL,
  },
  {
    name: 'Mesquite Flats',
    address: '1807 East 7th Street, Austin, TX 78702',
    zone: 'America/Chicago',
    currency: 'USD',
    jurisdiction: 'US-TX',
    phone: '+1 512 555 01',
    fees: {
      'Grace days': '3',
      'Grace rule': 'N full days',
      'Late fee': '75.00',
      'Late fee cap': '150.00',
      'Minimum balance': '25.00',
      'Returned payment fee': '30.00',
      'Fee terms confirmed': 'Dana Ortiz, 2026-09-21',
    },
    manager: 'dana@example.com',
    units: MESQUITE,
  },
  {
    name: 'Albion Yard',
    address: '9 Balfe Street, London N1 9EG',
    zone: 'Europe/London',
    currency: 'GBP',
    jurisdiction: 'UK-ENG',
    phone: '+44 20 7946 01',
    fees: { 'Grace days': '5', 'Grace rule': 'N full days' },
    manager: 'harriet@example.com',
    units: ALBION,
  },
];

/** Lines beside the rent, as rows of the Terms tab. */
export const TERMS: readonly Readonly<Record<string, string>>[] = [
  term('BK-2D', 'parking', '225.00', '2026-01-01', 'Space 4'),
  term('BK-1C', 'pet', '50.00', '2026-01-01', 'One cat, Biscuit'),
  term('BK-3C', 'parking', '225.00', '2026-01-01', 'Space 7'),
  term('BK-4A', 'storage', '80.00', '2026-03-08', 'Cage 12'),
  term('AU-103', 'pet', '25.00', '2026-01-01', 'Two dogs'),
  term('AU-205', 'parking', '60.00', '2026-01-01', 'Covered space 11'),
  term('LN-3', 'parking', '140.00', '2026-01-01', 'Bay 2'),
  term('AU-102', 'rent', '1580.00', '2026-11-01', 'Renewal from November'),
  { ...term('AU-203', 'credit', '40.00', '2026-10-20', 'Broken heater in October'), Every: 'once' },
];

function term(
  lease: string,
  type: string,
  amount: string,
  from: string,
  memo: string,
): Readonly<Record<string, string>> {
  return { 'Lease ID': lease, Type: type, Amount: amount, From: from, Every: 'period', Memo: memo };
}
