// The part of JSON Schema 2020-12 that our schemas use.
import assert from 'node:assert/strict';

const typeOf = (v) =>
  v === null ? 'null' : Array.isArray(v) ? 'array' : Number.isInteger(v) ? 'integer' : typeof v;
const isObject = (v) => typeOf(v) === 'object';
const length = (s) => [...s].length;
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Checks values against `schema`, or a part of it: (part, value) → what is wrong, as pointers. */
export function checker(schema) {
  const resolve = (ref) =>
    ref
      .slice(2)
      .split('/')
      .reduce((at, key) => at[key], schema);
  const holds = (s, v) => check(s, v).length === 0;

  /** Each keyword: what is wrong with `v`, as pointers below it. */
  const keywords = {
    $schema: () => [],
    title: () => [],
    description: () => [],
    default: () => [],
    $defs: () => [],
    then: () => [],
    $ref: (ref, v) => check(resolve(ref), v),
    type: (type, v) => (typeOf(v) === type ? [] : ['']),
    const: (wanted, v) => (same(wanted, v) ? [] : ['']),
    enum: (wanted, v) => (wanted.some((one) => same(one, v)) ? [] : ['']),
    not: (s, v) => (holds(s, v) ? [''] : []),
    allOf: (all, v) => all.flatMap((s) => check(s, v)),
    anyOf: (any, v) => (any.some((s) => holds(s, v)) ? [] : ['']),
    oneOf: (one, v) => (one.filter((s) => holds(s, v)).length === 1 ? [] : ['']),
    if: (s, v, { then }) => (holds(s, v) ? check(then, v) : []),
    minLength: (n, v) => (typeof v !== 'string' || length(v) >= n ? [] : ['']),
    maxLength: (n, v) => (typeof v !== 'string' || length(v) <= n ? [] : ['']),
    pattern: (p, v) => (typeof v !== 'string' || new RegExp(p, 'u').test(v) ? [] : ['']),
    minimum: (n, v) => (typeof v !== 'number' || v >= n ? [] : ['']),
    maximum: (n, v) => (typeof v !== 'number' || v <= n ? [] : ['']),
    minItems: (n, v) => (!Array.isArray(v) || v.length >= n ? [] : ['']),
    maxItems: (n, v) => (!Array.isArray(v) || v.length <= n ? [] : ['']),
    uniqueItems: (_, v) =>
      !Array.isArray(v) || new Set(v.map((one) => JSON.stringify(one))).size === v.length
        ? []
        : [''],
    contains: (s, v) => (!Array.isArray(v) || v.some((one) => holds(s, one)) ? [] : ['']),
    items: (s, v) =>
      Array.isArray(v) ? v.flatMap((one, i) => check(s, one).map((at) => `/${i}${at}`)) : [],
    minProperties: (n, v) => (!isObject(v) || Object.keys(v).length >= n ? [] : ['']),
    required: (keys, v) =>
      isObject(v) ? keys.filter((key) => !Object.hasOwn(v, key)).map((key) => `/${key}`) : [],
    propertyNames: (s, v) =>
      isObject(v)
        ? Object.keys(v)
            .filter((key) => !holds(s, key))
            .map((key) => `/${key}`)
        : [],
    properties: (all, v) =>
      isObject(v)
        ? Object.entries(all).flatMap(([key, s]) =>
            Object.hasOwn(v, key) ? check(s, v[key]).map((at) => `/${key}${at}`) : [],
          )
        : [],
    additionalProperties: (s, v, { properties = {} }) =>
      isObject(v)
        ? Object.keys(v)
            .filter((key) => !Object.hasOwn(properties, key))
            .flatMap((key) => (s === false ? [''] : check(s, v[key])).map((at) => `/${key}${at}`))
        : [],
  };
  function check(s, v) {
    return Object.entries(s).flatMap(([keyword, value]) => {
      assert.ok(keywords[keyword], `the schema uses "${keyword}", which this test does not know`);
      return keywords[keyword](value, v, s);
    });
  }
  return check;
}
