// Distinguishes texts for people from names, codes and markup, for the rule that finds texts outside of calls of `t`.

/** Two adjacent words, which codes do not have. */
const WORDS = /(?:^|[\s("'“{])\p{L}[\p{L}’'-]*[,:;.]?\s+[("'“]?[\p{L}{]/u;

/** A single word in the form of a label or sentence: `Name`, `Retry`, `E-mail`. */
const LABEL = /^\p{Lu}(?:-\p{Ll}|\p{Ll})\p{Ll}+[.:…?]?$/u;

/** Markup, selectors, SQL, addresses, lines of code and similar texts. */
const CODE =
  /^(?!\{\}[ ,:.?!])[<{[#.$@/\\|]|^Bearer |^(?:Connection|Transfer-Encoding): |^(?:notice|banner|note|value|problem|day|status) |^(?:wire|facts) |=>|\bcodicon|^https?:|^--|^[a-z-]+: |;$|^(?:GET|POST|PUT|PATCH|DELETE|HEAD) |^maho-soap |^set [A-Z_]+=|^HTTP |^(?:default|script|style|font)-src |^\s*\*|^var\(/;

/** Keyboard keys, types, headers and other names that look like labels. */
const NAMES =
  /^(?:Enter|Escape|Tab|Home|End|Delete|Backspace|Insert|Space|Shift|Control|Alt|Meta|Error|Basic|Bearer|Fault|Accept|Host|Cookie|Location|Connection|Date|Server|Magento|Maho|Node|Array|Object|String|Map|Set|Date|Body|Envelope|Header|Content|Authorization|Close|Microsoft|Maho SOAP|TypeScript \(fetch\)|Magento 1|JSON Lines|REST v2|Age|Via|Vary|Etag|Expires|Pragma|Warning|Async|Client|Trailer|Upgrade|Success)$/;

/**
 * Whether a text of the code is for people.
 * @param {string} text in a template, `{}` replaces each value
 * @returns {boolean}
 */
export function looksLikeText(text) {
  // Ignore an icon before a label.
  const trimmed = text.trim().replace(/^\$\([\w~-]+\)\s*/, '');
  if (NAMES.test(trimmed) || CODE.test(trimmed)) return false;
  return LABEL.test(trimmed) || WORDS.test(trimmed);
}
