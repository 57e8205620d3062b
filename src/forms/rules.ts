import { addressSections } from './address-fields';
import { formSections } from './customer-form';
import type { FormKind, FormMode, FormSection } from './form-rules';

/** The fields of a kind of form, under their headings. Pages import this module so that the rest of the rules stays out of their bundle. */
export function sectionsOf(kind: FormKind, mode: FormMode): readonly FormSection[] {
  return kind === 'address' ? addressSections() : formSections(mode);
}
