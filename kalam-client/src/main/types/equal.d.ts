/**
 * Whether two JSON values are the same.
 * @param {any} a
 * @param {any} b
 * @returns {boolean}
 */
export function equal(a: any, b: any): boolean;
