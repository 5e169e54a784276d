/** Apps Script's enumerations: values are objects that print as their name and equal only themselves. */

export interface EnumValue {
  toString(): string;
  name(): string;
  ordinal(): number;
  compareTo(other: EnumValue): number;
  toJSON(): string;
}

class Member implements EnumValue {
  constructor(
    private readonly label: string,
    private readonly place: number,
  ) {}
  toString(): string {
    return this.label;
  }
  name(): string {
    return this.label;
  }
  ordinal(): number {
    return this.place;
  }
  compareTo(other: EnumValue): number {
    return this.place - other.ordinal();
  }
  toJSON(): string {
    return this.label;
  }
}

export type Enumeration<Name extends string> = Readonly<Record<Name, EnumValue>>;

/** An enumeration with these names, in this order. */
export function enumeration<Name extends string>(...names: readonly Name[]): Enumeration<Name> {
  const members: Record<string, EnumValue> = {};
  names.forEach((name, place) => {
    members[name] = new Member(name, place);
  });
  return members as Enumeration<Name>;
}

/** The name of a value of the enumeration, or undefined for anything else. */
export function nameIn<Name extends string>(members: Enumeration<Name>, value: unknown): Name | undefined {
  return (Object.keys(members) as Name[]).find((name) => members[name] === value);
}
