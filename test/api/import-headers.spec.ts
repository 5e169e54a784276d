/** Which program a header row belongs to, and which column is which. */
import { type ImportKind, recognise } from '../../src/api/import-headers';
import { LEASES, LINKS, PROPERTIES, SETTINGS, TEMPLATES, TERMS } from '../../src/sheet/schema';

interface Variant {
  readonly from: string;
  readonly headers: string;
  readonly kind: ImportKind;
  /** Fact: their column. */
  readonly maps: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
}

const VARIANTS: readonly Variant[] = [
  {
    from: 'AppFolio rent roll, API keys',
    headers:
      'property,property_name,unit,bd_ba,tenant,additional_tenants,status,market_rent,rent,deposit,lease_from,lease_to,move_in,move_out,past_due,occupancy_id',
    kind: 'appfolio',
    maps: {
      Property: 'property_name',
      Unit: 'unit',
      Residents: 'tenant+additional_tenants',
      Rent: 'rent',
      Start: 'lease_from',
      'Lease end': 'lease_to',
      'Move out': 'move_out',
      Balance: 'past_due',
    },
    missing: [],
  },
  {
    from: 'AppFolio tenant tickler, CSV labels',
    headers:
      'Property,Unit,Tags,Tenant,Tenant Phone Number,Tenant Email,Rent,Lease From,Lease To,Deposit,Move In Date,Move Out Date,Lease Sign Date,Tenant Status,Unit ID,Occupancy ID,Tenant ID',
    kind: 'appfolio',
    maps: {
      Email: 'Tenant Email',
      Phone: 'Tenant Phone Number',
      Start: 'Lease From',
      'Move in': 'Move In Date',
      Status: 'Tenant Status',
    },
    missing: [],
  },
  {
    from: 'AppFolio delinquency',
    headers:
      'unit,name,tenant_status,tags,phone_numbers,move_in,move_out,primary_tenant_email,property,amount_receivable,occupancy_id',
    kind: 'appfolio',
    maps: { Residents: 'name', Email: 'primary_tenant_email', 'Move in': 'move_in', Balance: 'amount_receivable' },
    missing: ['Rent'],
  },
  {
    from: 'Buildium leases, keys',
    headers:
      'lease_id,property_name,unit_number,current_tenants,lease_from_date,lease_to_date,lease_status,payment_due_day,rent',
    kind: 'buildium',
    maps: {
      'Lease ID': 'lease_id',
      Unit: 'unit_number',
      Residents: 'current_tenants',
      Start: 'lease_from_date',
      'Due day': 'payment_due_day',
    },
    missing: [],
  },
  {
    from: 'Buildium leases, capitalised',
    headers: 'LeaseId,PropertyName,UnitNumber,CurrentTenants,LeaseFromDate,LeaseToDate,PaymentDueDay,Rent',
    kind: 'buildium',
    maps: { 'Lease ID': 'LeaseId', 'Lease end': 'LeaseToDate' },
    missing: [],
  },
  {
    from: 'Yardi rent roll with lease charges',
    headers:
      'Unit,Unit Type,Sq Ft,Resident,Name,Market Rent,Charge Code,Amount,Resident Deposit,Other Deposit,Move In,Lease Expiration,Move Out,Balance',
    kind: 'yardi',
    maps: {
      Residents: 'Name',
      'Charge code': 'Charge Code',
      'Charge amount': 'Amount',
      Deposit: 'Resident Deposit+Other Deposit',
      'Lease end': 'Lease Expiration',
    },
    missing: ['Property'],
  },
  {
    from: 'Yardi Breeze rent roll',
    headers: 'Property,Unit,Tenant,Market Rent,Actual Rent,Deposit,Other Deposits,Move In,Move Out',
    kind: 'yardi',
    maps: { Rent: 'Actual Rent', Residents: 'Tenant', Deposit: 'Deposit+Other Deposits' },
    missing: [],
  },
  {
    from: 'DoorLoop rent roll, camel case',
    headers:
      'unitId,unitName,beds,baths,marketRent,property,occupied,leaseId,leaseName,start,end,leaseStatus,totalRecurringRent,totalBalanceDue,totalDepositsHeld',
    kind: 'doorloop',
    maps: {
      Unit: 'unitName',
      'Lease ID': 'leaseId',
      Residents: 'leaseName',
      Rent: 'totalRecurringRent',
      Deposit: 'totalDepositsHeld',
      Start: 'start',
    },
    missing: [],
  },
  {
    from: 'TenantCloud lease import',
    headers:
      'Unit number,Tenant(s) Full name,Total Recurring Rent Amount,Lease End Date,Tenant Rent Amount Portion,Tenant Deposit Amount Portion',
    kind: 'tenantcloud',
    maps: {
      Unit: 'Unit number',
      Residents: 'Tenant(s) Full name',
      Rent: 'Total Recurring Rent Amount',
      'Lease end': 'Lease End Date',
      Deposit: 'Tenant Deposit Amount Portion',
    },
    missing: ['Property', 'Start'],
  },
  {
    from: 'a sheet made by hand',
    headers: 'Building,Apt,Name,Monthly rent,Due date,Move-in,Security deposit,E-mail,Cell',
    kind: 'by hand',
    maps: {
      Property: 'Building',
      Unit: 'Apt',
      Residents: 'Name',
      Rent: 'Monthly rent',
      'Move in': 'Move-in',
      Email: 'E-mail',
      Phone: 'Cell',
    },
    missing: [],
  },
  {
    from: 'a sheet made by hand with names apart',
    headers: 'Property,Unit #,First name,Last name,Rent/month,Lease start,Lease end',
    kind: 'by hand',
    maps: { Residents: 'First name+Last name', Rent: 'Rent/month', Start: 'Lease start', 'Lease end': 'Lease end' },
    missing: [],
  },
  {
    from: 'a German sheet',
    headers: 'Objekt,Wohnung,Mieter,Kaltmiete,Mietbeginn,Kaution,Telefon',
    kind: 'by hand',
    maps: { Property: 'Objekt', Unit: 'Wohnung', Residents: 'Mieter', Rent: 'Kaltmiete', Start: 'Mietbeginn' },
    missing: [],
  },
  {
    from: 'a German sheet typed without umlauts',
    headers: 'Gebaeude,Whg,Bewohner,Monatsmiete,Einzug,Auszug,Notizen',
    kind: 'by hand',
    maps: { Property: 'Gebaeude', Unit: 'Whg', Residents: 'Bewohner', 'Move in': 'Einzug', Notes: 'Notizen' },
    missing: [],
  },
  {
    from: 'a French sheet with accents',
    headers: 'Bâtiment,Logement,Prénom,Nom,Loyer,Début,Fin,Dépôt de garantie,Échéance',
    kind: 'by hand',
    maps: {
      Property: 'Bâtiment',
      Residents: 'Prénom+Nom',
      Start: 'Début',
      'Lease end': 'Fin',
      Deposit: 'Dépôt de garantie',
      'Due day': 'Échéance',
    },
    missing: [],
  },
  {
    from: 'a Spanish sheet with names apart',
    headers: 'Propiedad,Departamento,Nombre,Apellidos,Renta mensual,Inicio,Fin,Teléfono,Día de pago',
    kind: 'by hand',
    maps: {
      Unit: 'Departamento',
      Residents: 'Nombre+Apellidos',
      Rent: 'Renta mensual',
      Start: 'Inicio',
      Phone: 'Teléfono',
      'Due day': 'Día de pago',
    },
    missing: [],
  },
];

