import * as z from 'zod/mini';
import { t } from '../../l10n/texts';
import { dialectLabels, dialects, type Dialect } from '../../api/dialect';
import { findGeneration } from '../../api/generations';
import { listed } from '../../api/traps/report';
import type { Check, CheckId } from '../../store/doctor/check';
import type { StoreConfig } from '../../store/settings/config';
import { resourceRightsText } from '../../store/doctor/resource-rights-text';
import type { Objection } from '../questions';

/** The steps of Add Store and the questions of Edit Store that can fix something. */
export type FixingStep = 'address' | 'login';

/**
 * The step that can fix each finding of the doctor. `undefined` for a finding that nothing in the entry of a store can fix, such as the
 * version.
 */
const fixingSteps: Readonly<Record<CheckId, FixingStep | undefined>> = {
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

/** The step that can fix a finding. `undefined` for a finding without a problem, or one that no answer can fix. */
export function fixingStepOf({ id, state }: Pick<Check, 'id' | 'state'>): FixingStep | undefined {
  return state === 'failed' || state === 'warning' ? fixingSteps[id] : undefined;
}

/** The first finding that failed, if this step can fix it. */
function failedIn(step: FixingStep, checks: readonly Check[]): Check | undefined {
  return checks.find((check) => check.state === 'failed' && fixingStepOf(check) === step);
}

/** A finding in one paragraph: what happened, the words of the store, why, what to do. */
export function explained({ text, said, why, next }: Check): string {
  return [text, said === undefined ? undefined : t('The store said: {said}', { said }), why, next]
    .filter((part) => part !== undefined)
    .join(' ');
}

const offers = z.object({ offered: z.array(z.object({ dialect: z.enum(dialects), url: z.string() })) });

/** A dialect that a store speaks, and its address. */
export type OfferedDialect = z.infer<typeof offers>['offered'][number];

/** The dialects that a store offers, the one in use first. Empty when none was found. */
export function offeredDialects(checks: readonly Check[]): readonly OfferedDialect[] {
  const facts = z.safeParse(offers, checks.find(({ id }) => id === 'dialects')?.facts);
  return facts.success ? facts.data.offered : [];
}

const choice = z.object({ comparison: z.string(), soapOff: z.optional(z.boolean()) });

/** The choice between SOAP and REST where a store could use both: their differences, and whether SOAP is switched off. */
export function choiceOf(checks: readonly Check[]): z.infer<typeof choice> | undefined {
  const facts = z.safeParse(choice, checks.find(({ id }) => id === 'dialects')?.facts);
  return facts.success ? facts.data : undefined;
}

const advice = z.object({ advice: z.object({ dialect: z.enum(dialects) }) });

/**
 * The dialect to set for a store whose default dialect is blocked or switched off while another one works. The finding that advises it is a
 * warning, so the user can leave its step.
 */
export function advisedDialect(checks: readonly Check[]): Dialect | undefined {
  for (const { facts } of checks) {
    const advised = z.safeParse(advice, facts);
    if (advised.success) return advised.data.advice.dialect;
  }
  return undefined;
}

/**
 * The entry of a store that is set to a dialect.
 * @param entry as written in the settings. `undefined` for a store that is in no settings, such as the demo store
 * @returns `undefined` when there is no entry, or when it already has that dialect
 */
export function keptOn(dialect: Dialect, entry: StoreConfig | undefined): StoreConfig | undefined {
  return entry === undefined || entry.dialect === dialect ? undefined : { ...entry, dialect };
}

const versions = z.object({ version: z.string() });
const described = z.object({ product: z.string(), generation: z.optional(z.object({ id: z.string() })) });

/** The product that answers, such as `Maho 26.7.4` or, before a login, `Maho 26.7`. `undefined` where nothing tells it. */
export function productOf(checks: readonly Check[]): string | undefined {
  const version = z.safeParse(versions, checks.find(({ id }) => id === 'version')?.facts);
  if (version.success) return version.data.version;
  const wsdl = z.safeParse(described, checks.find(({ id }) => id === 'wsdl')?.facts);
  if (!wsdl.success) return undefined;
  const known = wsdl.data.generation === undefined ? undefined : findGeneration(wsdl.data.generation.id);
  return known?.label ?? (wsdl.data.product === 'unknown' ? undefined : wsdl.data.product);
}

/** The product and its dialects, such as `Maho 26.7 answers over V2, V1 and REST.` Empty when nothing answers. */
export function answersOver(checks: readonly Check[]): string {
  const spoken = offeredDialects(checks).map(({ dialect }) => dialectLabels[dialect]);
  if (spoken.length === 0) return '';
  const [product, dialectNames] = [productOf(checks), listed(spoken)];
  const answers =
    product === undefined
      ? t('The store supports {dialects}.', { dialects: dialectNames })
      : t('{product} supports {dialects}.', { product, dialects: dialectNames });
  return choiceOf(checks)?.soapOff === true ? `${answers} ${t('SOAP is turned off.')}` : answers;
}

const granted = z.object({ allowed: z.array(z.string()), denied: z.array(z.string()) });

/** The rights of the API user, such as `All 14 customer methods`. `undefined` where they were not found out. */
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

/** Number of resources whose rights are named in the summary. The others are counted. */
const MAX_NAMED_RESOURCES = 6;

/**
 * The rights of the API user for other resources than customers, those with something denied first. `undefined` where nothing tells them.
 */
export function otherRightsOf(checks: readonly Check[]): string | undefined {
  const facts = z.safeParse(byResource, checks.find(({ id }) => id === 'rights')?.facts);
  if (!facts.success) return undefined;
  const { resources } = facts.data;
  const denied = resources.filter((each) => each.denied.length > 0);
  const others = resourceRightsText([...denied, ...resources.filter((each) => each.denied.length === 0)], MAX_NAMED_RESOURCES);
  return others === undefined ? undefined : t('Beyond customers: {others}', { others });
}

/** The objection to the answers of a step. Stores that are down, or lack rights, can still be added. */
export function objectionTo(checks: readonly Check[] | undefined, step: FixingStep): Objection | undefined {
  const failed = failedIn(step, checks ?? []);
  return failed && { text: `${failed.title}: ${explained(failed)} ${t('Press Enter again to continue anyway.')}`, anyway: true };
}

/** The objection from when the answers of a step were last tried. Enter tries them again. */
export function foundBefore(checks: readonly Check[] | undefined, step: FixingStep): Objection | undefined {
  const failed = failedIn(step, checks ?? []);
  return failed && { text: `${failed.title}: ${explained(failed)}`, anyway: false };
}
