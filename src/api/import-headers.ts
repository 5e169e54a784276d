/** Which program wrote an import file, and which of its columns is which of ours, told by the header texts alone. */
import { once } from '../domain/once';
import { type Column, LADDER, LEASES, LINKS, PROPERTIES, SETTINGS, type Tab, TEMPLATES, TERMS } from '../sheet/schema';

const OWN_TABS = {
  'rent ledger leases': LEASES,
  'rent ledger properties': PROPERTIES,
  'rent ledger terms': TERMS,
  'rent ledger links': LINKS,
  'rent ledger ladder': LADDER,
  'rent ledger templates': TEMPLATES,
  'rent ledger settings': SETTINGS,
} as const satisfies Readonly<Record<string, Tab>>;

export type OwnKind = keyof typeof OWN_TABS;
export type ImportKind = OwnKind | 'appfolio' | 'buildium' | 'yardi' | 'doorloop' | 'tenantcloud' | 'by hand';

export interface Recognised {
  readonly kind: ImportKind;
  /**
   * Our header to their columns, in their own texts. Besides headers of ours it may name facts that only steer an
   * import: `Status`, `Move in`, `Move out`, `Lease end`, `Charge code`, `Charge amount`, `Balance`, and `Name parts`
   * where first and last name stand apart.
   */
  readonly mapping: Readonly<Record<string, readonly string[]>>;
  /** What a lease cannot do without and the file does not seem to have. */
  readonly missing: readonly string[];
}

/** `Lease From`, `lease_from` and `leaseFrom` are one name: letters and digits only, in lower case, without accents. */
export const bare = (header: string): string =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%]/gu, '');

export const isOwn = (kind: ImportKind): kind is OwnKind => kind in OWN_TABS;
/** The tab that a file with our own headers belongs to. */
export const ownTab = (kind: OwnKind): Tab => OWN_TABS[kind];

// ---------------------------------------------------------------- what columns are called, by fact

type Names = Readonly<Record<string, string>>;

/** Fact to names, blank-separated, the best first. Names are bare (see {@link bare}). */
const COMMON: Names = {
  'Lease ID': 'leaseid leasenumber leaseno leaseref contractid contrato contrat vertragsnr vertragsnummer',
  Property:
    'property propertyname building buildingname complex community estate address propertyaddress propiedad edificio ' +
    'immeuble batiment gebaude gebaeude objekt liegenschaft',
  Unit:
    'unit unitnumber unitname unitno apt apartment aptno apartmentnumber suite door flat room space lot ' +
    'unidad departamento piso vivienda logement appartement wohnung einheit whg',
  Residents:
    'residents resident residentname tenant tenants tenantname tenantnames tenantsname name names currenttenants ' +
    'occupant occupants lessee lessees renter renters leasename tenantfullname tenantsfullname inquilino inquilinos ' +
    'arrendatario locataire locataires mieter mieterin bewohner',
  Email:
    'email emails emailaddress tenantemail primarytenantemail residentemail mail correo correoelectronico courriel ' +
    'mailadresse',
  Phone:
    'phone phones phonenumber phonenumbers tenantphonenumber tenantphone mobile cell telephone telefono movil telefon ' +
    'handy',
  Rent:
    'rent monthlyrent rentamount currentrent actualrent contractrent leaserent totalrecurringrent rentpermonth ' +
    'rentmonth amountrent renta rentamensual alquiler loyer loyermensuel miete kaltmiete monatsmiete nettomiete',
  Frequency: 'frequency rentfrequency rentcycle billingfrequency frecuencia frequence zahlungsweise',
  'Due day': 'dueday paymentdueday rentdueday rentdue duedate rentduedate diadepago jourdecheance echeance falligam',
  Start:
    'start leasefrom leasefromdate leasestart leasestartdate startdate from leasebegin leasebegindate ' +
    'commencement commencementdate inicio fechadeinicio iniciodelcontrato debut debutdubail datededebut beginn ' +
    'mietbeginn vertragsbeginn',
  'Move in': 'movein moveindate movedin fechadeentrada dateentree einzug',
  'Lease end':
    'end leaseto leasetodate leaseend leaseenddate enddate leaseexpiration leaseexpirationdate leaseexpires ' +
    'expiration expirationdate expires to fin fechadefin findelcontrato findubail datedefin ende mietende vertragsende',
  'Move out': 'moveout moveoutdate movedout fechadesalida datesortie auszug',
  Deposit:
    'deposit deposits securitydeposit depositheld totaldepositsheld depositamount fianza deposito depotdegarantie ' +
    'depot caution kaution',
  Status: 'status tenantstatus unitstatus occupancystatus leasestatus occupancy occupied estado statut',
  Balance: 'balance balancedue pastdue amountdue totalbalancedue totalbalance amountreceivable outstanding owed saldo',
  Language: 'language idioma langue sprache',
  Notes: 'notes note comments comment remarks notas notiz notizen bemerkung bemerkungen remarques',
};

