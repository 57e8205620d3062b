/**
 * The way from SOAP to Maho's REST v2: the translation of each call, as data and for one call with its arguments. Pure: it does not
 * communicate with a store, and `src/store` does not import it.
 */
export { citationsOf, gravestFirst, noteLabels, type Note, type NoteKind, type Sources } from './claims';
export { withExamples } from './examples';
export { fieldsOf, fieldSources, type Field, type FieldEntity } from './fields';
export { equivalentOf, equivalents, verdictLabels, type Equivalent, type Verdict } from './operations';
export { translate, type TranslatedRequest, type SoapCall, type Translation } from './translate';
