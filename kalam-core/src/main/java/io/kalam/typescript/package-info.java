/**
 * Realtime tables → declarations for a front end in TypeScript. They say of a row what
 * the wire carries of it; equal tables are declared in the same bytes.
 */
@NullMarked
package io.kalam.typescript;

import org.jspecify.annotations.NullMarked;