/** The facts that a rent roll may hold, in the order in which a person maps them. */
export const FACTS: readonly string[] = [...Object.keys(COMMON), 'Charge code', 'Charge amount'];

const SPECIAL: Partial<Readonly<Record<ImportKind, Names>>> = {
  appfolio: { Residents: 'tenant name', 'Other residents': 'additionaltenants', Property: 'propertyname property' },
  buildium: { Residents: 'currenttenants tenants leasename', Rent: 'rent rentamount totalrecurringrent' },
  yardi: {
    // The Resident column of a lease-charge roll holds a code such as t0001234; the name has a column of its own.
    Residents: 'name residentname residentsname tenantname tenant resident',
    Rent: 'actualrent rent leaserent',
    Deposit: 'residentdeposit securitydeposit deposit deposits',
    'Other deposit': 'otherdeposit otherdeposits',
    'Charge code': 'chargecode charge code',
    'Charge amount': 'amount chargeamount',
  },
  doorloop: { Rent: 'totalrecurringrent', Residents: 'leasename tenants tenant', Unit: 'unitname unit' },
  tenantcloud: {
    Rent: 'totalrecurringrentamount',
    Deposit: 'totaldepositamount tenantdepositamountportion',
    Residents: 'tenantsfullname tenantfullname',
  },
};

/** What a lease cannot do without. */
export const NEEDED: readonly string[] = ['Property', 'Unit', 'Residents', 'Rent', 'Start'];

// ---------------------------------------------------------------- recognising

/** Any of the groups, of which every name must stand among the headers. */
const SIGNS: readonly (readonly [ImportKind, readonly string[]])[] = [
  ['tenantcloud', ['totalrecurringrentamount', 'tenantrentamountportion tenantsfullname']],
  ['doorloop', ['totalrecurringrent leasename', 'totalrecurringrent unitname', 'unitid leaseid totalrecurringrent']],
  [
    'yardi',
    [
      'chargecode resident',
      'chargecode residentdeposit',
      'chargecode marketrent',
      'actualrent marketrent',
      'residentdeposit otherdeposit',
    ],
  ],
  [
    'buildium',
    ['leasefromdate', 'currenttenants', 'leaseid paymentdueday', 'leaseid unitnumber', 'leaseid balance0to30days'],
  ],
  [
    'appfolio',
    [
      'bdba',
      'occupancyid',
      'additionaltenants',
      'leasefrom leaseto tenant',
      'tenantstatus leasefrom',
      'tenant moveindate leasefrom',
      'rentready marketrent',
      'tenantstatus amountreceivable',
      'unit tenant nsf late',
    ],
  ],
];

/** Tells the program and maps the columns. Unknown columns are left out; nothing is guessed from cells. */
export function recognise(headers: readonly string[]): Recognised {
  const own = ownKind(headers);
  if (own) return { kind: own, mapping: ownMapping(ownTab(own), headers), missing: ownMissing(ownTab(own), headers) };
  const names = new Set(headers.map(bare));
  const sign = SIGNS.find(([, groups]) => groups.some((group) => group.split(' ').every((name) => names.has(name))));
  const kind = sign?.[0] ?? 'by hand';
  const mapping = mapColumns(kind, headers);
  const missing = NEEDED.filter((fact) => !covered(fact, mapping));
  return { kind, mapping, missing };
}

function covered(fact: string, mapping: Readonly<Record<string, readonly string[]>>): boolean {
  if (mapping[fact]) return true;
  if (fact === 'Start') return mapping['Move in'] !== undefined;
  return fact === 'Rent' && mapping['Charge amount'] !== undefined;
}

