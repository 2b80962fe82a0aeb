declare const brand: unique symbol;

/** A base type that cannot be mixed with another branded one by accident. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
