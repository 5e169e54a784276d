/** The one property that nobody owns: the demo of the setup wizard. Nothing about it ever leaves. */

export const DEMO_HOUSE = 'Demo House';

export const isDemoHouse = (name: string): boolean => name.trim().toLowerCase() === DEMO_HOUSE.toLowerCase();