describe('recognising an import file by its headers', () => {
  it.each(VARIANTS)('tells $from', ({ headers, kind, maps, missing }) => {
    const found = recognise(headers.split(','));
    expect(found.kind).toBe(kind);
    const mapped = Object.fromEntries(Object.keys(maps).map((fact) => [fact, found.mapping[fact]?.join('+')]));
    expect(mapped).toEqual(maps);
    expect(found.missing).toEqual(missing);
  });

  it.each([
    [LEASES, 'rent ledger leases'],
    [PROPERTIES, 'rent ledger properties'],
    [TERMS, 'rent ledger terms'],
    [LINKS, 'rent ledger links'],
    [TEMPLATES, 'rent ledger templates'],
    [SETTINGS, 'rent ledger settings'],
  ] as const)('tells our own headers of $title, in any order and with columns of people between them', (tab, kind) => {
    const headers = [...tab.columns.map((column) => column.header), 'My own column'].reverse();
    const found = recognise(headers);
    expect(found.kind).toBe(kind);
    expect(found.missing).toEqual([]);
    expect(Object.keys(found.mapping).sort()).toEqual(tab.columns.map((column) => column.header).sort());
  });

  it('names what is missing when nothing is known', () => {
    expect(recognise(['Colour', 'Size'])).toEqual({
      kind: 'by hand',
      mapping: {},
      missing: ['Property', 'Unit', 'Residents', 'Rent', 'Start'],
    });
  });
});
