// Rules for texts that people read: they are said through `t` and `plural` (src/l10n/texts.ts), once the language is known.
import { looksLikeText } from './looks-like-text.mjs';

/** @typedef {import('estree').Node & { parent: import('estree').Node }} Node */

const SPEAKING = ['t', 'plural', 'later'];

/** @param {import('estree').Node} node */
function speaks(node) {
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' && SPEAKING.includes(node.callee.name);
}

/** Errors of the programmer, which nobody is meant to read. */
const BROKEN = ['TypeError', 'RangeError', 'RegExp'];

/**
 * Whether a line of the log is written, which stays English: it is sent along with reports.
 * @param {import('estree').SimpleCallExpression} call
 */
function logs({ callee }) {
  if (callee.type !== 'MemberExpression') return false;
  const { object } = callee;
  const log = object.type === 'MemberExpression' ? object.property : object;
  return log.type === 'Identifier' && log.name === 'log';
}

/**
 * Whether nobody reads what stands there: names, types, comparisons, errors of the programmer, and texts that are said already.
 * @param {Node} node
 */
function unread(node) {
  const { parent } = node;
  switch (parent.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TaggedTemplateExpression':
    case 'SwitchCase':
      return true;
    case 'Property':
      return parent.key === node;
    case 'MemberExpression':
      return parent.property === node;
    case 'BinaryExpression':
      return /^[!=]==$/.test(parent.operator);
    case 'NewExpression':
      return parent.callee.type === 'Identifier' && BROKEN.includes(parent.callee.name);
    case 'CallExpression':
      return (speaks(parent) || logs(parent)) && parent.arguments.includes(/** @type {import('estree').Expression} */ (node));
    default:
      return String(parent.type).startsWith('TS') && parent.type !== /** @type {string} */ ('TSAsExpression');
  }
}

/** @type {import('eslint').Rule.RuleModule} */
const spoken = {
  meta: {
    type: 'problem',
    messages: { text: 'Say it through t, plural or later (src/l10n/texts.ts), so that it can be translated.' },
    schema: [],
  },
  create: (context) => ({
    Literal(node) {
      if (typeof node.value !== 'string' || !looksLikeText(node.value) || unread(/** @type {Node} */ (node))) return;
      context.report({ node, messageId: 'text' });
    },
    TemplateLiteral(node) {
      const text = node.quasis.map(({ value }) => value.cooked ?? '').join('{}');
      if (looksLikeText(text) && !unread(/** @type {Node} */ (node))) context.report({ node, messageId: 'text' });
    },
  }),
};

/** @type {import('eslint').Rule.RuleModule} */
const late = {
  meta: {
    type: 'problem',
    messages: { early: 'Mark it with later, and say it with said when it is shown: while a module is loaded, the language is not known.' },
    schema: [],
  },
  create: (context) => ({
    CallExpression(node) {
      if (!speaks(node) || (node.callee.type === 'Identifier' && node.callee.name === 'later')) return;
      const inFunction = context.sourceCode.getAncestors(node).some(({ type }) => /Function/.test(type));
      if (!inFunction) context.report({ node, messageId: 'early' });
    },
  }),
};

export default { rules: { spoken, late } };
