/** Who is at the keyboard and what they may do. */

/** In rising order: `none` may not even look. */
export const ROLES = ['none', 'viewer', 'manager', 'owner'] as const;
export type Role = (typeof ROLES)[number];

export interface Person {
  /** Lower case; '' when Google does not tell who it is. */
  readonly mail: string;
  readonly role: Role;
  /** Properties that this person may see, in lower case; all of them where it is left out. */
  readonly properties?: readonly string[];
}

export const atLeast = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** True when the person may see this property. */
export const maySee = (person: Person | undefined, property: string): boolean =>
  person?.properties === undefined || person.properties.includes(property.toLowerCase());
