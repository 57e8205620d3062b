import type { SoapDialect } from '../dialect';
import { generationOf, type Generation } from '../generations';

/** Where in a shop things are done, in words for the end of "In the shop’s admin, look under …" and "run …". */
export type Menus = Readonly<Record<'users' | 'roles' | 'protocols' | 'enable' | 'install' | 'settings', string>>;

const newest = generationOf('maho@26.7');
const older = generationOf('maho@25');

/**
 * Menus and commands of a generation. While it is not known which one answers, both are named where they differ.
 * @param dialect the one that is to be switched on
 */
export function menusOf(generation: Generation | undefined, dialect: SoapDialect = 'v2'): Menus {
  const menu = (pick: (of: Generation) => string): string =>
    generation === undefined ? `${pick(older)} (Maho 26.7: ${pick(newest)})` : pick(generation);
  return {
    users: menu(({ menus }) => menus.users),
    roles: menu(({ menus }) => menus.roles),
    // Its beginning is the same everywhere.
    settings: (generation ?? newest).menus.settings,
    // Only these stores can switch SOAP off at all.
    protocols: newest.menus.protocols ?? '',
    enable: newest.commands.enableSoap?.[dialect] ?? '',
    install: newest.commands.installSoap ?? '',
  };
}