function mapColumns(kind: ImportKind, headers: readonly string[]): Record<string, string[]> {
  const names: Names = { ...COMMON, ...SPECIAL[kind] };
  const mapping: Record<string, string[]> = {};
  const taken = new Set<string>();
  for (const [fact, candidates] of Object.entries(names)) {
    const list = candidates.split(' ');
    const found = list.map((name) => headers.find((header) => bare(header) === name && !taken.has(header)));
    const column = found.find((header) => header !== undefined);
    if (column === undefined) continue;
    taken.add(column);
    mapping[fact] = [column];
  }
  return combineColumns(headers, mapping);
}

/** Some facts take several columns together: further residents, a second deposit, first and last name apart. */
function combineColumns(headers: readonly string[], mapping: Record<string, string[]>): Record<string, string[]> {
  const named = (names: string) => headers.find((header) => names.split(' ').includes(bare(header)));
  const first = named('firstname tenantfirstname residentfirstname givenname nombre prenom vorname');
  const last = named('lastname tenantlastname residentlastname surname familyname apellido apellidos nom nachname');
  const others = mapping['Other residents'];
  if (others && mapping.Residents) mapping.Residents = [...mapping.Residents, ...others];
  delete mapping['Other residents'];
  if (!mapping.Residents && (first || last)) {
    mapping['Name parts'] = [first, last].filter((header) => header !== undefined);
    mapping.Residents = mapping['Name parts'];
  }
  if (mapping['Other deposit']) mapping.Deposit = [...(mapping.Deposit ?? []), ...mapping['Other deposit']];
  delete mapping['Other deposit'];
  return mapping;
}

// ---------------------------------------------------------------- our own headers

const plain = (header: string): string => header.trim().replace(/\s+/g, ' ').toLowerCase();

const columnOf = (tab: Tab, header: string): Column | undefined =>
  tab.columns.find((column) => plain(column.header) === plain(header));

/** Headers without which a file is not one of ours: they tell our tabs from a sheet made by hand. */
const OWN_MARKS: Readonly<Record<OwnKind, readonly string[]>> = {
  'rent ledger leases': ['Lease ID', 'Residents', 'Rent', 'Start'],
  'rent ledger properties': ['Property', 'Time zone', 'Currency'],
  'rent ledger terms': ['Lease ID', 'Type', 'Amount', 'From'],
  'rent ledger links': ['Lease ID', 'Platform', 'External ID'],
  'rent ledger ladder': ['Rung', 'Days', 'Counted from'],
  'rent ledger templates': ['Template', 'Language', 'Subject', 'Body'],
  'rent ledger settings': ['Setting', 'Value'],
};

function ownKind(headers: readonly string[]): OwnKind | undefined {
  const names = new Set(headers.map(plain));
  const kinds = Object.keys(OWN_MARKS) as OwnKind[];
  return kinds.find((kind) => OWN_MARKS[kind].every((mark) => names.has(plain(mark))));
}

function ownMapping(tab: Tab, headers: readonly string[]): Record<string, string[]> {
  const mapping: Record<string, string[]> = {};
  for (const header of headers) {
    const column = columnOf(tab, header);
    if (column && !mapping[column.header]) mapping[column.header] = [header];
  }
  return mapping;
}

function ownMissing(tab: Tab, headers: readonly string[]): string[] {
  const needed = tab === LEASES ? ['Property', 'Unit'] : [];
  return needed.filter((name) => !headers.some((header) => plain(header) === plain(name)));
}

// ---------------------------------------------------------------- finding the header row

/** Headers that are no fact of ours and still tell a header row. */
const OTHER_NAMES =
  'marketrent sqft unittype bdba totalrecurringrentamount tenantrentamountportion unitid occupancyid tenantid tags';

const known = once(
  () =>
    new Set([
      ...[COMMON, ...Object.values(SPECIAL)]
        .flatMap((names) => Object.values(names ?? {}))
        .join(' ')
        .split(' '),
      ...OTHER_NAMES.split(' '),
      ...Object.values(OWN_TABS).flatMap((tab) => tab.columns.map((column) => bare(column.header))),
    ]),
);

/** How many different texts of a row are names that headers have: tells the header row from titles and data. */
export function headerScore(texts: readonly string[]): number {
  return new Set(texts.map(bare).filter((name) => known().has(name))).size;
}
