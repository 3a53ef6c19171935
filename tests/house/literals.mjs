// Takes the literals out of a source text: what a formatter can break is what is left.

/** What may stand before a regular expression; before a division stands a value. */
const kBeforeRegex = /(^|[([{,;:=!?&|+*%<>~^-]|\b(?:return|typeof|case|of|in|await))\s*$/;

/** Where the literal or comment at `at` ends, or 0 where none begins there. */
function end(text, at, javascript) {
  const rest = text.slice(at, at + 2);
  const to = (mark, from) => {
    const found = text.indexOf(mark, from);
    return found < 0 ? text.length : found + mark.length;
  };
  if (rest === '//') return to('\n', at) - 1;
  if (rest === '/*') return to('*/', at + 2);
  if (!javascript && rest === 'R"' && !/\w/.test(text[at - 1] ?? '')) {
    const [, delimiter] = /^R"([^(]*)\(/.exec(text.slice(at, at + 20)) ?? [];
    if (delimiter !== undefined) return to(`)${delimiter}"`, at);
  }
  const quote = text[at];
  if (javascript && quote === '`') return template(text, at);
  if (javascript && quote === '/') {
    if (!kBeforeRegex.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))) return 0;
    const [regex] = /^\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^\\/[\n])+\/\w*/.exec(text.slice(at)) ?? [
      '',
    ];
    return regex && at + regex.length;
  }
  if (quote !== '"' && quote !== "'") return 0;
  if (quote === "'" && !javascript && /\w/.test(text[at - 1] ?? '')) return 0; // 1'000'000
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote) return i + 1;
    else if (text[i] === '\n') return i;
  }
  return text.length;
}

/** A template is one literal with all that is interpolated into it. */
function template(text, at) {
  let depth = 0;
  for (let i = at + 1; i < text.length; ) {
    if (text[i] === '\\') i += 2;
    else if (depth === 0 && text[i] === '`') return i + 1;
    else if (text.startsWith('${', i)) {
      depth++;
      i += 2;
    } else if (depth > 0) {
      if (text[i] === '{') depth++;
      else if (text[i] === '}') depth--;
      i = end(text, i, true) || i + 1;
    } else i++;
  }
  return text.length;
}

/**
 * For each line: `code`, the line without its literals; `literals`, the length of each that stands
 * on it; `inside`, whether it lies within one that spans lines. Comments stay: they can be broken.
 */
export function withoutLiterals(text, javascript) {
  const lines = [{ code: '', literals: [], inside: false }];
  const put = (piece) => {
    for (const [i, part] of piece.split('\n').entries()) {
      if (i > 0) lines.push({ code: '', literals: [], inside: false });
      lines.at(-1).code += part;
    }
  };
  for (let at = 0; at < text.length; ) {
    const to = end(text, at, javascript);
    if (!to || /^\/[/*]/.test(text.slice(at, at + 2))) {
      put(text.slice(at, to || at + 1));
      at = to || at + 1;
      continue;
    }
    const parts = text.slice(at, to).split('\n');
    for (const [i, part] of parts.entries()) {
      if (i > 0) lines.push({ code: '', literals: [], inside: true });
      lines.at(-1).literals.push(part.length);
      if (parts.length > 1) lines.at(-1).inside = true;
    }
    at = to;
  }
  return lines;
}
