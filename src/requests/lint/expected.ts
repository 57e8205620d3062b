import { similar, withGuess } from '../../api/traps';
import type { ResourceRegistry } from '../../api/resources';
import type { EntityType, WireType } from '../../api/types';
import type { Diagnostic, SavedRequest } from '../file/model';
import { descend, properties, rangeOf } from '../file/tree';
import { expectedWithin, type ExpectedPart } from '../help/expected-type';
import { t } from '../../l10n/texts';

type Node = SavedRequest['node'];

/**
 * Fields of an expected result that the described answer does not have, and that are probably misspelled. Such an expectation always fails.
 * Other unknown fields may be attributes that a shop added.
 */
export function misspelledExpectations({ method: name, node }: SavedRequest, registry: ResourceRegistry): readonly Diagnostic[] {
  const method = name === undefined ? undefined : registry.find(name);
  if (method === undefined || !registry.isDescribed(method)) return [];
  return [descend(node, ['expect', 'result']), descend(node, ['until', 'result'])].flatMap((expected) =>
    expected === undefined ? [] : misspelled(expected, { kind: 'expected', type: method.result.type }),
  );
}

function misspelled(node: Node, place: ExpectedPart): readonly Diagnostic[] {
  const inside = (child: Node | undefined, step: string | number): readonly Diagnostic[] => {
    const below = child === undefined ? undefined : expectedWithin(place, step);
    return child === undefined || below === undefined ? [] : misspelled(child, below);
  };
  if (node.type === 'array') return (node.children ?? []).flatMap(inside);
  const entity = place.kind === 'expected' ? entityOf(place.type) : undefined;
  return properties(node).flatMap(({ key, keyNode, value }) => [
    ...(entity === undefined || key.startsWith('$') ? [] : wrongField(entity, key, rangeOf(keyNode))),
    ...inside(value, key),
  ]);
}

function entityOf(type: WireType): EntityType | undefined {
  // An entity without fields has no description.
  return type.kind === 'entity' && type.fields.length > 0 ? type : undefined;
}

function wrongField({ name, fields }: EntityType, key: string, range: Diagnostic['range']): readonly Diagnostic[] {
  const names = fields.map((field) => field.name);
  const meant = names.includes(key) ? undefined : similar(key, names);
  if (meant === undefined) return [];
  return [
    {
      code: 'expected-field-unknown',
      message: withGuess(t('{name} has no field "{key}".', { name, key }), meant),
      severity: 'warning',
      range,
      why: t('The response has the fields that the description of the store names, so an expectation of another field fails.'),
      fixes: [{ title: t('Change to {meant}', { meant }), edits: [{ range, newText: JSON.stringify(meant) }], preferred: false }],
    },
  ];
}
