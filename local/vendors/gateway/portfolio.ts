/** The houses, units and people that a story puts into a property system before it begins; the three systems take the same one. */

export interface PortfolioProperty {
  readonly code: string;
  readonly name: string;
  readonly street?: string;
  readonly city?: string;
  readonly state?: string;
  readonly zip?: string;
}

export interface PortfolioUnit {
  readonly code: string;
  readonly property: string;
  readonly type?: string;
  readonly marketRentCents?: number;
}

/** One household with its lease. Days are `yyyy-MM-dd`. */
export interface PortfolioTenant {
  readonly code: string;
  /** The lease's own id, where a system keeps leases apart from people; the tenant's code when left out. */
  readonly lease?: string;
  readonly property: string;
  readonly unit: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string;
  readonly phone?: string;
  readonly rentCents: number;
  readonly leaseFrom: string;
  /** None: month to month. */
  readonly leaseTo?: string;
  readonly moveIn?: string;
  readonly moveOut?: string;
}

export interface PortfolioLine {
  readonly kind: 'charge' | 'payment';
  readonly tenant: string;
  readonly cents: number;
  readonly day: string;
  readonly code?: string;
  readonly method?: string;
  readonly reference?: string;
  readonly text?: string;
}

export interface Portfolio {
  readonly properties: readonly PortfolioProperty[];
  readonly units: readonly PortfolioUnit[];
  readonly tenants: readonly PortfolioTenant[];
  readonly lines?: readonly PortfolioLine[];
}

/** Two small houses: one household month to month, one that leaves, and a unit that stands empty. Codes fit every system's ids. */
export const SMALL_PORTFOLIO: Portfolio = {
  properties: [
    { code: '101', name: 'Harbor Court', street: '12 Quay Street', city: 'Springfield', state: 'IL', zip: '62701' },
    { code: '102', name: 'Linden Row', street: '80 Linden Avenue', city: 'Springfield', state: 'IL', zip: '62702' },
  ],
  units: [
    { code: '11', property: '101', type: '1br', marketRentCents: 130_000 },
    { code: '12', property: '101', type: '1br', marketRentCents: 130_000 },
    { code: '21', property: '102', type: '2br', marketRentCents: 165_000 },
    { code: '22', property: '102', type: '2br', marketRentCents: 165_000 },
  ],
  tenants: [
    {
      code: '5001',
      lease: '7001',
      property: '101',
      unit: '11',
      firstName: 'Ada',
      lastName: 'Park',
      email: 'ada@example.com',
      phone: '+12175550111',
      rentCents: 125_000,
      leaseFrom: '2026-03-01',
      leaseTo: '2027-02-28',
      moveIn: '2026-03-01',
    },
    {
      code: '5002',
      lease: '7002',
      property: '101',
      unit: '12',
      firstName: 'Ben',
      lastName: 'Ortiz',
      email: 'ben@example.com',
      rentCents: 128_000,
      leaseFrom: '2025-06-01',
      moveIn: '2025-06-01',
    },
    {
      code: '5003',
      lease: '7003',
      property: '102',
      unit: '21',
      firstName: 'Chi',
      lastName: 'Wong',
      email: 'chi@example.com',
      phone: '+12175550133',
      rentCents: 160_000,
      leaseFrom: '2026-01-01',
      leaseTo: '2026-12-31',
      moveIn: '2026-01-01',
      moveOut: '2026-12-31',
    },
  ],
};
