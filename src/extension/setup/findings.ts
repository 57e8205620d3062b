import * as z from 'zod/mini';
import { t } from '../../l10n/texts';
import { dialectLabels, dialects, type Dialect } from '../../api/dialect';
import { findGeneration } from '../../api/generations';
import { listed } from '../../api/traps/report';
import type { Check, CheckId } from '../../store/doctor/check';
import type { StoreConfig } from '../../store/settings/config';
import { resourceRightsText } from '../../store/doctor/resource-rights-text';
import type { Objection } from '../questions';

/** The step of Add Store, and the questions of Edit Store, in which something can be mended. */
export type MendingStep = 'address' | 'login';

/** Where each finding of the doctor is mended. The version is nobody's fault. */
const mendedIn: Readonly<Record<CheckId, MendingStep | undefined>> = {
  url: 'address',
  lookup: 'address',
  tcp: 'address',
  tls: 'address',
  http: 'address',
  rest: 'address',
  clock: undefined,
  wsdl: 'address',
  address: 'address',
  imports: 'address',
  dialects: 'address',
  login: 'login',
  version: undefined,
  rights: 'login',
  stores: 'login',
};

/** Where a finding is mended; `undefined` for one that is well, or that no answer of the setup changes. */
export function mendingStep({ id, state }: Pick<Check, 'id' | 'state'>): MendingStep | undefined {
  return state === 'failed' || state === 'warning' ? mendedIn[id] : undefined;
}

/** The first finding that failed, if it is mended in this step. */
function failedIn(step: MendingStep, checks: readonly Check[]): Check | undefined {
  return checks.find((check) => check.state === 'failed' && mendingStep(check) === step);
}

/** What is wrong and how to mend it, in one paragraph: what happened, the words of the store, why, what to do. */
export function explained({ text, said, why, next }: Check): string {
  return [text, said === undefined ? undefined : t('The store said: {said}', { said }), why, next]
    .filter((part) => part !== undefined)
    .join(' ');
}

const offers = z.object({ offered: z.array(z.object({ dialect: z.enum(dialects), url: z.string() })) });

/** A dialect that a store speaks, and where. */
export type OfferedDialect = z.infer<typeof offers>['offered'][number];

/** The dialects that a store offers, the one that is spoken first. Empty when none was found. */
export function offeredDialects(checks: readonly Check[]): readonly OfferedDialect[] {
  const facts = z.safeParse(offers, checks.find(({ id }) => id === 'dialects')?.facts);
  return facts.success ? facts.data.offered : [];
}

const choice = z.object({ brings: z.string(), soapOff: z.optional(z.boolean()) });

/** Where a store can be spoken to over SOAP and REST, or could be: what each brings, and whether its SOAP is switched off. */
export function choiceOf(checks: readonly Check[]): z.infer<typeof choice> | undefined {
  const facts = z.safeParse(choice, checks.find(({ id }) => id === 'dialects')?.facts);
  return facts.success ? facts.data : undefined;
}

const advice = z.object({ advice: z.object({ dialect: z.enum(dialects) }) });

/**
 * The dialect to keep a store on, where what it speaks by itself does not get through, or is switched off, and another one answers. The
 * finding that advises it is a warning, so the user need not stay in its step.
 */
export function advisedDialect(checks: readonly Check[]): Dialect | undefined {
  for (const { facts } of checks) {
    const advised = z.safeParse(advice, facts);
    if (advised.success) return advised.data.advice.dialect;
  }
  return undefined;
}

/**
 * The entry of a store that is kept on a dialect.
 * @param entry as it stands in the settings; `undefined` for a store that is in no settings, such as the demo store
 * @returns `undefined` where there is nothing to keep, or it is on that dialect already
 */
export function keptOn(dialect: Dialect, entry: StoreConfig | undefined): StoreConfig | undefined {
  return entry === undefined || entry.dialect === dialect ? undefined : { ...entry, dialect };
}

const versions = z.object({ version: z.string() });
const described = z.object({ product: z.string(), generation: z.optional(z.object({ id: z.string() })) });

/** What answers, such as `Maho 26.7.4` or, before a login, `Maho 26.7`; `undefined` where nothing told it. */
export function productOf(checks: readonly Check[]): string | undefined {
  const version = z.safeParse(versions, checks.find(({ id }) => id === 'version')?.facts);
  if (version.success) return version.data.version;
  const wsdl = z.safeParse(described, checks.find(({ id }) => id === 'wsdl')?.facts);
  if (!wsdl.success) return undefined;
  const known = wsdl.data.generation === undefined ? undefined : findGeneration(wsdl.data.generation.id);
  return known?.label ?? (wsdl.data.product === 'unknown' ? undefined : wsdl.data.product);
}

/** What answers and how, such as `Maho 26.7 answers over V2, V1 and REST.`; empty when nothing does. */
export function answersOver(checks: readonly Check[]): string {
  const spoken = offeredDialects(checks).map(({ dialect }) => dialectLabels[dialect]);
  if (spoken.length === 0) return '';
  const [product, dialectNames] = [productOf(checks), listed(spoken)];
  const answers =
    product === undefined
      ? t('The store answers over {dialects}.', { dialects: dialectNames })
      : t('{product} answers over {dialects}.', { product, dialects: dialectNames });
  return choiceOf(checks)?.soapOff === true ? `${answers} ${t('SOAP is switched off.')}` : answers;
}

const granted = z.object({ allowed: z.array(z.string()), denied: z.array(z.string()) });

/** What the API user may do, such as `All 14 customer methods`; `undefined` where that was not found out. */
export function rightsOf(checks: readonly Check[]): string | undefined {
  const rights = checks.find(({ id }) => id === 'rights');
  const facts = z.safeParse(granted, rights?.facts);
  if (!facts.success) return undefined;
  const { allowed, denied } = facts.data;
  if (denied.length === 0) return t('All {count} customer methods', { count: allowed.length });
  return allowed.length === 0
    ? rights?.text
    : t('{allowed} of {all} customer methods, not {denied}', {
        allowed: allowed.length,
        all: allowed.length + denied.length,
        denied: denied.join(', '),
      });
}

const byResource = z.object({
  resources: z.array(z.object({ resource: z.string(), allowed: z.array(z.string()), denied: z.array(z.string()) })),
});

/** Resources whose rights a line of the summary names; the others are counted. */
const MAX_NAMED = 6;

/** What the API user may do with resources other than customers, those with something denied first; `undefined` where nothing tells. */
export function otherRightsOf(checks: readonly Check[]): string | undefined {
  const facts = z.safeParse(byResource, checks.find(({ id }) => id === 'rights')?.facts);
  if (!facts.success) return undefined;
  const { resources } = facts.data;
  const denied = resources.filter((each) => each.denied.length > 0);
  const others = resourceRightsText([...denied, ...resources.filter((each) => each.denied.length === 0)], MAX_NAMED);
  return others === undefined ? undefined : t('Beyond customers: {others}', { others });
}

/** What speaks against the answers of a step. Stores that are down, or lack rights, can be added nevertheless. */
export function objectionTo(checks: readonly Check[] | undefined, step: MendingStep): Objection | undefined {
  const failed = failedIn(step, checks ?? []);
  return failed && { text: `${failed.title}: ${explained(failed)} ${t('Press Enter again to continue anyway.')}`, anyway: true };
}

/** What spoke against the answers of a step when it was tried: Enter tries them again. */
export function foundBefore(checks: readonly Check[] | undefined, step: MendingStep): Objection | undefined {
  const failed = failedIn(step, checks ?? []);
  return failed && { text: `${failed.title}: ${explained(failed)}`, anyway: false };
}
