// What a program in Python needs, once docs/overrides/hooks/course/javascript.py has translated it. None is null, a list
// or tuple an array, a dictionary an object. Python has run the program, but not what it reads here: with a text, a list
// or NaN where a number should be, this stops as Python would.

const isDict = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isFunction = (value) => typeof value === "function"; // nothing in JSON is one
export const bool = (value) => Boolean(value) && (typeof value !== "object" || Object.keys(value).length > 0);
export const and = (value, other) => (bool(value) ? other() : value);
export const or = (value, other) => (bool(value) ? value : other());

/** A list of what something gives one by one; TypeError for a number, or null. */
export const list = (all = []) => (isDict(all) ? Object.keys(all) : [...all]);

/** A value as Python writes it. */
export function repr(value) {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  if (isDict(value)) return `{${Object.entries(value).map((pair) => pair.map(repr).join(": ")).join(", ")}}`;
  return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value.replaceAll("'", "\\'")}'`;
}
export const str = (value) => (typeof value === "string" ? value : repr(value));

/** What JavaScript would take for a number is refused. */
function number(value) {
  if (typeof value === "boolean" || value === Number(value)) return value;
  throw new TypeError(`${value} is no number`);
}
const numeric = (work) => (a, b) => work(number(a), number(b));
const plus = numeric((a, b) => a + b);
export const add = (a, b) => (Array.isArray(a) ? [...a, ...b] : plus(a, b));
export const sub = numeric((a, b) => a - b);
export const mul = numeric((a, b) => a * b);
export const floordiv = numeric((a, b) => Math.floor(a / b));
export const mod = numeric((a, b) => a - b * Math.floor(a / b));
export const lt = numeric((a, b) => a < b);
export function isin(one, all) {
  if (typeof all !== "string") return list(all).includes(one);
  if (typeof one === "string") return all.includes(one);
  throw new TypeError("in a text there are texts alone");
}

export const dict = (...all) => Object.assign({}, ...all.map((one) => (Array.isArray(one) ? Object.fromEntries(one) : one)));
export const Counter = dict;
export const int = Math.trunc;
export const type = (value) => (Number.isInteger(value) ? int : typeof value === "string" ? str : isDict(value) && dict);
export const isinstance = (value, kind) => type(value) === kind;
export const len = (all) => list(all).length;
export const sum = (all) => list(all).reduce((total, one) => add(total, one), 0);
export const any = (all) => list(all).some(bool);
export const sorted = (all) => list(all).sort();
export const enumerate = (all) => list(all).map((one, i) => [i, one]);
export function range(from, to, step = 1) {
  if (to === undefined) return range(0, from);
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (length > 1e6) throw new RangeError(`${length}: too many to be counted here`); // the page would stop answering
  return Array.from({ length }, (_, i) => from + i * step);
}

/** A part by its place or key; without one, 0: the program asks only a Counter. */
export const getitem = (all, key) => (Array.isArray(all) ? all.at(key) : Object.hasOwn(all, key) ? all[key] : 0);
export const setitem = (all, key, value) => { all[key < 0 ? all.length + key : key] = value; };

/** Arguments that go by name: a function takes them after the others. */
export class Named {
  constructor(all) { Object.assign(this, all); }
}

/** A function of what is given, {name: default}, with *more and **others. */
export function def(given, body) {
  const names = Object.keys(given);
  return (...args) => {
    const named = args.at(-1) instanceof Named ? args.pop() : {};
    return body(...names.map((name) => {
      if (name.startsWith("**")) return dict(Object.entries(named).filter(([one]) => !(one in given)));
      if (name.startsWith("*")) return args.splice(0);
      return args.length ? args.shift() : name in named ? named[name] : given[name];
    }));
  };
}

/** A class; its functions take what it made first. Without __init__ it is a dataclass. */
export const classed = (members) => (...args) => {
  const made = Object.create({ __init__: Object.assign, ...members });
  made.__init__(made, ...args);
  return made;
};
export const property = (get) => ({ get });
export const field = ({ default_factory: first }) => ({ get: (made, name) => (made[name] = first()) });
export const ValueError = (text) => new RangeError(text);

const METHODS = {
  count: (all, one) => list(all).filter((other) => other === one).length,
  get: (all, key, otherwise = null) => (Object.hasOwn(all, key) ? all[key] : otherwise),
  items: Object.entries,
  join: (between, all) => list(all).join(between),
  startswith: (text, beginning) => text.startsWith(beginning),
  values: Object.values,
};

export function getattr(of, name) {
  if (!isFunction(of.__init__)) return (...args) => METHODS[name](of, ...args);
  const found = of[name];
  if (isFunction(found?.get)) return found.get(of, name);
  return isFunction(found) ? (...args) => found(of, ...args) : found;
}
