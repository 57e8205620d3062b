// Rules for texts that people read: they must go through `t` and `plural` (src/l10n/texts.ts), once the language is known.
import { looksLikeText } from './looks-like-text.mjs';

/** @typedef {import('estree').Node & { parent: import('estree').Node }} Node */

const SPEAKING = ['t', 'plural', 'later'];

/** @param {import('estree').Node} node */
function speaks(node) {
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' && SPEAKING.includes(node.callee.name);
}

/** Errors for programmers, which are not shown to users. */
const BROKEN = ['TypeError', 'RangeError', 'RegExp'];

/**
 * Whether a call writes to the log, which stays English because it is sent with reports.
 * @param {import('estree').SimpleCallExpression} call
 */
function logs({ callee }) {
  if (callee.type !== 'MemberExpression') return false;
  const { object } = callee;
  const log = object.type === 'MemberExpression' ? object.property : object;
  return log.type === 'Identifier' && log.name === 'log';
}

/** Whether a text is only compared with another one, or names a header. @param {import('estree').SimpleCallExpression} call */
function compares({ callee }) {
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    /^(?:startsWith|endsWith|setHeader|getHeader)$/.test(callee.property.name)
  );
}

/** @param {Node} node */
function thrown(node) {
  return node.parent.type === 'ThrowStatement';
}

/**
 * Whether a node is the class names of an element: the second argument of `element` (src/webview/ui.ts).
 * @param {import('estree').SimpleCallExpression} call @param {Node} node
 */
function styles({ callee, arguments: [, classes] }, node) {
  return callee.type === 'Identifier' && callee.name === 'element' && classes === node;
}

/**
 * Whether a call finds elements of a page by a selector.
 * @param {import('estree').SimpleCallExpression} call
 */
function selects({ callee }) {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  return ['matches', 'closest', 'querySelector', 'querySelectorAll'].includes(callee.property.name);
}

/**
 * Whether a text at this node is not for people: names, types, comparisons, errors for programmers, and texts that already go through `t`.
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
      return /^[!=]==$/.test(parent.operator) || (parent.operator === '+' && unread(/** @type {Node} */ (parent)));
    case 'NewExpression':
      // Errors for people are thrown as a ToolkitError.
      return (
        parent.callee.type === 'Identifier' && (BROKEN.includes(parent.callee.name) || (parent.callee.name === 'Error' && thrown(parent)))
      );
    case 'ConditionalExpression':
      return parent.test !== node && unread(/** @type {Node} */ (parent));
    case 'AssignmentExpression':
      return (
        parent.left.type === 'MemberExpression' && parent.left.property.type === 'Identifier' && parent.left.property.name === 'className'
      );
    case 'CallExpression':
      return (
        styles(parent, node) ||
        selects(parent) ||
        ((speaks(parent) || logs(parent) || compares(parent)) &&
          parent.arguments.includes(/** @type {import('estree').Expression} */ (node)))
      );
    default:
      return String(parent.type).startsWith('TS') && parent.type !== /** @type {string} */ ('TSAsExpression');
  }
}

/** Reports texts that are not arguments of {@link SPEAKING}. */
export const spokenTexts = {
  /** @param {import('oxlint/plugins-dev').Context} context */
  create(context) {
    /** @param {Node} node @param {string} text */
    const check = (node, text) => {
      if (!looksLikeText(text) || unread(node)) return;
      context.report({ node, message: 'Say it through t, plural or later (src/l10n/texts.ts), so that it can be translated.' });
    };
    return {
      Literal(node) {
        if (typeof node.value === 'string') check(node, node.value);
      },
      TemplateLiteral(node) {
        check(node, node.quasis.map(({ value }) => value.cooked ?? '').join('{}'));
      },
    };
  },
};

/** Reports texts that are translated while a module is loaded, when the language is not known yet. */
export const earlyTexts = {
  /** @param {import('oxlint/plugins-dev').Context} context */
  create: (context) => ({
    CallExpression(node) {
      if (!speaks(node) || node.callee.name === 'later') return;
      for (let above = node.parent; above; above = above.parent) if (/Function/.test(above.type)) return;
      context.report({ node, message: 'Mark it with later, and show it with translated: the language is not known yet.' });
    },
  }),
};
