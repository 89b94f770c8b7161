import type { FieldRedaction } from "./server-fields.ts";

/** Makes copies for a recording. Redacted ones hold nothing that a person wrote or is called. */
export interface Redactor {
  readonly copy: <Value>(value: Value, redaction: FieldRedaction) => Value;
}

/** A field of a recording: what it may hold, and what of it a redacted recording holds. */
export interface Field<Value> {
  /** Returns the path of the first part that is missing or invalid, such as `.on.id`; `undefined` when there is none. */
  readonly fault: (value: unknown) => string | undefined;
  redact(value: Value, redactor: Redactor): Value;
}

/** A field that may be absent. */
interface OptionalField<Value> extends Field<Value> {
  readonly isOptional: true;
}

/** A field for each name of a type, so that the compiler finds those that a schema lacks. */
export type Shape<Value> = { readonly [Name in keyof Value]-?: Field<Value[Name]> };

/** The type of the value that a field holds. */
export type ValueOf<One> = One extends Field<infer Value> ? Value : never;

type ObjectOf<Fields> = {
  readonly [Name in keyof Fields as Fields[Name] extends OptionalField<unknown> ? never : Name]: ValueOf<
    Fields[Name]
  >;
} & {
  readonly [Name in keyof Fields as Fields[Name] extends OptionalField<unknown> ? Name : never]?: ValueOf<
    Fields[Name]
  >;
};

/** A value without parts that the schema names. Without a redaction it is the library's own, and stays. */
export function leaf<Value>(isValid: (value: unknown) => boolean, redaction?: FieldRedaction): Field<Value> {
  return {
    fault: (value) => (isValid(value) ? undefined : ""),
    redact: (value, redactor) => (redaction === undefined ? value : redactor.copy(value, redaction)),
  };
}

export const isText = (value: unknown): boolean => typeof value === "string";
export const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type WordsIn<Text extends string> = Text extends `${infer First} ${infer Rest}`
  ? First | WordsIn<Rest>
  : Text;

/**
 * One word of a closed list, which is given as a text. A text that lacks a word of the type, or has one that the type
 * does not have, does not compile.
 */
export function oneOf<Word extends string>() {
  return <const Text extends string>(
    text: [Word, WordsIn<Text>] extends [WordsIn<Text>, Word] ? Text : never,
  ): Field<Word> => {
    const words: ReadonlySet<unknown> = new Set(text.split(" "));
    return leaf((value) => words.has(value));
  };
}

export function listOf<Value>(element: Field<Value>): Field<readonly Value[]> {
  return {
    fault: (value) => {
      if (!Array.isArray(value)) return "";
      for (const [index, one] of value.entries()) {
        const fault = element.fault(one);
        if (fault !== undefined) return `[${index}]${fault}`;
      }
      return undefined;
    },
    redact: (value, redactor) => value.map((one) => element.redact(one, redactor)),
  };
}

/** An object. Fields that the schema does not name are allowed, and not written. */
export function objectOf<const Fields extends Readonly<Record<string, Field<unknown>>>>(
  fields: Fields,
): Field<ObjectOf<Fields>> {
  const all = Object.entries<Field<unknown>>(fields);
  return {
    fault: (value) => {
      if (!isPlainObject(value)) return "";
      for (const [name, field] of all) {
        const fault = field.fault(Object.hasOwn(value, name) ? value[name] : undefined);
        if (fault !== undefined) return `.${name}${fault}`;
      }
      return undefined;
    },
    redact: (value, redactor) => {
      const given = value as Readonly<Record<string, unknown>>;
      const present = all.filter(([name]) => given[name] !== undefined);
      const copies = present.map(([name, field]) => [name, field.redact(given[name], redactor)]);
      return Object.fromEntries(copies) as typeof value;
    },
  };
}

/** One of several; the fault is that of the one that fits farthest. */
export function either<const Fields extends readonly Field<unknown>[]>(
  ...fields: Fields
): Field<ValueOf<Fields[number]>> {
  return {
    fault: (value) => {
      const faults = fields.map((field) => field.fault(value));
      const isValid = faults.includes(undefined);
      return isValid ? undefined : faults.reduce((one, other) => (other!.length > one!.length ? other : one));
    },
    redact: (value, redactor) => {
      const field = fields.find((one) => one.fault(value) === undefined);
      return (field === undefined ? null : field.redact(value, redactor)) as typeof value;
    },
  };
}

/** This value alone. */
export function exactly<const Value>(only: Value): Field<Value> {
  return leaf((value) => value === only);
}

/** A field whose value may be `undefined`, which JSON leaves out. */
export function maybe<Value>(field: Field<Value>): Field<Value | undefined> {
  return either(exactly(undefined), field) as Field<Value | undefined>;
}

export function nullable<Value>(field: Field<Value>): Field<Value | null> {
  return either(exactly(null), field) as Field<Value | null>;
}

export function optional<Value>(field: Field<Value>): OptionalField<Value> {
  return { ...maybe(field), isOptional: true } as OptionalField<Value>;
}
