import type { SoapDialect } from '../dialect';
import { generationOf, type Generation } from '../generations';

/** Menus and commands of a shop, as words that fit "In the shop’s admin, look under …" and "run …". */
export type Menus = Readonly<Record<'users' | 'roles' | 'protocols' | 'enable' | 'install' | 'settings', string>>;

const newest = generationOf('maho@26.7');
const older = generationOf('maho@25');

/**
 * Menus and commands of a generation. While the generation is unknown, both names are given where they differ.
 * @param dialect the dialect to switch on
 */
export function menusOf(generation: Generation | undefined, dialect: SoapDialect = 'v2'): Menus {
  const menu = (pick: (of: Generation) => string): string =>
    generation === undefined ? `${pick(older)} (Maho 26.7: ${pick(newest)})` : pick(generation);
  return {
    users: menu(({ menus }) => menus.users),
    roles: menu(({ menus }) => menus.roles),
    // The beginning of this menu is the same in all generations.
    settings: (generation ?? newest).menus.settings,
    // Only stores of this generation can switch SOAP off.
    protocols: newest.menus.protocols ?? '',
    enable: newest.commands.enableSoap?.[dialect] ?? '',
    install: newest.commands.installSoap ?? '',
  };
}
