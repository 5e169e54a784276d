/** Puts a story's houses, people, charges and receipts into the database, and behind the customer's gateway. */
import type { Portfolio, PortfolioLine, PortfolioProperty } from '../gateway/portfolio';
import { seedGateway } from '../gateway/state';
import { addProperty, addUnit, moveIn, typeCharge, typeReceipt } from './people';
import { type AppfolioState, plain } from './state';

/** As if the manager had typed all of it at that moment. AppFolio gives ids of its own; people and houses keep their names. */
export function openPortfolio(state: AppfolioState, portfolio: Portfolio, nowMs: number): void {
  const houses = new Map(portfolio.properties.map((property) => [property.code, property]));
  const nameOf = (code: string): string => houses.get(code)?.name ?? code;
  for (const property of portfolio.properties) addProperty(state, typed(property), nowMs);
  for (const { property, code, marketRentCents } of portfolio.units)
    addUnit(state, { property: nameOf(property), name: code, marketRent: plain(marketRentCents ?? 0) }, nowMs);
  const who = new Map<string, string>();
  for (const tenant of portfolio.tenants) {
    const { code, property, unit, firstName, lastName, email, phone, rentCents, leaseFrom, leaseTo, moveOut } = tenant;
    const occupancy = moveIn(
      state,
      {
        ...{ property: nameOf(property), unit, rent: plain(rentCents), leaseFrom },
        ...(leaseTo === undefined ? {} : { leaseTo }),
        people: [{ firstName, lastName, ...(email ? { email } : {}), ...(phone ? { phone } : {}) }],
      },
      nowMs,
    );
    if (moveOut !== undefined) Object.assign(occupancy, { status: 'Notice', moveOutOn: moveOut });
    who.set(code, `${firstName} ${lastName}`);
  }
  for (const line of portfolio.lines ?? []) addLine(state, who.get(line.tenant)!, line, nowMs);
  seedGateway(state.gateway, portfolio);
}

const typed = ({ name, street, city, state, zip }: PortfolioProperty) => ({
  ...{ name, address1: street ?? '', city: city ?? '', state: state ?? '', zip: zip ?? '' },
});

function addLine(state: AppfolioState, who: string, line: PortfolioLine, nowMs: number): void {
  const amount = plain(line.cents);
  if (line.kind === 'charge') typeCharge(state, who, { amount, on: line.day, description: line.text ?? 'Rent' }, nowMs);
  else {
    const { method, reference, text } = line;
    const more = { ...(method ? { paymentType: method } : {}), ...(reference ? { reference } : {}) };
    typeReceipt(state, who, { amount, on: line.day, ...more, ...(text ? { remarks: text } : {}) }, nowMs);
  }
}
